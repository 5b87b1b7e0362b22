"""How far a new version of the plan reaches: inside the float of one task, or into what the decision settled (R094, §3.6).

Pure over two versions of the plan; who approves which of them is said by the flows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests import plan_diff
from requests.plan_network import latest_end
from requests.plan_rules import node_of
from requests.plan_states import PlanReach
from requests.states import Stage

if TYPE_CHECKING:
    from requests.models import CoordinationRequest, Plan, PlanTask

GOAL = pgettext_lazy("plan", "Goal")
END = _("End of the plan")
OWNER = _("Responsible person of a task")
DEPARTMENT = _("Department of a task")
BUDGET = pgettext_lazy("plan", "Budget")


def settled_by_decision(before: Plan, after: Plan) -> list[str | Promise]:
    """What of the decision this version moves: its goal, its end, who answers for a task and with which department, the
    money."""
    return [label for label, _old, _new in settled_values(before, after)]


def settled_values(before: Plan, after: Plan) -> list[tuple[str | Promise, str, str]]:
    """The same with what holds now and what shall hold instead (R095)."""
    found: list[tuple[str | Promise, str, str]] = []
    old, new = list(_tasks(before)), list(_tasks(after))
    pairs = list(_pairs(old, new))
    if before.goal.strip() != after.goal.strip():
        found.append((GOAL, before.goal.strip(), after.goal.strip()))
    ends = end_of(before, old), end_of(after, new)
    if ends[0] != ends[1]:
        found.append((END, _day(ends[0]), _day(ends[1])))
    if moved := [pair for pair in pairs if pair[0].owner_id != pair[1].owner_id]:
        found.append((OWNER, *_each(moved, lambda task: task.owner.name)))
    if moved := [pair for pair in pairs if pair[0].department_id != pair[1].department_id]:
        found.append((DEPARTMENT, *_each(moved, lambda task: task.department.name)))
    money = budget_of(before), budget_of(after)
    if money[0] != money[1]:
        found.append((BUDGET, f"{money[0]:,.2f}", f"{money[1]:,.2f}"))
    return found


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else "—"


def _tasks(plan: Plan) -> Any:
    return plan.tasks.select_related("owner", "department")


def _each(pairs: list[tuple[PlanTask, PlanTask]], name: Callable[[PlanTask], str]) -> tuple[str, str]:
    """The tasks by their new numbers, each with the name before and after."""
    before = "、".join(f"{new.wbs} {name(old)}" for old, new in pairs)
    return before, "、".join(f"{new.wbs} {name(new)}" for _old, new in pairs)


def asks_for_change(matter: CoordinationRequest, reach: str) -> bool:
    """While what was decided is carried out it is moved by a change request only (R094)."""
    return reach == PlanReach.SETTLED and matter.stage == Stage.EXECUTION


def reach_of(before: Plan, after: Plan) -> PlanReach:
    """Who has to agree: the level of the decision, the office, or the lead alone."""
    if settled_by_decision(before, after):
        return PlanReach.SETTLED
    return PlanReach.INTERNAL if moved_inside_its_float(before, after) is not None else PlanReach.OFFICE


def moved_inside_its_float(before: Plan, after: Plan) -> tuple[PlanTask, PlanTask] | None:
    """The one task that has moved, before and after, where nothing else has changed and no other date is touched by it.

    One task is one department: owner and department stay.
    """
    old, new = list(before.tasks.all()), list(after.tasks.all())
    moved = [(then, now) for then, now in _pairs(old, new) if _dates(then) != _dates(now)]
    changes = plan_diff.changes(before, after)
    if len(moved) != 1 or len(changes) != 1 or changes[0].kind != plan_diff.OTHER:
        return None
    then, now = moved[0]
    if then.department_id != now.department_id:
        return None
    fields: Any = then._meta
    dates = {str(fields.get_field(name).verbose_name) for name in ("begins_on", "ends_on")}
    only_dates = {column for column, _before, _after in changes[0].columns} <= dates
    stage = then.milestone.due_on if then.milestone is not None else None
    limit = latest_end(
        [node_of(task) for task in old], then.wbs, [day for day in (stage, end_of(before, old)) if day]
    )
    return (then, now) if only_dates and now.ends_on <= limit else None


def end_of(plan: Plan, tasks: Sequence[PlanTask]) -> date | None:
    """The last day of the plan: of its last task or its last stage."""
    days = [task.ends_on for task in tasks] + list(plan.milestones.values_list("due_on", flat=True))
    return max(days, default=None)


def budget_of(plan: Plan) -> Decimal:
    """All the money that the plan asks for."""
    return sum(plan.resources.exclude(amount=None).values_list("amount", flat=True), Decimal(0))


def _dates(task: PlanTask) -> tuple[date, date]:
    return task.begins_on, task.ends_on


def _pairs(old: Sequence[PlanTask], new: Sequence[PlanTask]) -> Iterator[tuple[PlanTask, PlanTask]]:
    """Each task of the new version with the one it was copied from; a number that stayed is the same task."""
    by_id, by_number = {task.pk: task for task in old}, {task.wbs: task for task in old}
    for task in new:
        before = by_id.get(task.copied_from_id or 0) or by_number.get(task.wbs)
        if before is not None:
            yield before, task
