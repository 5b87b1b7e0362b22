"""The working calendar of the office, loaded once and kept in this process.

A page that changes the calendar writes a new stamp; every process looks at the stamp at most once in a few seconds,
so that no calculation costs a query.
"""

from __future__ import annotations

import threading
import time
import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from supervision.models import CalendarDay, CalendarStamp, OfficeHours
from supervision.worktime import WorkTime

LOOK_AGAIN_SECONDS = 5.0
LONGEST_LIMIT = timedelta(days=60)


@dataclass
class _Kept:
    stamp: uuid.UUID | None
    looked_at: float
    calendar: WorkTime


_lock = threading.Lock()
_kept: _Kept | None = None


def working_days() -> WorkTime:
    """The calendar and office hours as they stand now (a change is seen within seconds everywhere)."""
    global _kept
    kept = _kept
    if kept and abs(time.monotonic() - kept.looked_at) < LOOK_AGAIN_SECONDS:
        return kept.calendar
    with _lock:
        stamp = CalendarStamp.objects.values_list("stamp", flat=True).first()
        if kept is None or kept.stamp != stamp:
            kept = _Kept(stamp, 0.0, _load())
        kept.looked_at = time.monotonic()
        _kept = kept
        return kept.calendar


def unpublished_years(day: date) -> list[int]:
    """Years into which limits of these days may run and whose holidays nobody has entered yet (domain 0.6)."""
    years = {day.year, (day + LONGEST_LIMIT).year}
    return sorted(year for year in years if not working_days().is_known(year))


def forget() -> None:
    """Read the calendar afresh at the next question."""
    global _kept
    _kept = None


def _load() -> WorkTime:
    return WorkTime(
        exceptions=dict(CalendarDay.objects.values_list("day", "is_working")),
        hours=list(OfficeHours.objects.values_list("opens", "closes")),
        zone=timezone.get_default_timezone(),
    )
