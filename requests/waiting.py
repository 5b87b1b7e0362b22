"""How long an item, or all items of a matter, waited for each department (R099). Pure over loaded rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from supervision.worktime import WorkTime

if TYPE_CHECKING:
    from requests.models import Obstacle

# First and last day.
Span = tuple[date, date]


@dataclass(frozen=True)
class Waiting:
    """One department: for how many working days it was waited for, how often, and whether it still is."""

    department: str
    days: int
    times: int
    is_open: bool


def waiting_days(obstacles: Iterable[Obstacle], *, now: datetime, calendar: WorkTime) -> list[Waiting]:
    """By department, the longest first. Two obstacles on one day are waited through once; a day begun is a day."""
    by_department: dict[str, list[Obstacle]] = {}
    for row in obstacles:
        by_department.setdefault(row.department_name, []).append(row)
    found = [
        Waiting(
            department,
            sum(_days(span, calendar) for span in _merged(_spans(rows, now, calendar))),
            len(rows),
            any(row.until is None for row in rows),
        )
        for department, rows in by_department.items()
    ]
    return sorted(found, key=lambda row: (-row.days, row.department))


def _spans(rows: Iterable[Obstacle], now: datetime, calendar: WorkTime) -> list[Span]:
    return sorted((calendar.local(row.since).date(), calendar.local(row.until or now).date()) for row in rows)


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Spans that share a day become one."""
    found: list[Span] = []
    for first, last in spans:
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def _days(span: Span, calendar: WorkTime) -> int:
    """Working days from the first day through the last."""
    first, last = span
    return calendar.days_between(calendar.opening(first), calendar.opening(last)) + calendar.is_working(first)
