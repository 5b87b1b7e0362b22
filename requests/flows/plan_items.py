"""A task of the plan in force is an action item: written, changed with the plan, handed out when its day has come.

There is no second life of a task: receipt, progress, extension, ladder, verification are those of the item (R072, R093).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM, now, today
from audit.flow import flow
from audit.one_by_one import each
from audit.refusals import Invalid
from organization.models import User
from requests.flows.cycle import go_on
from requests.flows.issue import issue_planned, write_item
from requests.flows.item_shared import ITEM, close_of_office, execution_of, lock_item, tell_item
from requests.flows.items import end_item
from requests.flows.shared import let_read, lock, tell_people
from requests.item_rules import TEXT
from requests.models import ActionItem, Plan, PlanTask
from requests.states import BEING_WORKED_ON, ItemState, Stage
from supervision import flows as supervision
from supervision.models import Obligation

FOLLOWS = (ItemState.DRAFTED, *BEING_WORKED_ON)


def hand_out(plan: Plan, before: Plan | None, by: User) -> None:
    """Every task has its item; items of tasks that are no longer planned end; what may begin is issued."""
    rows = plan.tasks.select_related("owner", "department", "item", "copied_from").prefetch_related("helpers")
    kept: set[int] = set()
    for task in rows:
        if task.item is not None and task.item.state in FOLLOWS:
            _follow(plan, task, by)
        if task.item is None:
            task.item = _written(plan, task)
            task.save()
        kept.add(task.item_id)
    if before is not None:
        _end_those_gone(plan, before, kept, by)
    issue_planned(plan.matter)


def text_of(plan: Plan, task: PlanTask) -> str:
    """What the item says: number and task, after the number of the plan where that would be too short."""
    text = f"{task.wbs} {task.name}"
    return text if len(text) >= TEXT[0] else f"{plan.number} {text}"


def _written(plan: Plan, task: PlanTask) -> ActionItem:
    try:
        return write_item(
            matter=plan.matter, text=text_of(plan, task), standard=task.standard, department=task.department,
            assignee=task.owner, due_on=task.ends_on, co_departments=_co_departments(task), source_number=plan.number,
            urgency=plan.matter.urgency,
        )  # fmt: skip
    except Invalid as refusal:
        said = [str(one) for sentences in refusal.fields.values() for one in sentences] or [str(refusal)]
        sentence = f"{task}：{' '.join(said)}"
        raise Invalid(sentence, fields={"tasks": [sentence]}) from refusal


def _co_departments(task: PlanTask) -> tuple[Any, ...]:
    found = {person.department.pk: person.department for person in task.helpers.all() if person.department}
    found.pop(task.department_id, None)
    return tuple(found.values())


def _follow(plan: Plan, task: PlanTask, by: User) -> None:
    """What the new version changed in a task is changed in its item; another department gets an item of its own."""
    item = lock_item(task.item_id or 0)
    if item.department_id != task.department_id:
        end_item(
            item,
            by,
            _("Version %(version)s of the plan gave it to another department.") % {"version": plan.version},
        )
        task.item = None
        return
    item.text, item.standard = text_of(plan, task), task.standard
    if item.state == ItemState.DRAFTED:
        item.assignee, item.agreed_due_on = task.owner, task.ends_on
    item.save()
    item.co_departments.set(_co_departments(task))
    if item.state != ItemState.DRAFTED:
        _pass_on(item, task, by)
        _move(item, task, by)
    task.item = item


def _pass_on(item: ActionItem, task: PlanTask, by: User) -> None:
    """Another person of the same department has it from now on, by the same date."""
    if item.assignee_id == task.owner_id:
        return
    before, item.assignee = item.assignee, task.owner
    item.save()
    let_read(item.matter, users=[task.owner_id], why="item")
    for duty in Obligation.objects.of(ActionItem.SUBJECT, item.pk).open().filter(holder=before):
        supervision.hand_over(obligation_id=duty.pk, holder=task.owner)
    tell_item(
        item, "reassign", _n("%(actor)s passed %(number)s from %(before)s to %(after)s."), by=by,
        params={"before": before.name, "after": task.owner.name},
    )  # fmt: skip


def _move(item: ActionItem, task: PlanTask, by: User) -> None:
    """A date that the plan moved is moved in the item; the original one stays beside it (R097)."""
    duty = execution_of(item)
    before: Any = task.copied_from
    if duty is None or before is None or before.ends_on == task.ends_on:
        return
    supervision.change_due(obligation_id=duty.pk, due_at=close_of_office(task.ends_on))
    go_on(item)
    day = {"due": f"{task.ends_on:%Y-%m-%d}"}
    tell_people(
        item.matter, [item.assignee], _n("%(number)s: the plan gave it the date %(due)s."), number=item.number, params=day,
        key=f"item:{item.pk}:planned:{now():%Y%m%d%H%M%S}", url_name=ITEM, url_args=[item.pk],
    )  # fmt: skip
    tell_item(item, "move", _n("The plan gave %(number)s the date %(due)s."), by=by, params=day, tone="warn")


def _end_those_gone(plan: Plan, before: Plan, kept: set[int], by: User) -> None:
    gone = before.tasks.exclude(item=None).exclude(item__in=kept).filter(item__state__in=FOLLOWS)
    for pk in gone.values_list("item_id", flat=True):
        reason = _("Version %(version)s of the plan goes without it.") % {"version": plan.version}
        end_item(lock_item(pk), by, reason)


def issue_due_tasks(moment: datetime) -> int:
    """On the day on which a task begins its item goes out; each matter in a transaction of its own."""
    ready = ActionItem.objects.filter(
        state=ItemState.DRAFTED, plan_tasks__plan__state="in_force", matter__stage=Stage.EXECUTION,
        matter__suspended_since=None,
    ).ready(today())  # fmt: skip
    return each(
        list(ready.order_by("matter").values_list("matter", flat=True).distinct()[:100]),
        lambda pk: issue_tasks_of(matter_id=pk, by=SYSTEM),
    )


@flow
def issue_tasks_of(*, matter_id: int, by: Any) -> int:
    """The tasks of one matter whose day has come."""
    return issue_planned(lock(matter_id))
