"""What a progress report starts from: the last one, brought up to today (form F12)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import pgettext

from audit.acting import day_of, today
from requests.models import ActionItem
from supervision.calendar import working_days
from supervision.models import Obligation
from supervision.states import Kind

# How far ahead the next step is expected when nobody has said so yet, in working days.
NEXT_STEP_DAYS = 3


def report_start(item: ActionItem) -> dict[str, Any]:
    """The percentage, next step and dates of last time, as far as they still lie ahead; no difficulty."""
    last = item.reports.first()
    due_on = _due_on(item)
    return {
        "percent": item.percent,
        "next_step": last.next_step if last else "",
        "next_on": _ahead(last.next_on if last else None) or _soon(due_on),
        "difficulty": pgettext("difficulty", "none"),
        "expected_on": _ahead(last.expected_on if last else None) or _ahead(due_on),
    }


def _due_on(item: ActionItem) -> date | None:
    duty = Obligation.objects.of(ActionItem.SUBJECT, item.pk).open().filter(kind=Kind.EXECUTE).first()
    return day_of(duty.due_at) if duty and duty.due_at else None


def _ahead(day: date | None) -> date | None:
    return day if day is not None and day >= today() else None


def _soon(due_on: date | None) -> date:
    """In a few working days, but not after the due date."""
    soon = working_days().next_day(today(), NEXT_STEP_DAYS)
    return min(soon, _ahead(due_on) or soon)
