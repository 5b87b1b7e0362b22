"""The change request (F13) and the forms of its acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.forms import OfficeForm, dress
from requests.change_states import FRAME, IMPACTS, ChangeCause, ChangeObject
from requests.forms.acts import if_any, why, words
from requests.forms.choices import NOBODY, PersonChoice, offer_people
from requests.models import ActionItem, ChangeRequest, CoordinationRequest
from requests.states import OrderAnswer, Stage


class ChangeForm(OfficeForm):
    """What shall hold instead, why, and what that means; what holds today is taken from the matter."""

    use_required_attribute = False

    object = forms.ChoiceField(label=_("What is changed"), choices=[NOBODY, *ChangeObject.choices])
    item = forms.ModelChoiceField(
        ActionItem.objects.none(), label=_("Action item"), required=False, empty_label=pgettext_lazy("loan", "None"),
        help_text=_("Only when its due date or its standard is changed."),
    )  # fmt: skip
    value = words(
        _("What shall hold instead"), 2000,
        _("A date like 2026-11-21, an amount in digits, the name of a department, the number of a new version of the plan, or the new text."),
    )  # fmt: skip
    cause = forms.ChoiceField(label=_("Cause"), choices=ChangeCause.choices, widget=forms.RadioSelect)
    cause_text = words(_("Explanation of the cause"), 1000)
    alternatives = if_any(_("Alternatives"), 1000, _("What else would be possible."))
    ordered_by = PersonChoice(
        label=_("Ordered orally by"), required=False,
        help_text=_("Only if it is urgent and the level of the decision has ordered it: it holds at once, the papers follow within 2 working days."),
    )  # fmt: skip

    def __init__(self, *args: Any, matter: CoordinationRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["item"]
        field.queryset = matter.items.open().order_by("pk")
        field.label_from_instance = lambda item: f"{item.number} {item.text[:40]}"
        if matter.stage == Stage.DECISION:  # until it is decided only the frame of a project is fixed
            frame = [choice for choice in ChangeObject.choices if choice[0] in FRAME]
            self.fields["object"].choices = [NOBODY, *frame]  # type: ignore[attr-defined]  # a choice field has it
        offer_people([self.fields["ordered_by"]])
        self._offer_appeals(matter)
        for name, label in IMPACTS.items():
            self.fields[name] = words(label, 500, _("If there is none, write “no impact”."))
            self.fields[name].required = False  # the flow names all that are missing at once
            self.fields[name].needed_at_times = True  # type: ignore[attr-defined]  # to call it optional would mislead
            self.fields[name].widget.attrs["class"] = "form-control short"
        self.order_fields(
            [
                "appeal",
                "object",
                "item",
                "value",
                "cause",
                "cause_text",
                *IMPACTS,
                "alternatives",
                "ordered_by",
            ]
        )

    def _offer_appeals(self, matter: CoordinationRequest) -> None:
        """Only where one was upheld and waits for its change (R060)."""
        upheld = matter.appeals.to_be_changed().order_by("pk")
        if not upheld.exists():
            return
        field: Any = forms.ModelChoiceField(
            upheld, label=_("Carries out the appeal"), required=False, empty_label=pgettext_lazy("loan", "None"),
            help_text=_("Then whoever upheld the appeal decides on the change."),
        )  # fmt: skip
        field.label_from_instance = lambda appeal: f"{appeal.department_name} {appeal.wish[:40]}"
        dress(field)
        self.fields["appeal"] = field

    def clean(self) -> dict[str, Any]:
        """The flow takes the five impacts as one thing."""
        cleaned = super().clean() or {}
        impacts = {name: cleaned.pop(name, "") for name in IMPACTS}
        return {**cleaned, "impacts": impacts}


class AssessForm(OfficeForm):
    use_required_attribute = False

    assessment = words(
        _("Assessment"), 1000, _("Whether the impacts are complete, and what the team advises.")
    )


class AnswerChangeForm(OfficeForm):
    use_required_attribute = False

    approve = forms.TypedChoiceField(
        label=pgettext_lazy("change", "Decision"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", pgettext_lazy("change", "Approve")), ("no", pgettext_lazy("change", "Do not approve"))],
    )  # fmt: skip
    answer = if_any(_("Opinion"), 500, _("Needed when it is not approved."))


class ConfirmOrderForm(OfficeForm):
    use_required_attribute = False

    is_given = forms.TypedChoiceField(
        label=_("Did you order it?"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", pgettext_lazy("order", "I ordered it")), ("no", pgettext_lazy("order", "I did not order it"))],
    )  # fmt: skip
    note = if_any(_("Explanation"), 500, _("Needed when you did not order it."))

    def prepare(self, change: ChangeRequest) -> None:
        """Nobody confirms for whoever has left; the head of the office closes the question."""
        if change.ordered_by is not None and not change.ordered_by.is_active:
            field: Any = self.fields["is_given"]
            field.label, field.choices = _("What becomes of the order"), [("no", OrderAnswer.LEFT.label)]
            self.fields["note"].help_text = _("Why nobody can confirm it any more.")


class WithdrawChangeForm(OfficeForm):
    use_required_attribute = False

    reason = why(pgettext_lazy("form", "Reason"), 500)


class NoForm(OfficeForm):
    """A button and its sentence."""
