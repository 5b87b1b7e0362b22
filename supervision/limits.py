"""When something falls due by the office's limits."""

from __future__ import annotations

from datetime import datetime

from pages.prepared import Prepared
from supervision.calendar import working_days
from supervision.models import TimeLimit
from supervision.states import Unit, Urgency

LIMITS = Prepared(lambda kind: TimeLimit.objects.filter(kind=kind))


class NoLimit(LookupError):
    """There is no limit for this kind: give `due_at`, or enter a limit."""


def is_known(kind: str) -> bool:
    """Whether the office has a limit for this kind; others are owed by a day of their own."""
    return bool(LIMITS(str(kind)))


def due(kind: str, urgency: str, since: datetime) -> datetime:
    """Close of office on the last day of the limit, or the moment at which its working hours are used up.

    A kind without a limit of this urgency takes the normal one. Raises NoLimit when there is none at all.
    """
    limits = {limit.urgency: limit for limit in LIMITS(str(kind))}
    limit = limits.get(urgency) or limits.get(Urgency.NORMAL)
    if limit is None:
        raise NoLimit(kind)
    if limit.unit == Unit.HOURS:
        return working_days().add_hours(since, limit.amount)
    return working_days().add_days(since, limit.amount)


def days(kind: str) -> int:
    """The limit of a kind for normal urgency in working days, at least one: what a form offers as a start."""
    normal = next((limit for limit in LIMITS(str(kind)) if limit.urgency == Urgency.NORMAL), None)
    return normal.amount if normal is not None and normal.unit == Unit.DAYS else 1
