"""The progress cycle (R085): an item that is worked on owes a word every few working days, and what that word foretells.

A cycle that would end with the item itself owes nothing: there the result is the next word.
"""

from __future__ import annotations

from datetime import datetime

from audit.acting import day_of, now
from requests.flows.item_shared import execution_of, item_owes
from requests.models import ActionItem, ProgressReport
from requests.states import BEING_WORKED_ON
from supervision import flows as supervision
from supervision import limits
from supervision.calendar import working_days
from supervision.models import Obligation
from supervision.states import Kind, Warned

# R089: so many points of the time may be gone more than was reported done.
MARGIN = 15


def begin_cycle(item: ActionItem) -> None:
    """A word has been said, or the item was handed out: what was owed is done, the next one is owed."""
    end_cycle(item)
    execution = execution_of(item)
    if (
        item.state not in BEING_WORKED_ON
        or item.is_suspended
        or execution is None
        or execution.due_at is None
    ):
        return
    due_at = _end_of_cycle(item)
    if due_at < execution.due_at:
        supervision.owe(
            kind=Kind.PROGRESS, holder=item.assignee, holder_department=item.department, due_at=due_at,
            **item_owes(item),
        )  # fmt: skip
    watch(item)


def go_on(item: ActionItem) -> None:
    """The date has changed: a word that is owed stays owed by its day, and where none was owed a cycle begins."""
    if Obligation.objects.of(ActionItem.SUBJECT, item.pk).open().filter(kind=Kind.PROGRESS).exists():
        watch(item)
    else:
        begin_cycle(item)


def end_cycle(item: ActionItem) -> None:
    supervision.discharge(kind=Kind.PROGRESS, subject_type=ActionItem.SUBJECT, subject_id=item.pk)


def watch(item: ActionItem) -> None:
    """Turn the item yellow before its date where the last word foretells it, or when the next one does not come."""
    execution = execution_of(item)
    if execution is None or not execution.is_running:
        return
    last = _last_word(item)
    if last is not None and _is_late_by_forecast(last, execution):
        supervision.warn(obligation_id=execution.pk, at=last.reported_at, why=Warned.FORECAST)
    elif last is not None and _is_behind(last, execution):
        supervision.warn(obligation_id=execution.pk, at=last.reported_at, why=Warned.BEHIND)
    else:
        owed = Obligation.objects.of(ActionItem.SUBJECT, item.pk).open().filter(kind=Kind.PROGRESS).first()
        supervision.warn(
            obligation_id=execution.pk, at=owed.due_at if owed else None, why=Warned.REPORT if owed else ""
        )


def _end_of_cycle(item: ActionItem) -> datetime:
    """The item's own cycle in working days, else the office's limit for its urgency."""
    if item.report_every:
        return working_days().add_days(now(), item.report_every)
    return limits.due(Kind.PROGRESS, item.urgency, now())


def _last_word(item: ActionItem) -> ProgressReport | None:
    """The last report since it was last reported done: what was said before a rework foretells nothing."""
    reports = ProgressReport.objects.filter(item=item)
    if item.submitted_at is not None:
        reports = reports.filter(reported_at__gt=item.submitted_at)
    return reports.first()


def _is_late_by_forecast(last: ProgressReport, execution: Obligation) -> bool:
    return (
        last.expected_on is not None
        and execution.due_at is not None
        and last.expected_on > day_of(execution.due_at)
    )


def _is_behind(last: ProgressReport, execution: Obligation) -> bool:
    """Whether, when it was reported, the share of the time gone was more than the margin above the progress."""
    if execution.due_at is None:
        return False
    calendar = working_days()
    whole = calendar.minutes_between(execution.since, execution.due_at)
    gone = calendar.minutes_between(execution.since, last.reported_at)
    return whole > 0 and 100 * gone / whole - last.percent > MARGIN
