"""Forms of the collaboration plan (F3): one page a part, in rows; one page a task, with its measures."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.collisions import fingerprint
from organization.models import User
from pages.forms import OfficeForm, dress, seen_field
from requests.approval_states import ResourceKind
from requests.flows.plan import seen_of_part
from requests.flows.shared import speakers
from requests.forms.acts import MARKS, if_any, why, words
from requests.forms.choices import NOBODY, DepartmentChoice, PersonChoice, offer_people
from requests.models import Milestone, Plan, PlanRisk, PlanTask
from requests.plan_states import DelayMeasure, Form, Frequency, RiskKind, RiskState, Side, TeamRole, Weekday

MOST_ROWS = 40


def choice(label: Any, choices: Any, *, needed: bool = True, hint: Any = "") -> forms.ChoiceField:
    """A list that begins with nothing, so that an untouched row stays untouched."""
    return forms.ChoiceField(label=label, choices=[NOBODY, *choices], required=needed, help_text=hint)


def line(label: Any, limit: int, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, help_text=hint)


class StartForm(OfficeForm):
    """A later version says why it is needed."""

    use_required_attribute = False

    reason = why(_("Why the plan is to be changed"), 300, _("What has come up since the version in force."))


class GoalForm(OfficeForm):
    use_required_attribute = False

    goal = if_any(
        pgettext_lazy("plan", "Goal"), 2000, _("What is reached by when, in figures that can be measured.")
    )
    seen = seen_field()

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, initial={"goal": plan.goal, "seen": fingerprint(plan.goal)}, **kwargs)


class SeenForm(OfficeForm):
    """Nothing but what the page showed; the rows stand beside it."""

    use_required_attribute = False

    seen = seen_field()

    def __init__(self, *args: Any, plan: Plan, part: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": seen_of_part(plan, part)}, **kwargs)


class RowForm(OfficeForm):
    """A row of a part. `LONG` names what takes a line of its own."""

    use_required_attribute = False
    LONG: ClassVar[tuple[str, ...]] = ()

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def short(self) -> list[Any]:
        return [one for one in self.visible_fields() if one.name not in (*self.LONG, "DELETE")]

    @property
    def long(self) -> list[Any]:
        return [self[name] for name in self.LONG]


class MemberRow(RowForm):
    LONG = ("duties",)

    department = DepartmentChoice(label=_("Department"))
    person = PersonChoice(label=_("Representative"))
    role = choice(pgettext_lazy("team", "Role"), TeamRole.choices)
    duties = line(pgettext_lazy("team", "Duties"), 300)


class MilestoneRow(RowForm):
    LONG = ("standard",)

    name = line(pgettext_lazy("milestone", "Stage"), 60, _("What is reached at its end."))
    due_on = forms.DateField(label=pgettext_lazy("milestone", "Date"))
    acceptor = PersonChoice(label=_("Acceptor"))
    standard = line(_("Standard of acceptance"), 300)


class ResourceRow(RowForm):
    LONG = ("text",)

    kind = choice(pgettext_lazy("resource", "Kind"), ResourceKind.choices)
    department = DepartmentChoice(label=_("Provided by"))
    needed_on = forms.DateField(label=pgettext_lazy("resource", "Needed from"))
    task = forms.CharField(
        label=pgettext_lazy("resource", "WBS number of the task"), max_length=12, required=False
    )
    amount = forms.DecimalField(
        label=pgettext_lazy("resource", "Amount of money (CNY)"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
    )
    text = line(_("What, and how much of it"), 120)


class DeliverableRow(RowForm):
    LONG = ("standard",)

    name = line(pgettext_lazy("deliverable", "Deliverable"), 80)
    acceptor = PersonChoice(label=_("Acceptor"))
    due_on = forms.DateField(label=pgettext_lazy("deliverable", "Date"))
    standard = line(pgettext_lazy("deliverable", "Standard"), 300)


class ChannelRow(RowForm):
    LONG = ("attendees", "agenda")

    form = choice(pgettext_lazy("channel of a plan", "Form"), Form.choices)
    frequency = choice(pgettext_lazy("channel of a plan", "Frequency"), Frequency.choices)
    weekday = forms.TypedChoiceField(
        label=_("Weekday"), choices=[NOBODY, *Weekday.choices], coerce=int, empty_value=None, required=False
    )
    starts_at = forms.TimeField(
        label=pgettext_lazy("channel of a plan", "Time"), required=False, help_text=_("Like 14:00.")
    )
    place = line(_("Place or link"), 120)
    recorder = PersonChoice(label=_("Recorder"))
    attendees = line(_("Who takes part"), 200)
    agenda = line(pgettext_lazy("channel of a plan", "Agenda"), 300)


class EscalationRow(RowForm):
    level = line(pgettext_lazy("escalation", "Level"), 40)
    person = PersonChoice(label=_("Person"))
    days = forms.IntegerField(label=_("Working days"), min_value=1, max_value=60)


class RiskRow(RowForm):
    LONG = ("response", "trigger")

    text = line(pgettext_lazy("risk", "Risk"), 200)
    kind = choice(pgettext_lazy("risk", "Type"), RiskKind.choices)
    likelihood = forms.TypedChoiceField(
        label=pgettext_lazy("risk", "Likelihood"), choices=[NOBODY, *MARKS], coerce=int, empty_value=None
    )
    effect = forms.TypedChoiceField(
        label=pgettext_lazy("risk", "Effect"), choices=[NOBODY, *MARKS], coerce=int, empty_value=None
    )
    owner = PersonChoice(label=_("Responsible person"))
    measure = choice(_("Measure against delay"), DelayMeasure.choices, needed=False)
    response = line(pgettext_lazy("risk", "Contingency"), 300)
    trigger = line(
        pgettext_lazy("risk", "Trigger"), 200, _("By what one sees that the contingency has to begin.")
    )


class MeasureRow(RowForm):
    side = choice(pgettext_lazy("measure", "Side"), Side.choices)
    name = line(pgettext_lazy("measure", "Measure"), 60)
    target = line(pgettext_lazy("measure", "Target"), 30)
    unit = line(pgettext_lazy("measure", "Unit"), 12)


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]  # Django's own class takes no argument
    """Rows of a part. One that was not touched, or was struck out, does not count."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [*self.forms, self.empty_form]
        offer_people(
            field for row in rows for field in row.fields.values() if isinstance(field, PersonChoice)
        )

    @property
    def complete(self) -> list[dict[str, Any]]:
        return [
            {name: value for name, value in row.cleaned_data.items() if name != "DELETE"}
            for row in self.forms
            if (row.has_changed() or row.initial) and not row.cleaned_data.get("DELETE")
        ]


