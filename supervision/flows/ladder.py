"""The minute of supervision: heartbeat, lapses, plan, send (architecture §3, trust.md 3.7).

The database is the schedule. Any number of ticks may run at any time: a rung is settled once under its row lock, a
reminder is unique per obligation, due date, step and person, and the notice is written in the transaction that marks it sent.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from audit.acting import SYSTEM, Actor, at_moment
from audit.flow import flow
from supervision.flows.planning import plan
from supervision.flows.sending import send
from supervision.models import Heartbeat, Obligation
from supervision.states import State


def tick(*, now: datetime) -> dict[str, int]:
    """One minute of the office. Safe to run twice, or by two at once."""
    with at_moment(now):
        beat(now)
        return {"lapsed": mark_lapses(now=now, by=SYSTEM), "planned": plan(now), "sent": send(now)}


def beat(now: datetime) -> None:
    """Show that the ticks live; `/healthz` reads it (R2). An untracked table: no event each minute."""
    Heartbeat.objects.update_or_create(name="tick", defaults={"at": now})


@flow
def mark_lapses(*, now: datetime, by: Actor) -> int:
    """Mark every open obligation whose limit has passed, at any hour; the app that owns the kind acts on it."""
    return Obligation.objects.filter(state=State.OPEN, due_at__lt=now, lapsed_at=None).update(
        lapsed_at=F("due_at")
    )
