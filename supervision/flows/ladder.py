"""The ladder that really fires: marking lapses, planning reminders, sending them (architecture §3, trust.md 3.7).

The database is the schedule. Any number of planners and senders may run at any time: a rung is settled once under its
row lock, a reminder is unique per obligation, due date, step and person, and the notice is written in the same
transaction that marks it sent.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM, Actor, at_moment, day_of
from audit.flow import flow
from audit.words import word
from notifications.flows import announce
from notifications.states import NoticeKind
from organization.models import User
from supervision.audience import audience, is_responsible
from supervision.calendar import working_days
from supervision.models import Heartbeat, Obligation, Pause, Reminder, Rung
from supervision.states import FROZEN_BY_RUNGS, RUNNING, Kind, ReminderStatus, Scope, State, Step

CHUNK = 500
ORDER = {step: index for index, step in enumerate((Step.L0, Step.L1, Step.L2, Step.L3, Step.LAPSE))}

# Own wording of domain §6.2: facts and the ask, no adjectives.
SENTENCES = {
    Step.L0: _n("%(number)s was not signed for in time. It counts as received and its time is running."),
    Step.L1: _n("%(number)s is due %(due)s. If there is a difficulty, say so now."),
    Step.L2: _n(
        "%(number)s is due %(due)s, on the next working day. Report it done or ask for an extension."
    ),
    Step.L3: _n(
        "%(number)s is overdue since %(due)s. Give the reason and the new plan within 1 working day."
    ),
    Step.LAPSE: _n(
        "%(number)s: the limit for “%(kind)s” ended %(due)s. Please do it, or say what stands in the way."
    ),
}


def tick(*, now: datetime) -> dict[str, int]:
    """One minute of the office: heartbeat, lapses, plan, send. Safe to run twice, or by two at once."""
    with at_moment(now):
        beat(now)
        return {"lapsed": mark_lapses(now=now, by=SYSTEM), "planned": plan(now), "sent": send(now)}


def beat(now: datetime) -> None:
    """Show that the ticks live; `/healthz` reads it (R2). An untracked table: no event each minute."""
    Heartbeat.objects.update_or_create(name="tick", defaults={"at": now})


@flow
def mark_lapses(*, now: datetime, by: Actor) -> int:
    """Mark every open obligation whose limit has passed; the app that owns the kind acts on it."""
    return Obligation.objects.filter(state=State.OPEN, due_at__lt=now, lapsed_at=None).update(
        lapsed_at=F("due_at")
    )


def plan(now: datetime) -> int:
    """Turn due rungs into reminders; nothing outside office hours or on rest days. Returns how many are new."""
    if not working_days().is_open(now):
        return 0
    planned, last_id = 0, 0
    while True:
        new, last_id = _plan_some(now=now, after=last_id, by=SYSTEM)
        planned += new
        if not last_id:
            return planned


@flow
def _plan_some(*, now: datetime, after: int, by: Actor) -> tuple[int, int]:
    """Plan one chunk of obligations; returns the number of new reminders and where to go on (0: at the end)."""
    rungs = list(
        _due_rungs(now)
        .filter(obligation_id__gt=after)
        .select_related("obligation")
        .order_by("obligation_id")[:CHUNK]
    )
    if not rungs:
        return 0, 0
    last_id = rungs[-1].obligation_id
    if len(rungs) == CHUNK and rungs[0].obligation_id != last_id:
        # The last obligation may have more rungs in the next chunk: leave it whole for that one.
        rungs = [rung for rung in rungs if rung.obligation_id != last_id]
        last_id = rungs[-1].obligation_id
    told_today = _told_today(rungs, now)
    reminders: list[Reminder] = []
    for group in _by_obligation(rungs):
        reminders += _of_one(group, now, told_today)
    return len(_new(reminders)), last_id


def _due_rungs(now: datetime) -> QuerySet[Any]:
    frozen = Pause.objects.filter(obligation=OuterRef("obligation_id"), scope=Scope.RUNGS, until=None)
    return (
        Rung.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(settled_at=None, at__lte=now, obligation__state=State.OPEN)
        .filter(due_version=F("obligation__due_version"))
        .exclude(Exists(frozen), step__in=FROZEN_BY_RUNGS)
    )


def _by_obligation(rungs: list[Rung]) -> list[list[Rung]]:
    groups: dict[int, list[Rung]] = defaultdict(list)
    for rung in rungs:
        groups[rung.obligation_id].append(rung)
    return [sorted(group, key=lambda rung: ORDER[Step(rung.step)]) for group in groups.values()]


def _of_one(group: list[Rung], now: datetime, told_today: set[tuple[str, int]]) -> list[Reminder]:
    """After an outage only the highest rung goes out; the lower ones are recorded as superseded."""
    highest = group[-1]
    subject = (highest.obligation.subject_type, highest.obligation.subject_id)
    if highest.by_day and subject in told_today:
        return []  # two day-rungs never on one day for the same thing: this one waits for tomorrow
    found = [_reminder(highest, person, now, ReminderStatus.PLANNED) for person in _audience(highest)]
    for rung in group[:-1]:
        found += [_reminder(rung, person, now, ReminderStatus.SUPERSEDED) for person in _audience(rung)]
    Rung.objects.filter(pk__in=[rung.pk for rung in group]).update(settled_at=now)
    if highest.by_day:
        told_today.add(subject)
    return found


def _audience(rung: Rung) -> list[User]:
    return audience(rung.obligation, rung.step)


def _reminder(rung: Rung, person: User, now: datetime, status: str) -> Reminder:
    why = "superseded by a later step" if status == ReminderStatus.SUPERSEDED else ""
    return Reminder(
        obligation=rung.obligation, due_version=rung.due_version, step=rung.step, recipient=person,
        by_day=rung.by_day, planned_at=now, status=status, why=why,
    )  # fmt: skip


def _new(reminders: list[Reminder]) -> list[Reminder]:
    """ON CONFLICT DO NOTHING: whoever planned the same before has done it (trust.md R1)."""
    Reminder.objects.bulk_create(reminders, ignore_conflicts=True)
    return reminders


def _told_today(rungs: list[Rung], now: datetime) -> set[tuple[str, int]]:
    calendar = working_days()
    today = day_of(now)
    subjects = {rung.obligation.subject_id for rung in rungs}
    rows = Reminder.objects.filter(
        by_day=True,
        planned_at__gte=calendar.opening(today),
        obligation__subject_id__in=subjects,
        status__in=[ReminderStatus.PLANNED, ReminderStatus.SENT],
    )
    return set(rows.values_list("obligation__subject_type", "obligation__subject_id"))


def send(now: datetime, limit: int = 100) -> int:
    """Send what is planned, `limit` to a transaction; nothing outside office hours. Returns how many went out."""
    if not working_days().is_open(now):
        return 0
    sent = 0
    while True:
        some, claimed = send_some(now=now, limit=limit, by=SYSTEM)
        sent += some
        if not claimed:
            return sent


@flow
def send_some(*, now: datetime, limit: int, by: Actor) -> tuple[int, int]:
    """Claim planned reminders (SKIP LOCKED), look again whether they still hold, tell, mark: one transaction."""
    rows = list(
        Reminder.objects.select_for_update(of=("self",), skip_locked=True)
        .planned()
        .select_related("obligation", "recipient")
        .order_by("pk")[:limit]
    )
    sent = 0
    for reminder in rows:
        why = _why_obsolete(reminder)
        if why:
            reminder.status, reminder.why = ReminderStatus.OBSOLETE, why
        else:
            _tell(reminder)
            reminder.status, reminder.sent_at = ReminderStatus.SENT, now
            sent += 1
    Reminder.objects.bulk_update(rows, ["status", "why", "sent_at"])
    return sent, len(rows)


def _why_obsolete(reminder: Reminder) -> str:
    obligation = reminder.obligation
    if obligation.state not in RUNNING:
        return "it has been done"
    if obligation.state == State.SUSPENDED:
        return "its clock stands still"
    if obligation.due_version != reminder.due_version:
        return "it has a new due date"
    if not is_responsible(obligation, reminder.step, reminder.recipient):
        return "somebody else is responsible now"
    return ""


def _tell(reminder: Reminder) -> None:
    obligation = reminder.obligation
    due = f"{working_days().local(obligation.due_at):%Y-%m-%d %H:%M}" if obligation.due_at else ""
    announce(
        recipients=[reminder.recipient],
        kind=NoticeKind.SUPERVISION,
        sentence=SENTENCES[Step(reminder.step)],
        params={"due": due, "kind": word(Kind(obligation.kind).label)},
        number=obligation.number,
        url_name=obligation.url_name,
        url_args=obligation.url_args,
        dedupe_key=f"reminder:{obligation.pk}:{reminder.due_version}:{reminder.step}",
    )