ROW_FORMS: dict[str, type[RowForm]] = {
    "team": MemberRow,
    "milestones": MilestoneRow,
    "resources": ResourceRow,
    "deliverables": DeliverableRow,
    "channels": ChannelRow,
    "escalation": EscalationRow,
    "risks": RiskRow,
}


def rows_of(plan: Plan, part: str, data: Any = None) -> Rows:
    """The rows of a part as they stand, or as they were sent."""
    form = ROW_FORMS[part]
    names = [name for name in form.base_fields if name != "id"]
    columns = [
        f"{name}_id" if isinstance(form.base_fields[name], forms.ModelChoiceField) else name for name in names
    ]
    start = [
        {"id": row.pk, **{name: getattr(row, column) for name, column in zip(names, columns, strict=True)}}
        for row in getattr(plan, part).all()
    ]
    found: Rows = formset_of(form)(data, initial=start, prefix="rows")
    return found


def measures_of(task: PlanTask | None, data: Any = None) -> Rows:
    start = list(task.measures.values("side", "name", "target", "unit")) if task else []
    found: Rows = formset_of(MeasureRow)(data, initial=start, prefix="measures")
    return found


def formset_of(form: type[RowForm]) -> Any:
    return forms.formset_factory(
        form, formset=Rows, extra=1, can_delete=True, max_num=MOST_ROWS, validate_max=True
    )


