"""Forms of the oral start: the order as the office takes it down, its answer, the papers that follow (Q23)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.forms import OfficeForm
from requests.flows.oral import AT_ONCE, PAPERS
from requests.forms.acts import ActForm, if_any, words
from requests.forms.choices import NOBODY, DepartmentChoice, DepartmentsChoice, PersonChoice, offer_people
from requests.forms.goals import goal_reason, offer_goals, own_words, served_goal
from requests.models import CoordinationRequest
from requests.states import ORAL, Category, OrderAnswer


class StartOnOrderForm(OfficeForm):
    """As short as a telephone call: who, what, on whose word."""

    use_required_attribute = False

    applicant = PersonChoice(
        label=_("Applicant"), help_text=_("Who called; they hand in the papers within 2 working days.")
    )
    title = forms.CharField(label=pgettext_lazy("form", "Title"), max_length=60)
    category = forms.ChoiceField(label=_("Category"), choices=[NOBODY, *Category.choices])
    goal = words(
        _("Goal of the coordination"), 500, _("The state that is wanted, not who is asked to do what.")
    )
    urgency_reason = forms.CharField(
        label=_("Reason for extra urgency"),
        max_length=200,
        help_text=_("What happens, and when, if nobody acts at once?"),
    )
    lead_department = DepartmentChoice(label=_("Lead department"))
    co_departments = DepartmentsChoice(label=_("Co-handling departments"), required=False)
    ordered_by = PersonChoice(
        label=_("Order given by"),
        help_text=_("A head or leader. They are told at once, and confirm or deny it."),
    )
    ordered_at = forms.DateTimeField(label=_("Given at"))
    means = forms.ChoiceField(label=_("By what means"), choices=ORAL, widget=forms.RadioSelect)
    order = words(_("What was ordered"), 500, _("As close to the words as you can."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people([self.fields["applicant"], self.fields["ordered_by"]])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lead = cleaned.get("lead_department")
        cleaned["co_departments"] = [row for row in cleaned.get("co_departments", ()) if row != lead]
        fields = {name: cleaned.pop(name, "") for name in AT_ONCE}
        return {**cleaned, "fields": fields}


class AnswerOrderForm(ActForm):
    confirm = forms.TypedChoiceField(
        label=_("Did you give this order"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("Yes, I confirm it")), ("no", _("No, I gave no such order"))],
    )  # fmt: skip
    reason = if_any(pgettext_lazy("form", "Reason"), 300, _("Needed when there was no such order."))

    def prepare(self, matter: CoordinationRequest) -> None:
        if not matter.oral_order.ordered_by.is_active:  # only their account answers for them
            field: Any = self.fields["confirm"]
            field.label, field.choices = _("What becomes of the order"), [("no", OrderAnswer.LEFT.label)]
            self.fields["reason"].help_text = _("Why nobody can confirm it any more.")


class PapersForm(ActForm):
    """What form F1 asks for beyond what the order said."""

    background = words(
        _("Background"), 2000, _("At least 20 characters: what happened, and what was done so far.")
    )
    expected_result = words(_("Expected result"), 1000, _("By what one will see that it is reached."))
    initial_scope = words(_("Initial scope"), 2000, _("Who and what is concerned, and what is not."))
    served_goal = served_goal()
    organization_goal = forms.CharField(
        label=_("Goal of the organization served"), max_length=120,
        help_text=_("The yearly task or target that this helps to reach."),
    )  # fmt: skip
    goal_reason = goal_reason()
    wished_on = forms.DateField(label=_("Wished completion date"), required=False)
    amount = forms.DecimalField(
        label=_("Amount involved (CNY)"), max_digits=14, decimal_places=2, required=False
    )
    has_personal_data = forms.BooleanField(label=_("Personal data is involved"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)

    def start(self, matter: CoordinationRequest) -> dict[str, Any]:
        typed = {name: getattr(matter, name) for name in PAPERS}
        return typed | {"served_goal": matter.served_goal_id, "organization_goal": own_words(matter)}

    def prepare(self, matter: CoordinationRequest) -> None:
        if not offer_goals(self, matter):
            del self.fields["served_goal"], self.fields["goal_reason"]

    def clean(self) -> dict[str, Any]:
        return {"fields": super().clean() or {}}
