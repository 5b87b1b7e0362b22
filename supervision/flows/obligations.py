"""Owing, discharging, suspending, handing over: what flows of higher apps call in the transaction of their transition."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from audit.acting import now
from audit.flow import flow
from audit.refusals import NotReady
from organization.models import Department, User
from pages.prepared import Prepared
from supervision import ladder as steps
from supervision import limits
from supervision.calendar import working_days
from supervision.models import Obligation, Pause, Rung
from supervision.states import RUNNING, TOLD_AFTERWARDS, OnLapse, Outcome, Scope, State, Urgency


@flow
def owe(
    *,
    kind: str,
    subject_type: str,
    subject_id: int,
    number: str,
    url_name: str,
    url_args: Sequence[Any],
    holder: User | None = None,
    holder_department: Department | None = None,
    urgency: str = Urgency.NORMAL,
    case_id: int | None = None,
    due_at: datetime | None = None,
    limit_kind: str | None = None,
    on_lapse: str = OnLapse.NOTHING,
    ladder: bool = False,
    asked_by: User | None = None,
    since: datetime | None = None,
) -> Obligation:
    """Somebody owes something from now on, until `due_at` or the office's limit for the kind.

    Owed twice by the same holder, it stays one row: the one that runs already is returned. Raises NoLimit for a kind
    without a limit when no `due_at` is given.
    """
    held_by = [one.pk for one in (holder, holder_department) if one is not None]
    same = _same(holder is not None, holder_department is not None)
    running: Obligation | None = same.get(str(kind), subject_type, subject_id, *held_by)
    if running is not None:
        return running
    begun = since or now()
    due = due_at or limits.due(limit_kind or kind, urgency, begun)
    obligation = Obligation.objects.create(
        kind=kind, subject_type=subject_type, subject_id=subject_id, case_id=case_id, number=number,
        url_name=url_name, url_args=list(url_args), holder=holder, holder_department=holder_department,
        asked_by=asked_by, since=begun, due_at=due, original_due_at=due, urgency=urgency, on_lapse=on_lapse,
        ladder=ladder,
    )  # fmt: skip
    _add_rungs(obligation)
    return obligation


@flow
def discharge(
    *,
    kind: str,
    subject_type: str,
    subject_id: int,
    holder: User | None = None,
    holder_department: Department | None = None,
    outcome: str = Outcome.DONE,
) -> int:
    """It is done (or deemed, lapsed, handed over, cancelled). Returns how many ended; none is no error."""
    rows = _running(
        kind=kind,
        subject_type=subject_type,
        subject_id=subject_id,
        holder=holder,
        holder_department=holder_department,
    )
    return _end(rows, outcome)


@flow
def cancel(
    *, subject_type: str = "", subject_id: int = 0, case_id: int | None = None, keep: Collection[str] = ()
) -> int:
    """Nobody owes it any more: everything that runs on one subject, or on a whole matter, ends as cancelled, but for the
    kinds in `keep`."""
    return _end(_running_on(subject_type, subject_id, case_id).exclude(kind__in=keep), Outcome.CANCELLED)


@flow
def suspend(
    *,
    reason: str,
    cause: str = "",
    scope: str = Scope.CLOCK,
    subject_type: str = "",
    subject_id: int = 0,
    case_id: int | None = None,
) -> int:
    """Stop the clock, or (`scope` rungs) only the overdue reminders, of what runs on a subject or a whole matter.

    Pauses of different causes may overlap; the clock runs again when the last one has ended.
    """
    rows = list(_running_on(subject_type, subject_id, case_id))
    for obligation in rows:
        _pause(obligation, scope=scope, cause=cause, reason=reason)
    return len(rows)


@flow
def resume(
    *, cause: str = "", subject_type: str = "", subject_id: int = 0, case_id: int | None = None
) -> int:
    """End the pauses of this cause. Where none is left, the clock goes on with what was left of the time."""
    rows = list(_running_on(subject_type, subject_id, case_id))
    for obligation in rows:
        obligation.pauses.filter(until=None, cause=cause).update(until=now())
        if obligation.state == State.SUSPENDED and not _clock_is_paused(obligation):
            _go_on(obligation)
    return len(rows)


@flow
def change_due(*, obligation_id: int, due_at: datetime) -> Obligation:
    """A new due date: new rungs, the original date kept. Refused once it has ended."""
    obligation = _lock(obligation_id)
    obligation.due_version += 1
    obligation.lapsed_at = None
    obligation.due_at = due_at
    if obligation.state == State.SUSPENDED:
        obligation.remaining_minutes = working_days().minutes_between(now(), due_at)
    obligation.save()
    _set_rungs(obligation)
    return obligation


@flow
def hurry(*, obligation_id: int, urgency: str, since: datetime) -> Obligation:
    """It has become more urgent: due by the limit of that urgency counted from `since`, never later than before."""
    obligation = _lock(obligation_id)
    obligation.urgency = urgency
    obligation.save()
    due = limits.due(obligation.kind, urgency, since) if limits.is_known(obligation.kind) else None
    if due is None or obligation.due_at is None or due >= obligation.due_at:
        return obligation
    return change_due(obligation_id=obligation_id, due_at=due)


@flow
def warn(*, obligation_id: int, at: datetime | None, why: str = "") -> Obligation:
    """Yellow from this moment on, however far the date is (R085, R089); None takes the warning back."""
    obligation = _lock(obligation_id)
    obligation.warn_at, obligation.warn_why = at, why if at is not None else ""
    obligation.save()
    return obligation


@flow
def hand_over(
    *, obligation_id: int, holder: User | None = None, holder_department: Department | None = None
) -> Obligation:
    """Another person or department owes it from now on, by the same date (R100, R101).

    The old row ends as handed over, so that waiting time counts for whoever let it wait; open pauses and the steps
    already told go along.
    """
    old = _lock(obligation_id)
    pauses = list(old.pauses.filter(until=None))
    told = list(old.rungs.exclude(settled_at=None).filter(due_version=old.due_version))
    state, rest = old.state, old.remaining_minutes
    _end([old], Outcome.HANDED_OVER)
    new: Obligation = Obligation.objects.get(pk=obligation_id)
    new.pk, new.since, new.state, new.remaining_minutes = None, now(), state, rest
    new.outcome, new.ended_at = "", None
    new.holder, new.holder_department = holder, holder_department or old.holder_department
    new.save(force_insert=True)
    _copy(pauses, new, since=new.since)
    _copy(told, new)
    _set_rungs(new)
    return new


def _copy(rows: Sequence[Pause] | Sequence[Rung], obligation: Obligation, **changes: Any) -> None:
    """The same rows for another obligation."""
    for row in rows:
        row.pk, row.obligation = None, obligation
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(force_insert=True)


def _lock(obligation_id: int) -> Obligation:
    obligation: Obligation = Obligation.objects.select_for_update().get(pk=obligation_id)
    if not obligation.is_running:
        raise NotReady(_("This has already ended."))
    return obligation


@cache
def _same(by_person: bool, by_department: bool) -> Prepared:  # noqa: FBT001 - told by their places, like the values
    """What this very holder owes of the kind already, under its lock."""

    def read(kind: Any, subject_type: Any, subject_id: Any, *held_by: Any) -> QuerySet[Any]:
        return Obligation.objects.select_for_update().filter(
            kind=kind, subject_type=subject_type, subject_id=subject_id, state__in=RUNNING,
            holder=held_by[0] if by_person else None, holder_department=held_by[-1] if by_department else None,
        )  # fmt: skip

    return Prepared(read, 3 + by_person + by_department)


def _running(
    *,
    kind: str,
    subject_type: str,
    subject_id: int,
    holder: User | None,
    holder_department: Department | None,
) -> QuerySet[Any]:
    rows = Obligation.objects.select_for_update().filter(
        kind=kind, subject_type=subject_type, subject_id=subject_id, state__in=RUNNING
    )
    if holder is not None:
        rows = rows.filter(holder=holder)
    if holder_department is not None:
        rows = rows.filter(holder_department=holder_department)
    return rows


def _running_on(subject_type: str, subject_id: int, case_id: int | None) -> QuerySet[Any]:
    rows = Obligation.objects.select_for_update().filter(state__in=RUNNING).order_by("pk")
    if case_id is not None:
        return rows.filter(case_id=case_id)
    if not subject_type:
        raise ValueError("Name a subject or a case.")
    return rows.filter(subject_type=subject_type, subject_id=subject_id)


def _end(rows: Iterable[Obligation], outcome: str) -> int:
    ended = list(rows)
    for obligation in ended:
        obligation.state = State.CANCELLED if outcome == Outcome.CANCELLED else State.DISCHARGED
        obligation.outcome = outcome
        obligation.ended_at = now()
        obligation.remaining_minutes = None
        obligation.save()
        obligation.pauses.filter(until=None).update(until=now())
        if outcome not in TOLD_AFTERWARDS:
            obligation.rungs.filter(settled_at=None).delete()
    return len(ended)


def _pause(obligation: Obligation, *, scope: str, cause: str, reason: str) -> None:
    Pause.objects.get_or_create(
        obligation=obligation,
        scope=scope,
        cause=cause,
        until=None,
        defaults={"reason": reason[:500], "since": now()},
    )
    if scope == Scope.CLOCK and obligation.state == State.OPEN:
        if obligation.due_at is not None:
            obligation.remaining_minutes = working_days().minutes_between(now(), obligation.due_at)
        obligation.state = State.SUSPENDED
        obligation.save()


def _clock_is_paused(obligation: Obligation) -> bool:
    return obligation.pauses.filter(until=None, scope=Scope.CLOCK).exists()


def _go_on(obligation: Obligation) -> None:
    """The rest of the time runs from now. What was late at the pause is as late as it was, and nobody is told of the same
    lateness twice: the due date moves without a new ladder."""
    obligation.state = State.OPEN
    rest, obligation.remaining_minutes = obligation.remaining_minutes, None
    if rest is not None:
        _move_warning(obligation, rest)
        obligation.due_at = working_days().add_minutes(now(), rest)
        obligation.due_version += rest > 0
    obligation.save()
    _set_rungs(obligation)


def _move_warning(obligation: Obligation, rest: int) -> None:
    """A warning that still lay ahead when the clock stopped keeps its distance from the due date."""
    if obligation.warn_at is None or obligation.due_at is None:
        return
    ahead = rest - working_days().minutes_between(obligation.warn_at, obligation.due_at)
    if ahead > 0:
        obligation.warn_at = working_days().add_minutes(now(), ahead)


def _set_rungs(obligation: Obligation) -> None:
    """The moments of the ladder for the present due date; those of an older date no longer count."""
    obligation.rungs.filter(settled_at=None).exclude(due_version=obligation.due_version).delete()
    _add_rungs(obligation)


def _add_rungs(obligation: Obligation) -> None:
    moments = steps.moments(
        kind=obligation.kind, on_lapse=obligation.on_lapse, ladder=obligation.ladder, urgency=obligation.urgency,
        due_at=obligation.due_at, after=now(), calendar=working_days(),
    )  # fmt: skip
    Rung.objects.bulk_create(
        [
            Rung(
                obligation=obligation,
                due_version=obligation.due_version,
                step=m.step,
                at=m.at,
                by_day=m.by_day,
            )
            for m in moments
        ],
        ignore_conflicts=True,
    )