class TaskForm(OfficeForm):
    """One task with its place in the order of the others (R072)."""

    use_required_attribute = False

    wbs = line(_("WBS number"), 12, _("Like 1.2."))
    name = line(pgettext_lazy("task", "Task"), 60)
    owner = PersonChoice(
        label=_("Responsible person"), help_text=_("One person; others help. The task is handed to them.")
    )
    standard = words(_("Standard of delivery"), 300, _("By what one sees that it is done."))
    begins_on = forms.DateField(label=pgettext_lazy("task", "Begins"))
    ends_on = forms.DateField(label=pgettext_lazy("task", "Ends"))
    predecessors = forms.CharField(
        label=_("Predecessors"), max_length=120, required=False,
        help_text=_("Numbers of the tasks that have to be done before, like 1.1、1.2."),
    )  # fmt: skip
    milestone = forms.ModelChoiceField(
        Milestone.objects.none(), label=_("Stage"), required=False, empty_label=pgettext_lazy("task", "None")
    )
    resources = words(
        _("Resources"), 300, _("People, things and money that it takes; “none beyond the own ones” too.")
    )
    weight = forms.IntegerField(
        label=_("Weight"),
        min_value=1,
        max_value=100,
        initial=1,
        help_text=_("Its share in the progress of the whole."),
    )
    is_critical = forms.BooleanField(label=_("Critical: a delay here delays the whole"), required=False)
    helpers = forms.ModelMultipleChoiceField(
        User.objects.none(), label=pgettext_lazy("task", "Helpers"), required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip

    def __init__(self, *args: Any, plan: Plan, task: PlanTask | None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _of(task) if task else {}, **kwargs})
        stages: Any = self.fields["milestone"]
        stages.queryset = plan.milestones.all()
        helpers: Any = self.fields["helpers"]
        helpers.queryset = User.objects.filter(pk__in=_offered(plan, task)).order_by("name")
        offer_people([self.fields["owner"]])


def _of(task: PlanTask) -> dict[str, Any]:
    plain = (
        "wbs", "name", "owner", "standard", "begins_on", "ends_on", "predecessors", "milestone", "resources", "weight",
        "is_critical",
    )  # fmt: skip
    found = {name: getattr(task, f"{name}_id" if name in ("owner", "milestone") else name) for name in plain}
    return {**found, "helpers": list(task.helpers.values_list("pk", flat=True))}


def _offered(plan: Plan, task: PlanTask | None) -> set[int]:
    """Who can help: the team, who speaks for the departments that take part, who helps already."""
    departments = plan.matter.participants.values_list("department_id", flat=True)
    found = {*plan.team.values_list("person", flat=True), *(person.pk for person in speakers(departments))}
    return found | {*(task.helpers.values_list("pk", flat=True) if task else ())}


class ReturnForm(OfficeForm):
    use_required_attribute = False

    reason = why(_("What is to be changed"), 500, _("Name the part and what it lacks."))


class UpholdForm(OfficeForm):
    use_required_attribute = False

    reason = why(_("Why the task stays as planned"), 500)


class AcceptStageForm(OfficeForm):
    use_required_attribute = False

    remark = if_any(_("Remark"), 300, _("What was looked at, and what came of it."))


class WaiveForm(OfficeForm):
    use_required_attribute = False

    reason = why(_("Why the next stage begins without acceptance"), 300)


class RiskForm(OfficeForm):
    """How a risk stands now."""

    use_required_attribute = False

    likelihood = forms.TypedChoiceField(label=pgettext_lazy("risk", "Likelihood"), choices=MARKS, coerce=int)
    effect = forms.TypedChoiceField(label=pgettext_lazy("risk", "Effect"), choices=MARKS, coerce=int)
    state = forms.ChoiceField(label=_("How it stands"), choices=RiskState.choices, widget=forms.RadioSelect)
    remark = words(_("In a word"), 300, _("What has changed, or that nothing has."))

    def __init__(self, *args: Any, risk: PlanRisk, **kwargs: Any) -> None:
        start = {"likelihood": risk.likelihood, "effect": risk.effect, "state": risk.state}
        super().__init__(*args, initial=start, **kwargs)


class AnswerForm(OfficeForm):
    """A word on each task that waits for it: accepted unless it is disputed with its reason."""

    use_required_attribute = False

    def __init__(self, *args: Any, tasks: list[PlanTask], **kwargs: Any) -> None:
        self.tasks = tasks
        super().__init__(*args, **kwargs)
        for task in tasks:
            field = if_any(_("Dispute it: what is wrong, and what would be right"), 500)
            dress(field)
            self.fields[f"objection_{task.pk}"] = field

    def clean(self) -> dict[str, Any]:
        """What the flow takes."""
        given = super().clean() or {}
        disputed = {
            task.pk: given[f"objection_{task.pk}"]
            for task in self.tasks
            if given.get(f"objection_{task.pk}", "").strip()
        }
        return {
            "disputed": disputed,
            "accepted": [task.pk for task in self.tasks if task.pk not in disputed],
        }

    @property
    def rows(self) -> list[tuple[PlanTask, Any]]:
        return [(task, self[f"objection_{task.pk}"]) for task in self.tasks]
