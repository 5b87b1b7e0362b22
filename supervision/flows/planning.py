"""Planning: rungs that have fallen due become reminders. No memory of a last run, so nothing is missed or doubled."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from audit.acting import SYSTEM, Actor, day_of
from audit.flow import flow
from supervision.audience import Audiences
from supervision.calendar import working_days
from supervision.models import Obligation, Pause, Reminder, Rung
from supervision.states import (
    FROZEN_BY_RUNGS,
    STEPS_OF_SILENCE,
    TOLD_AFTERWARDS,
    ReminderStatus,
    Scope,
    State,
    Step,
)

CHUNK = 500
ORDER = {step: index for index, step in enumerate((Step.L0, Step.L1, Step.L2, Step.L3, Step.LAPSE))}
LATER_STEP = "superseded by a later step"
ENDED_BY_SILENCE = Q(
    obligation__state=State.DISCHARGED, obligation__outcome__in=TOLD_AFTERWARDS, step__in=STEPS_OF_SILENCE
)

Key = tuple[str, int, int | None, int | None]


def plan(now: datetime) -> int:
    """Turn due rungs into reminders; nothing outside office hours or on rest days. Returns how many are new."""
    if not working_days().is_open(now):
        return 0
    planned, after = 0, 0
    while True:
        new, after = plan_some(now=now, after=after, by=SYSTEM)
        planned += new
        if not after:
            return planned


@flow
def plan_some(*, now: datetime, after: int, by: Actor) -> tuple[int, int]:
    """Plan one chunk of obligations; returns how many reminders are new and where to go on (0: at the end)."""
    rungs = list(due_rungs(now).filter(obligation_id__gt=after)[:CHUNK])
    if not rungs:
        return 0, 0
    last = rungs[-1].obligation_id
    if len(rungs) == CHUNK and rungs[0].obligation_id != last:
        # The last obligation may have more rungs beyond this chunk: it goes whole into the next one.
        rungs = [rung for rung in rungs if rung.obligation_id != last]
    told_today = _told_today(rungs, now)
    audiences = Audiences()
    reminders: list[Reminder] = []
    settled: list[Rung] = []
    for _obligation, group in groupby(rungs, key=lambda rung: rung.obligation_id):
        *lower, highest = sorted(group, key=lambda rung: ORDER[Step(rung.step)])
        if not _may_be_told_today(highest, told_today):
            continue
        settled += [*lower, highest]
        reminders += _reminders(highest, audiences, now, ReminderStatus.PLANNED)
        for rung in lower:
            reminders += _reminders(rung, audiences, now, ReminderStatus.SUPERSEDED)
    _write(settled, reminders, now)
    return len(reminders), rungs[-1].obligation_id


def due_rungs(now: datetime) -> QuerySet[Any]:
    """Rungs to be settled now, locked together with their obligations: what a flow is changing at this moment waits for
    the next minute."""
    frozen = Pause.objects.filter(obligation=OuterRef("obligation_id"), scope=Scope.RUNGS, until=None)
    return (
        Rung.objects.select_for_update(of=("self", "obligation"), skip_locked=True, no_key=True)
        .select_related("obligation__holder", "obligation__holder_department")
        .filter(settled_at=None, at__lte=now, due_version=F("obligation__due_version"))
        .filter(Q(obligation__state=State.OPEN) | ENDED_BY_SILENCE)
        .exclude(Exists(frozen), step__in=FROZEN_BY_RUNGS)
        .order_by("obligation_id")
    )


def _write(settled: list[Rung], reminders: list[Reminder], now: datetime) -> None:
    """ON CONFLICT DO NOTHING: whoever planned the same before has done it (trust.md R1)."""
    owed = {rung.obligation_id for rung in settled}
    Rung.objects.filter(pk__in=[rung.pk for rung in settled]).update(settled_at=now)
    # What an interrupted sender left over would come beside the later step.
    Reminder.objects.planned().filter(obligation__in=owed).update(
        status=ReminderStatus.SUPERSEDED, why=LATER_STEP
    )
    Reminder.objects.bulk_create(reminders, ignore_conflicts=True)


def _reminders(rung: Rung, audiences: Audiences, now: datetime, status: str) -> list[Reminder]:
    return [
        Reminder(
            obligation=rung.obligation, due_version=rung.due_version, step=rung.step, recipient=person, by_day=rung.by_day,
            planned_at=now, status=status, why=LATER_STEP if status == ReminderStatus.SUPERSEDED else "",
        )
        for person in audiences.of(rung.obligation, rung.step)
    ]  # fmt: skip


def _may_be_told_today(rung: Rung, told_today: set[Key]) -> bool:
    """Two day-rungs never reach one holder on one day for the same thing (domain §6.2): the second waits for tomorrow."""
    if not rung.by_day or rung.step == Step.LAPSE:
        return True
    key = _key(rung.obligation)
    if key in told_today:
        return False
    told_today.add(key)
    return True


def _told_today(rungs: list[Rung], now: datetime) -> set[Key]:
    calendar = working_days()
    rows = (
        Reminder.objects.filter(
            by_day=True,
            planned_at__gte=calendar.opening(day_of(now)),
            obligation__subject_id__in={rung.obligation.subject_id for rung in rungs},
            status__in=[ReminderStatus.PLANNED, ReminderStatus.SENT],
        )
        .exclude(step=Step.LAPSE)
        .select_related("obligation")
    )
    return {_key(reminder.obligation) for reminder in rows}


def _key(obligation: Obligation) -> Key:
    return (
        obligation.subject_type,
        obligation.subject_id,
        obligation.holder_department_id,
        obligation.holder_id,
    )
