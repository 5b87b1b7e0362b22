"""Forms of gains and losses (R083)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.forms import GoalChoice
from organization.goals import Goal
from organization.models import Department, User
from pages.forms import OfficeForm
from requests.effect_states import Direction, EffectKind
from requests.flows.effects import concerned_by
from requests.forms.acts import why, words
from requests.forms.choices import DepartmentChoice
from requests.models import CoordinationRequest


class EffectForm(OfficeForm):
    use_required_attribute = False

    department = DepartmentChoice(label=_("Department"))
    direction = forms.ChoiceField(
        label=_("Gain or loss"), choices=Direction.choices, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("effect", "Kind"), choices=EffectKind.choices, widget=forms.RadioSelect
    )
    text = words(
        pgettext_lazy("effect", "What it is"),
        300,
        _("One thing in one sentence; another thing is another entry."),
    )
    goal = GoalChoice(
        label=_("Goal concerned"), required=False, empty_label=_("None in particular"),
        help_text=_("Which goal of the department it helps or hinders."),
    )  # fmt: skip
    amount = forms.DecimalField(
        label=pgettext_lazy("effect", "Amount"),
        max_digits=14,
        decimal_places=2,
        required=False,
        help_text=_("Where it can be counted."),
    )
    unit = forms.CharField(
        label=_("Unit"), max_length=10, required=False, help_text=_("Like 元, 人天, 小时.")
    )

    def __init__(self, *args: Any, matter: CoordinationRequest, user: User, **kwargs: Any) -> None:
        concerned = concerned_by(matter)
        if not user.authority.is_officer:
            concerned &= user.authority.speaks_for
        start = {"department": next(iter(concerned), None)} if len(concerned) == 1 else {}
        super().__init__(*args, **{"initial": start, **kwargs})
        department: Any = self.fields["department"]
        department.queryset = Department.objects.filter(pk__in=concerned).order_by("order")
        self._offer_goals(concerned)

    def _offer_goals(self, departments: set[int]) -> None:
        field: Any = self.fields["goal"]
        goals = list(Goal.objects.active().filter(department__in=departments).select_related("department"))
        field.offer(goals)
        if not goals:
            del self.fields["goal"]


class WithdrawEffectForm(OfficeForm):
    use_required_attribute = False

    reason = why(pgettext_lazy("form", "Reason"), 300)


class CompensateForm(OfficeForm):
    use_required_attribute = False

    text = words(
        _("What makes up for it"), 300, _("As it was decided: money, people, a later day, another duty less.")
    )
    amount = forms.DecimalField(label=_("Amount (CNY)"), max_digits=14, decimal_places=2, required=False)
