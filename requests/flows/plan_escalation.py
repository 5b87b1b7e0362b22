"""The escalation path of the plan at work: a late task goes to the next level when its working days are used up (R077)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM, now
from audit.flow import flow
from audit.models import TransitionLog
from audit.one_by_one import each
from requests.flows.item_shared import ITEM, execution_of, lock_item, tell_item
from requests.flows.shared import let_read, tell_people
from requests.models import ActionItem, EscalationStep, PlanTask
from supervision.calendar import working_days
from supervision.models import Obligation
from supervision.states import Kind, State

VERB = "escalate"


def escalate_late_tasks(moment: datetime) -> int:
    """A step of the tick, in office hours: late tasks of plans in force whose next level has its turn."""
    if not working_days().is_open(moment):
        return 0
    planned = PlanTask.objects.in_force().exclude(item=None).values("item")
    late = Obligation.objects.filter(
        kind=Kind.EXECUTE, state=State.OPEN, due_at__lt=moment, subject_type=ActionItem.SUBJECT, subject_id__in=planned
    )  # fmt: skip
    found = {duty.subject_id: duty for duty in late[:500]}
    paths, told = _paths(list(found)), _told(list(found))
    due = [pk for pk, duty in found.items() if _next(paths[pk], told[pk], duty, moment) is not None]
    return each(due[:100], lambda pk: escalate_task(item_id=pk, by=SYSTEM))


def _told(items: list[int]) -> dict[int, Counter[int]]:
    """How many levels each item has been to, by the version of its date: a new date is a new lateness."""
    rows = TransitionLog.objects.filter(subject_type=ActionItem.SUBJECT, subject_id__in=items, verb=VERB)
    told: dict[int, Counter[int]] = {pk: Counter() for pk in items}
    for pk, params in rows.values_list("subject_id", "params"):
        told[pk][params.get("due_version", 1)] += 1
    return told


def _next(
    path: list[EscalationStep], told: Counter[int], duty: Obligation, moment: datetime
) -> EscalationStep | None:
    """The level that has its turn now. Each lateness goes on where the one before stood; after the last level it is the
    last one again that hears of it."""
    here = told[duty.due_version]
    before = told.total() - here
    rest = path[before:] or path[-1:]
    return rest[here] if _reached(rest, duty, moment) > here else None


def _paths(items: list[int]) -> dict[int, list[EscalationStep]]:
    tasks = list(PlanTask.objects.in_force().filter(item__in=items).values_list("item", "plan"))
    steps: dict[int, list[EscalationStep]] = {}
    rows = EscalationStep.objects.filter(plan__in={plan for _item, plan in tasks})
    for step in rows.select_related("person", "plan"):
        steps.setdefault(step.plan_id, []).append(step)
    return {item: steps.get(plan, []) for item, plan in tasks if item is not None}


def _reached(path: list[EscalationStep], duty: Obligation, moment: datetime) -> int:
    """How many levels have had their turn: the first one a working day after the date, each other when the days of the
    one before are used up."""
    if duty.due_at is None:
        return 0
    late, turn, reached = working_days().days_between(duty.due_at, moment), 1, 0
    for step in path:
        if late < turn:
            break
        reached += 1
        turn += step.days
    return reached


@flow
def escalate_task(*, item_id: int, by: Any) -> ActionItem | None:
    """The next level is told and reads the matter; None when somebody was quicker."""
    item = lock_item(item_id)
    duty, path, told = execution_of(item), _paths([item_id]).get(item_id, []), _told([item_id])[item_id]
    if duty is None or duty.state != State.OPEN:
        return None
    step = _next(path, told, duty, now())
    if step is None:
        return None
    if not item.matter.is_closed:
        let_read(item.matter, users=[step.person_id], why="plan")
    facts = {"level": step.level, "person": step.person.name, "due_version": duty.due_version}
    tell_people(
        item.matter, [step.person], _n("%(number)s is late and by the escalation path of the plan with you."),
        key=f"item:{item.pk}:escalated:{told.total()}", number=item.number, url_name=ITEM, url_args=[item.pk], to_do=True,
    )  # fmt: skip
    tell_item(
        item, VERB, _n("%(number)s is late and goes to %(level)s: %(person)s."), params=facts, tone="bad"
    )
    return item
