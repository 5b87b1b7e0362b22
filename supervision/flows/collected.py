"""The one notice of a working day that tells of all that was collected since the last one (R069)."""

from __future__ import annotations

from datetime import datetime

from audit.acting import SYSTEM, as_actor
from notifications.flows import tell_of_collected
from supervision.calendar import working_days


def tell_collected(now: datetime) -> int:
    """From the opening of each working day on; after an outage too, and never twice."""
    calendar = working_days()
    day = calendar.local(now).date()
    if not calendar.is_working(day) or now < calendar.opening(day):
        return 0
    with as_actor(SYSTEM):
        return int(tell_of_collected(until=calendar.opening(day), day=day))
