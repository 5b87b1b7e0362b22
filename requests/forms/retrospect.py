"""The form of the review (F19) with its rows of improvements, and the forms of an improvement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import User
from pages.forms import OfficeForm
from requests.forms.acts import if_any, why, words
from requests.forms.choices import PersonChoice, offer_people
from requests.models import CoordinationRequest, Review
from requests.retrospect_facts import key_points_of
from requests.retrospect_rules import grade_field
from requests.retrospect_states import Dimension, Grade, ImprovementKind

PREFIX = "improvements"


class ReviewForm(OfficeForm):
    """Everything may stay empty in a draft; the issue names what is missing."""

    use_required_attribute = False

    comparison = if_any(
        _("Goal and result"), 2000, _("Each goal beside what was reached, in figures where there are any.")
    )
    key_points = if_any(
        _("Turning points"), 1000, _("The dates are filled in; add where it was decided well or badly.")
    )
    went_well = if_any(_("What went well"), 2000)
    fell_short = if_any(_("What fell short"), 2000)
    root_causes = if_any(_("Root causes"), 2000, _("Why it came so, not only what happened."))
    is_transferable = forms.BooleanField(label=_("Others can learn from it"), required=False)
    experience = if_any(
        _("Experience"), 1000, _("In two or three sentences, for people who do not know the matter.")
    )
    no_improvement_reason = if_any(
        _("Why nothing is to be bettered"), 200, _("Only if there is no improvement below.")
    )
    chair = PersonChoice(label=_("Chair of the review"), required=False)
    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Took part in the review"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        matter: CoordinationRequest,
        review: Review | None,
        offered: list[int],
        **kwargs: Any,
    ) -> None:
        start = _of(review) if review else {
            "comparison": _goal(matter), "key_points": key_points_of(matter), "chair": matter.keeper_id,
        }  # fmt: skip
        super().__init__(*args, **{"initial": start, **kwargs})
        offer_people([self.fields["chair"]])
        for of in Dimension:
            self.fields[grade_field(of)] = forms.ChoiceField(
                label=of.label, choices=[("", "—"), *Grade.choices], required=False
            )
        field: Any = self.fields["people"]
        field.queryset = User.objects.filter(pk__in=offered).order_by("name")

    @property
    def grades(self) -> list[forms.BoundField]:
        """The six dimensions as they stand beside each other."""
        return [self[grade_field(of)] for of in Dimension]

    def clean(self) -> dict[str, Any]:
        """The flow takes the six grades as one thing."""
        cleaned = super().clean() or {}
        given = {str(of): cleaned.pop(grade_field(of), "") for of in Dimension}
        return {**cleaned, "grades": {of: word for of, word in given.items() if word}}


def _goal(matter: CoordinationRequest) -> str:
    return f"{matter.expected_goal or matter.goal}\n"


def _of(review: Review) -> dict[str, Any]:
    names = [name for name in ReviewForm.base_fields if name not in ("people", "chair")]
    return {
        **{name: getattr(review, name) for name in names},
        **{grade_field(of): review.grades.get(of, "") for of in Dimension},
        "chair": review.chair_id,
        "people": list(review.people.values_list("pk", flat=True)),
    }


class ImprovementRow(OfficeForm):
    """One row of 改进事项."""

    use_required_attribute = False

    text = forms.CharField(label=_("What is to be bettered"), max_length=200)
    kind = forms.ChoiceField(label=pgettext_lazy("improvement", "Kind"), choices=ImprovementKind.choices)
    owner = PersonChoice(label=_("Responsible person"))
    due_on = forms.DateField(label=_("Due date"))


class ImprovementRows(forms.BaseFormSet):  # type: ignore[type-arg]  # Django's own class takes no argument
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people([row.fields["owner"] for row in [*self.forms, self.empty_form]])

    @property
    def complete(self) -> list[dict[str, Any]]:
        """The rows that were filled in, without those struck out."""
        return [
            {name: row.cleaned_data[name] for name in ("text", "kind", "owner", "due_on")}
            for row in self.forms
            if row.has_changed() and not row.cleaned_data.get("DELETE")
        ]


ImprovementFormSet: Any = forms.formset_factory(
    ImprovementRow, formset=ImprovementRows, extra=0, can_delete=True, max_num=20, validate_max=True
)


def rows_of(review: Review | None, data: Any = None) -> ImprovementRows:
    """The rows as they stand, or as they were sent."""
    rows = review.improvements.all() if review else []
    start = [
        {"text": row.text, "kind": row.kind, "owner": row.owner_id, "due_on": row.due_on} for row in rows
    ]
    found: ImprovementRows = ImprovementFormSet(data, initial=start if data is None else None, prefix=PREFIX)
    return found


class EvidenceForm(OfficeForm):
    use_required_attribute = False

    evidence = words(_("Evidence"), 1000, _("What shows that it is better now, and where it can be seen."))


class SendBackForm(OfficeForm):
    use_required_attribute = False

    reason = why(_("Reason"), 500, _("What the evidence does not show yet."))
