"""Numbers without gaps: 协〔2026〕41号 (R049)."""

from __future__ import annotations

from typing import Any

from django.db import connection

from audit.acting import today
from audit.flow import flow
from documents.models import NumberSeries
from documents.states import Series

NEXT = "UPDATE documents_numberseries SET last = last + 1 WHERE code = %s AND year = %s RETURNING last"


def format(series: str, year: int, number: int) -> str:
    """Series, year in hexagonal brackets, running number without leading zeros."""
    return f"{series}〔{year}〕{number}号"


@flow
def take(series: str) -> str:
    """The next number of a series in the business year; only inside a flow, which it makes wait for its turn.

    The row stays locked until that flow ends: a flow that is rolled back gives its number back, so there is no
    gap. Take the number late in a flow, after everything that may refuse.
    """
    code, year = Series(series).value, today().year
    number = _next(code, year)
    if number is None:
        # Two flows may both find the year new: the second waits here for the first and then finds its row.
        NumberSeries.objects.bulk_create([NumberSeries(code=code, year=year)], ignore_conflicts=True)
        number = _next(code, year)
    return format(code, year, number)


def _next(code: str, year: int) -> Any:
    """One statement locks the row, counts on and tells the number; None where the year has no row yet."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [code, year])
        found = cursor.fetchone()
    return found and found[0]


@flow
def continue_from(series: str, last: int) -> None:
    """Go on where the paper register stopped: the next number of this year is `last` + 1. Never backwards (R049)."""
    code, year = Series(series).value, today().year
    row, _created = NumberSeries.objects.select_for_update().get_or_create(code=code, year=year)
    if last < row.last:
        raise ValueError(f"{format(code, year, row.last)} has been given out already.")
    row.last = last
    row.save(update_fields=["last"])
