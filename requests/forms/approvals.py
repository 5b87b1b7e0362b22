"""The project application (F2) with its rows, the answer of one level with its checklist, a row of the rule (R036–R038)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.forms import OfficeForm, dress, seen_field
from requests.approval_draft import drafted_from
from requests.approval_rules import ROWS
from requests.approval_states import ApprovalLevel, Chain, Check, ResourceKind, StepOutcome, Willingness
from requests.flows.applications import seen_of_application
from requests.forms.acts import if_any
from requests.forms.choices import NOBODY, DepartmentChoice, PersonChoice, offer_people
from requests.models import ApprovalRule, ApprovalStep, CoordinationRequest, ProjectApplication
from requests.states import Category

MONEY: dict[str, Any] = {"min_value": 0, "max_digits": 14, "decimal_places": 2, "required": False}

NEEDED = ("content", "benefit", "lead_person", "lead_department", "starts_on", "ends_on")


# What goes along with the paper and does not stand in it.
BESIDE = ("takes_back", "seen")


class ApplicationForm(OfficeForm):
    """Everything may stay empty in a draft; handing it in names what is missing, all at once."""

    use_required_attribute = False

    title = forms.CharField(label=_("Name of the project"), max_length=60)
    content = if_any(_("Main content"), 2000)
    benefit = if_any(_("Expected benefit"), 2000, _("In figures where there are any."))
    lead_person = PersonChoice(
        label=_("Proposed lead"), required=False, help_text=_("Completes this paper and leads the project.")
    )
    lead_department = DepartmentChoice(label=_("Lead department"), required=False)
    may_call_meetings = forms.BooleanField(label=_("Call meetings"), required=False)
    may_assign_items = forms.BooleanField(label=_("Assign tasks"), required=False)
    may_use_resources = forms.BooleanField(label=_("Use resources"), required=False)
    money_up_to = forms.DecimalField(label=_("Decide on money up to (CNY)"), **MONEY)
    days_up_to = forms.IntegerField(
        label=_("Decide on more time up to (working days)"), required=False, min_value=1, max_value=30
    )
    starts_on = forms.DateField(label=pgettext_lazy("project", "Start"), required=False)
    ends_on = forms.DateField(label=pgettext_lazy("project", "End"), required=False)
    budget = forms.DecimalField(label=_("Budget (CNY)"), **MONEY)
    # What the rows below lack is said here, above them.
    goals = forms.CharField(label=_("Goals"), required=False)
    departments = forms.CharField(label=_("Departments and their willingness"), required=False)
    milestones = forms.CharField(label=_("Milestones"), required=False)
    resources = forms.CharField(label=_("Key resources"), required=False)
    risks = forms.CharField(label=_("First look at the risks"), required=False)
    takes_back = forms.BooleanField(label=_("Take the approvals back"), required=False)
    seen = seen_field()

    def __init__(
        self,
        *args: Any,
        matter: CoordinationRequest,
        application: ProjectApplication | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{"initial": _start(matter, application), **kwargs})
        offer_people([self.fields["lead_person"]])
        if application is None or not application.is_approved:
            del self.fields["takes_back"]
        for name in NEEDED:
            self.fields[name].needed_at_times = True  # type: ignore[attr-defined]  # only a draft goes without

    def clean(self) -> dict[str, Any]:
        """The paper as one thing, without the places of the rows: those come from their own forms."""
        cleaned = super().clean() or {}
        fields = {name: value for name, value in cleaned.items() if name not in (*ROWS, *BESIDE)}
        return {"fields": fields, **{name: cleaned[name] for name in BESIDE if name in cleaned}}


def _start(matter: CoordinationRequest, application: ProjectApplication | None) -> dict[str, Any]:
    names = [name for name in ApplicationForm.base_fields if name not in (*ROWS, *BESIDE)]
    if application is None:
        return {**drafted_from(matter), "seen": seen_of_application(None)}
    return {name: getattr(application, name) for name in names} | {
        "lead_person": application.lead_person_id,
        "lead_department": application.lead_department_id,
        "seen": seen_of_application(application),
    }


class RowForm(OfficeForm):
    use_required_attribute = False


class GoalRow(RowForm):
    indicator = forms.CharField(label=_("Indicator"), max_length=100)
    target = forms.CharField(label=_("Target"), max_length=40)
    unit = forms.CharField(label=pgettext_lazy("goal", "Unit"), max_length=20, required=False)
    due_on = forms.DateField(label=_("By"))


class DepartmentRow(RowForm):
    department = DepartmentChoice(label=_("Department"))
    answer = forms.ChoiceField(label=_("Willingness"), choices=[NOBODY, *Willingness.choices])
    condition = forms.CharField(label=_("Condition or reason"), max_length=300, required=False)
    person = forms.CharField(label=_("Person asked"), max_length=40)
    day = forms.DateField(label=_("Asked on"))


class MilestoneRow(RowForm):
    text = forms.CharField(label=_("Milestone"), max_length=100)
    day = forms.DateField(label=pgettext_lazy("milestone", "Day"))


class ResourceRow(RowForm):
    kind = forms.ChoiceField(label=pgettext_lazy("resource", "Kind"), choices=ResourceKind.choices)
    text = forms.CharField(label=_("What, and how much of it"), max_length=100)
    source = forms.CharField(label=_("Where it comes from"), max_length=100)


class RiskRow(RowForm):
    text = forms.CharField(label=_("Risk"), max_length=200)
    measure = forms.CharField(label=_("What is done about it"), max_length=200)


SHAPES: dict[str, type[RowForm]] = {
    "goals": GoalRow, "departments": DepartmentRow, "milestones": MilestoneRow, "resources": ResourceRow, "risks": RiskRow,
}  # fmt: skip
FORMSETS: dict[str, Any] = {
    name: forms.formset_factory(shape, extra=0, can_delete=True, max_num=30, validate_max=True)
    for name, shape in SHAPES.items()
}


class Rows:
    """The five lists of rows of the paper, each a formset of its own."""

    def __init__(
        self, matter: CoordinationRequest, application: ProjectApplication | None, data: Any = None
    ) -> None:
        drafted: Any = drafted_from(matter) if application is None else {}
        self.by_name: dict[str, Any] = {}
        for name, factory in FORMSETS.items():
            start = drafted.get(name, []) if application is None else getattr(application, name)
            self.by_name[name] = factory(data, initial=start if data is None else None, prefix=name)
        for name in ("milestones", "resources", "risks") if application is None and data is None else ():
            self.by_name[name].extra = 1  # an empty row says by itself what belongs there

    def __iter__(self) -> Iterator[Any]:
        return iter(self.by_name.values())

    @property
    def complete(self) -> dict[str, list[dict[str, Any]]]:
        """The rows that were filled in, without those struck out."""
        return {
            name: [
                {key: row.cleaned_data[key] for key in SHAPES[name].base_fields}
                for row in formset.forms
                if row.cleaned_data and not row.cleaned_data.get("DELETE")
            ]
            for name, formset in self.by_name.items()
        }


YES_NO = [("yes", pgettext_lazy("checklist", "Yes")), ("no", pgettext_lazy("checklist", "No"))]


class ApproveForm(OfficeForm):
    """Five ticks, each with its comment; the opinion; where money is needed the line that it comes from."""

    use_required_attribute = False

    opinion = if_any(
        pgettext_lazy("approval", "Opinion"), 1000, _("Needed when you return it or do not approve.")
    )
    budget_line = forms.CharField(
        label=_("Budget line"),
        max_length=100,
        required=False,
        help_text=_("The line that the money comes from."),
    )
    outcome = forms.ChoiceField(
        label=_("Answer"), choices=StepOutcome.choices, required=False, widget=forms.HiddenInput
    )

    def __init__(
        self, *args: Any, step: ApprovalStep | None, needs_money: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if step is None or step.level != ApprovalLevel.LEADER or not needs_money:
            del self.fields["budget_line"]
        for check in Check:
            self._add(check)

    def _add(self, check: Check) -> None:
        given = {
            "check": forms.ChoiceField(label=check.label, choices=YES_NO, widget=forms.RadioSelect),
            "comment": forms.CharField(label=pgettext_lazy("checklist", "Comment"), max_length=300),
        }
        for part, field in given.items():
            field.required = False  # the flow says what is needed, and beside which tick
            field.needed_at_times = True  # type: ignore[attr-defined]  # to call it optional would mislead
            dress(field)
            self.fields[f"{part}_{check.value}"] = field

    def rows(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"check_{check.value}"], self[f"comment_{check.value}"]) for check in Check]

    def clean(self) -> dict[str, Any]:
        """The flow takes the checklist as one thing."""
        cleaned = super().clean() or {}
        checks = {
            check.value: {
                "is_so": {"yes": True, "no": False}.get(cleaned.pop(f"check_{check.value}", "")),
                "comment": cleaned.pop(f"comment_{check.value}", ""),
            }
            for check in Check
        }
        return {**cleaned, "checks": checks}


class RuleForm(OfficeForm):
    """One row of the office's table; all its conditions have to hold."""

    use_required_attribute = False

    category = forms.ChoiceField(
        label=_("Category"), choices=[("", _("Any")), *Category.choices], required=False
    )
    amount_from = forms.DecimalField(label=_("Amount from (CNY)"), **MONEY)
    departments_from = forms.IntegerField(
        label=_("Other departments from"), required=False, min_value=1, max_value=200,
        help_text=_("Without the applying department, which takes part anyway."),
    )  # fmt: skip
    levels = forms.ChoiceField(label=_("Approvals needed"), choices=Chain.choices)
    is_used = forms.BooleanField(label=_("In use"), required=False, initial=True)


def rule_start(rule: ApprovalRule | None) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in RuleForm.base_fields} if rule is not None else {}
