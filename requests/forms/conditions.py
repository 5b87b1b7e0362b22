"""The checklist of the conditions of acceptance (R028), and the form of one condition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.reasons import MOST
from pages.forms import OfficeForm, dress
from requests.flows.conditions import ground_of_unmet
from requests.forms.acts import AcceptForm, ActForm, said, why
from requests.forms.choices import NOBODY
from requests.models import AcceptanceCondition, ConditionCheck, CoordinationRequest
from requests.states import OFFICE_GROUNDS, GapCode

MET = [("yes", pgettext_lazy("condition", "Met")), ("no", pgettext_lazy("condition", "Not met"))]
CODES = [
    NOBODY,
    (_("The applicant can complete it"), GapCode.choices),
    (_("It speaks against taking it on"), OFFICE_GROUNDS),
]
TAKEN_OVER = _(
    "What the checklist found stands as the reason, as long as it is, when nothing is written here."
)
PARTS = ("condition", "code", "reason")


class ConditionsForm(ActForm):
    """Met or not met for each condition in use; an unmet one with its code and reason."""

    def prepare(self, matter: CoordinationRequest) -> None:
        super().prepare(matter)
        self.conditions = list(AcceptanceCondition.objects.in_use())
        self.checks = {check.condition_id: check for check in matter.checks.all()}
        for condition in self.conditions:
            self._add(condition, self.checks.get(condition.pk))
        self.order_fields([f"{part}_{row.pk}" for row in self.conditions for part in PARTS])

    def _add(self, condition: AcceptanceCondition, check: ConditionCheck | None) -> None:
        met = {True: "yes", False: "no"}.get(check.is_met) if check and check.is_met is not None else None
        given = {
            "condition": forms.ChoiceField(
                label=condition.text, help_text=condition.hint, choices=MET, widget=forms.RadioSelect, initial=met
            ),
            "code": forms.ChoiceField(
                label=_("What is wrong"), choices=CODES, initial=(check and check.code) or condition.code
            ),
            "reason": forms.CharField(
                label=_("What is missing, or what speaks against it"), max_length=300,
                widget=forms.Textarea({"rows": 2}), initial=check.reason if check else "",
            ),
        }  # fmt: skip
        for part, field in given.items():
            field.required = False  # the flow says what is needed, and of which condition
            field.needed_at_times = True  # type: ignore[attr-defined]  # to call it optional would mislead
            dress(field)
            self.fields[f"{part}_{condition.pk}"] = field

    def rows(self) -> Iterator[tuple[BoundField, BoundField, BoundField, str]]:
        """Each condition with the circle, the code, the reason, and what was wrong before the form came back."""
        for condition in self.conditions:
            check = self.checks.get(condition.pk)
            before = check.reason if check and check.is_met is None else ""
            yield (*(self[f"{part}_{condition.pk}"] for part in PARTS), before)  # type: ignore[misc]  # three parts

    def others(self) -> list[BoundField]:
        """The fields that are no part of the checklist."""
        ours = {f"{part}_{row.pk}" for row in self.conditions for part in PARTS}
        return [bound for bound in self if bound.name not in ours]

    @property
    def is_untouched(self) -> bool:
        """Nothing is ticked: whoever goes on to another answer has nothing to keep."""
        return not any(self.data.get(f"condition_{row.pk}") for row in self.conditions)

    def clean(self) -> dict[str, Any]:
        """The flow takes the checklist as one thing."""
        cleaned = super().clean() or {}
        findings = [
            {
                "condition": condition,
                "is_met": {"yes": True, "no": False}.get(cleaned.pop(f"condition_{condition.pk}", "")),
                "code": cleaned.pop(f"code_{condition.pk}", ""),
                "reason": cleaned.pop(f"reason_{condition.pk}", ""),
            }
            for condition in self.conditions
        ]
        return {**cleaned, "conditions": findings}


class AcceptWithConditionsForm(ConditionsForm, AcceptForm):
    """The checklist first, then who takes part and the assessment (Q4)."""


class ConditionForm(OfficeForm):
    """One condition of acceptance (R024)."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("Condition"), max_length=60, help_text=_("A sentence that is either true of a form or not.")
    )
    hint = forms.CharField(
        label=_("How it is checked"), max_length=200, required=False,
        help_text=_("Stands below it on the checklist."),
    )  # fmt: skip
    code = forms.ChoiceField(label=_("What it usually means when it is not met"), choices=CODES)
    is_used = forms.BooleanField(label=_("In use"), required=False, initial=True)


class RejectForm(ActForm):
    """Q9: the ground and the reason begin with what the checklist found against it (R028)."""

    ground = forms.ChoiceField(label=_("Ground of refusal"), choices=OFFICE_GROUNDS, widget=forms.RadioSelect)
    reason = why(pgettext_lazy("form", "Reason"), MOST, _("The rule it rests on, and why it applies here."))
    instead = said(_("Where to go instead"), 300)

    def start(self, matter: CoordinationRequest) -> dict[str, Any]:
        ground, reason = ground_of_unmet(matter)
        self.is_taken_over = len(reason) > MOST
        return {"ground": ground, "reason": "" if self.is_taken_over else reason}

    def prepare(self, matter: CoordinationRequest) -> None:
        """More than is ever typed is not put into the field: nobody would have to shorten what was found."""
        if self.is_taken_over:
            self.fields["reason"].required = False
            self.fields["reason"].help_text = TAKEN_OVER
