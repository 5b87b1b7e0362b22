"""The shapes of form F16 (dispute), a talk, an agreement and form F17 (ruling). The flows do the refusing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.reasons import LEAST, MOST
from disputes.models import Dispute
from disputes.states import DisputeType, NegotiationResult
from organization.models import Department, User
from pages.forms import OfficeForm, Phrased, dress
from requests.forms.choices import NOBODY, DepartmentChoice, PersonChoice, offer_people
from requests.models import CoordinationRequest

MOST_ITEMS = 10


def _text(label: Any, hint: Any = "", *, required: bool = False, most: int = 2000) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=most, widget=forms.Textarea
    )


def _reason() -> forms.CharField:
    field = _text(_("Reason"))
    field.widget = Phrased()
    return field


class RegisterForm(OfficeForm):
    kind = forms.ChoiceField(label=_("Kind of dispute"), choices=[NOBODY, *DisputeType.choices])
    parties = forms.ModelMultipleChoiceField(
        Department.objects.none(), label=_("Sides"), widget=forms.CheckboxSelectMultiple,
        help_text=_("At least two departments that differ."),
    )  # fmt: skip
    points = _text(
        _("Further points of difference"), _("One point on each line; every side writes where it stands.")
    )
    tried = _text(_("What has been tried"), _("Whom you talked to, when, and what they answered."))
    exemption_reason = _text(_("Why nothing was tried"), _("Only where talking was not possible."))
    blocked_what = _text(
        _("What it blocks"), _("What cannot go on, what is lost, how urgent it is."), required=True
    )
    interim_arrangement = _text(
        _("Who acts until it is decided"),
        _("Work goes on meanwhile by the present list of duties."),
        required=True,
    )
    claim = _text(_("What is asked for"))

    def __init__(self, *args: Any, matter: CoordinationRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taking_part = set(matter.participants.values_list("department_id", flat=True))
        taking_part.add(matter.filed_by_department_id)
        self.fields["parties"].queryset = Department.objects.filter(pk__in=taking_part)  # type: ignore[attr-defined]  # a model choice

    def given(self) -> dict[str, Any]:
        """As the flow takes it: each line a point."""
        data = self.cleaned_data
        return {**data, "points": data["points"].splitlines(), "parties": list(data["parties"])}


class TalkForm(OfficeForm):
    held_at = forms.DateTimeField(label=_("When"))
    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Who negotiated"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever negotiated does not rule later."),
    )  # fmt: skip
    text = _text(_("What was said"), _("What each side said, and where they came closer."), required=True)
    result = forms.ChoiceField(label=_("What came of it"), choices=[NOBODY, *NegotiationResult.choices])

    def __init__(self, *args: Any, dispute: Dispute, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sides = dispute.parties.values("department_id")
        self.fields["people"].queryset = (  # type: ignore[attr-defined]  # a model choice
            User.objects.filter(posts__department__in=sides, is_active=True).distinct().order_by("name")
        )


class PositionForm(OfficeForm):
    position = _text(_("Our position"), _("What your department wants, in a sentence or two."), required=True)
    basis = _text(_("Basis"), _("The duty, procedure or rule it stands on."))


class AgreementForm(OfficeForm):
    agreement = _text(
        _("Text of the agreement"), _("What all sides agree on, point by point."), required=True
    )


class ReasonForm(OfficeForm):
    reason = _reason()


class WithdrawForm(OfficeForm):
    reason = forms.CharField(label=_("Reason"), min_length=LEAST, max_length=MOST, widget=Phrased())


class NothingForm(OfficeForm):
    """A lone button."""


class ItemForm(OfficeForm):
    text = forms.CharField(label=_("What is to be done"), max_length=300)
    standard = forms.CharField(label=_("Standard of delivery"), max_length=300)
    department = DepartmentChoice(label=_("Responsible department"))
    assignee = PersonChoice(label=_("Responsible person"))
    due_on = forms.DateField(label=_("Due date"), help_text=_("A working day, like 2026-11-21."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people([self.fields["assignee"]])


ItemFormSet = forms.formset_factory(ItemForm, extra=1, max_num=MOST_ITEMS, validate_max=True)


class RuleForm(OfficeForm):
    """The answer to every point is a field of its own."""

    facts = _text(_("Facts found"), required=True)
    basis = _text(
        _("Basis"), _("One on each line: a duty, a procedure, a goal or an earlier case."), required=True
    )
    changes_duties = forms.BooleanField(label=_("Duties or procedures change"), required=False)
    duty_note = _text(_("What changes, or why nothing does"), required=True)
    is_stayed = forms.BooleanField(label=_("Stay the execution"), required=False)
    stayed_until = forms.DateField(label=_("Stayed until"), required=False)
    stay_reason = _text(_("Reason of the stay"))

    def __init__(self, *args: Any, dispute: Dispute, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = list(dispute.points.all())
        for point in self.points:
            field = _text(point.text, _("The ruling on this point."), required=True)
            dress(field)
            self.fields[f"point_{point.pk}"] = field

    @property
    def point_fields(self) -> list[Any]:
        return [self[f"point_{point.pk}"] for point in self.points]

    def given(self) -> dict[str, Any]:
        """What the flow takes: the answers by point."""
        names = ("facts", "basis", "changes_duties", "duty_note", "is_stayed", "stayed_until", "stay_reason")
        return {
            **{name: self.cleaned_data[name] for name in names},
            "decisions": {point.pk: self.cleaned_data[f"point_{point.pk}"] for point in self.points},
        }
