"""Sending: claim what is planned, look again whether it still holds, tell, mark; one transaction for all four."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM, Actor
from audit.flow import flow
from audit.words import word
from notifications.flows import announce
from notifications.states import NoticeKind
from supervision.audience import Audiences
from supervision.calendar import working_days
from supervision.models import Pause, Reminder
from supervision.states import (
    FROZEN_BY_RUNGS,
    STEPS_OF_SILENCE,
    TOLD_AFTERWARDS,
    Kind,
    ReminderStatus,
    Scope,
    State,
    Step,
)

# Own wording of domain §6.2: facts and the ask, no adjectives.
SENTENCES = {
    Step.L0: _n("%(number)s was not signed for in time. It counts as received and its time is running."),
    Step.L1: _n("%(number)s is due %(due)s. If there is a difficulty, say so now."),
    Step.L2: _n("%(number)s is due %(due)s. Report it done or ask for an extension before then."),
    Step.L3: _n(
        "%(number)s is overdue since %(due)s. Give the reason and the new plan within 1 working day."
    ),
    Step.LAPSE: _n(
        "%(number)s: the limit for “%(kind)s” ended %(due)s. Please do it, or say what stands in the way."
    ),
}


def send(now: datetime, limit: int = 500) -> int:
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
    """Claim planned reminders with their obligations (SKIP LOCKED) and settle each; returns how many went out and how
    many were claimed. Killed before the commit, none of it has happened."""
    frozen = Pause.objects.filter(obligation=OuterRef("obligation_id"), scope=Scope.RUNGS, until=None)
    rows = list(
        Reminder.objects.select_for_update(of=("self", "obligation"), skip_locked=True, no_key=True)
        .planned()
        .exclude(Exists(frozen), step__in=FROZEN_BY_RUNGS)
        .select_related("obligation__holder", "obligation__holder_department", "recipient")
        .order_by("pk")[:limit]
    )
    audiences = Audiences()
    for reminder in rows:
        reminder.why = _why_obsolete(reminder, audiences)
    obsolete = [reminder for reminder in rows if reminder.why]
    for reminder in obsolete:
        reminder.status = ReminderStatus.OBSOLETE
    Reminder.objects.bulk_update(obsolete, ["status", "why"])
    holding = [reminder for reminder in rows if not reminder.why]
    for _step, group in groupby(holding, key=_dedupe_key):
        _tell(list(group))
    Reminder.objects.filter(pk__in=[reminder.pk for reminder in holding]).update(
        status=ReminderStatus.SENT, sent_at=now
    )
    return len(holding), len(rows)


def _why_obsolete(reminder: Reminder, audiences: Audiences) -> str:
    obligation = reminder.obligation
    if not obligation.is_running and not (
        obligation.outcome in TOLD_AFTERWARDS and reminder.step in STEPS_OF_SILENCE
    ):
        return "it has been done"
    if obligation.state == State.SUSPENDED:
        return "its clock stands still"
    if obligation.due_version != reminder.due_version:
        return "it has a new due date"
    if reminder.recipient not in audiences.of(obligation, reminder.step):
        return "somebody else is responsible now"
    return ""


def _dedupe_key(reminder: Reminder) -> str:
    return f"reminder:{reminder.obligation_id}:{reminder.due_version}:{reminder.step}"


def _tell(group: list[Reminder]) -> None:
    """One step of one obligation, to everybody whom it reaches."""
    first = group[0]
    obligation = first.obligation
    due = f"{working_days().local(obligation.due_at):%Y-%m-%d %H:%M}" if obligation.due_at else ""
    announce(
        recipients=[reminder.recipient for reminder in group],
        kind=NoticeKind.SUPERVISION,
        sentence=SENTENCES[Step(first.step)],
        params={"due": due, "kind": word(Kind(obligation.kind).label)},
        number=obligation.number,
        url_name=obligation.url_name,
        url_args=obligation.url_args,
        dedupe_key=_dedupe_key(first),
    )
