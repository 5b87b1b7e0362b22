"""What an office starts with: its hours, the published holidays, the default limits (domain §6.1).

Planted after a migrate into empty tables only: what the office has changed stays as it is. A kind of duty that came
with a newer version gets its limits then.
"""

from __future__ import annotations

from datetime import time
from typing import Any

from chinese_calendar.constants import holidays, workdays
from django.db import connections

from supervision.models import CalendarDay, CalendarStamp, OfficeHours, TimeLimit
from supervision.states import Kind, Unit, Urgency

HOURS = ((time(8, 30), time(12, 0)), (time(14, 0), time(17, 30)))

# Working days for normal and urgent, working days or (with h) working hours for extra urgent.
LIMITS: dict[str, tuple[str, str, str]] = {
    Kind.ACCEPT: ("2", "1", "4h"),
    Kind.CONFIRM_URGENCY: ("1", "4h", "1h"),
    Kind.COMPLETE: ("5", "2", "1"),
    Kind.PAPERS: ("2", "2", "2"),
    Kind.CONFIRM_ORDER: ("1", "4h", "1h"),
    Kind.REVIEW_WINDOW: ("5", "5", "5"),
    Kind.REVIEW_REFUSAL: ("3", "3", "3"),
    Kind.RECEIPT: ("1", "4h", "1h"),
    Kind.FIRST_REPLY: ("3", "1", "4h"),
    Kind.LETTER_REPLY: ("3", "1", "4h"),
    Kind.OPINION: ("3", "1", "4h"),
    Kind.COUNTERSIGN: ("3", "1", "4h"),
    Kind.CHANGE_ASSESS: ("3", "1", "4h"),
    Kind.CHANGE_APPROVE: ("5", "2", "4h"),
    Kind.CHANGE_APPLY: ("2", "1", "4h"),
    Kind.CHANGE_READ: ("2", "1", "4h"),
    Kind.CHANGE_VERIFY: ("2", "2", "2"),
    Kind.FILL_POST: ("3", "1", "4h"),
    Kind.NAME_READER: ("1", "4h", "1h"),
    Kind.NOTICE_WINDOW: ("5", "5", "5"),
    Kind.OBJECTION_REPLY: ("2", "1", "4h"),
    Kind.DUTY_RULING: ("1", "4h", "1h"),
    Kind.CONSOLIDATE: ("2", "1", "4h"),
    Kind.ISSUE_PAPER: ("1", "4h", "1h"),
    Kind.APPROVE_DEPARTMENT: ("2", "1", "4h"),
    Kind.APPROVE_OFFICE: ("3", "1", "4h"),
    Kind.APPROVE_LEADER: ("3", "1", "4h"),
    Kind.PREPARE: ("5", "2", "1"),
    Kind.DECIDE: ("10", "3", "1"),
    Kind.ISSUE_ACTION_ITEMS: ("2", "1", "4h"),
    Kind.MEETING_NOTICE: ("3", "1", "2h"),
    Kind.MINUTES_DRAFT: ("1", "1", "1"),
    Kind.MINUTES_CONFIRM: ("2", "2", "2"),
    Kind.MINUTES_SIGN: ("1", "1", "4h"),
    # M11: from the close of the meeting; urgent: the next working day; extra urgent: the same day.
    Kind.MINUTES_ISSUE: ("3", "1", "4h"),
    Kind.PROGRESS: ("5", "2", "1"),
    Kind.RELEASE_WINDOW: ("1", "4h", "1h"),
    Kind.RELEASE_REPLY: ("1", "4h", "1h"),
    Kind.EXTENSION_REPLY: ("1", "1", "1"),
    Kind.VERIFY: ("2", "1", "4h"),
    Kind.CLOSE_EXECUTION: ("2", "1", "4h"),
    Kind.CONFIRM: ("5", "5", "5"),
    Kind.SURVEY: ("5", "5", "5"),
    Kind.ARCHIVE: ("10", "10", "10"),
    Kind.NEGOTIATE: ("5", "2", "1"),
    Kind.MEDIATE: ("10", "4", "1"),
    Kind.RULE: ("5", "2", "1"),
    Kind.APPEAL_WINDOW: ("5", "5", "5"),
    Kind.APPEAL_DECISION: ("10", "4", "2"),
    Kind.COMPLAINT_SCREENING: ("3", "3", "3"),
    Kind.COMPLAINT_ANSWER: ("5", "5", "5"),
    Kind.COMPLAINT_INVESTIGATION: ("10", "10", "10"),
    Kind.COMPLAINT_APPEAL: ("5", "5", "5"),
    Kind.COMPLAINT_REVIEW: ("10", "10", "10"),
    Kind.CONFIRM_RETURN: ("2", "1", "4h"),
    Kind.REVIEW: ("10", "10", "10"),
    Kind.CONSENT: ("2", "1", "4h"),
    Kind.SETTLE_TASKS: ("2", "1", "4h"),
    Kind.ACCEPT_STAGE: ("2", "1", "4h"),
    Kind.WATCH_RISK: ("10", "5", "2"),
    Kind.HEADS_WORD: ("1", "4h", "1h"),
    Kind.REVIEW_PROGRESS: ("10", "5", "2"),
    Kind.SHARING_CHECK: ("2", "2", "2"),
    Kind.SHARING_PROVIDE: ("5", "5", "5"),
}


def plant(using: str = "default", **_: Any) -> None:
    """Receiver of `post_migrate`: runs in the name of whoever migrates."""
    if "supervision_calendarstamp" not in connections[using].introspection.table_names():
        return
    CalendarStamp.objects.get_or_create(pk=1)
    if not OfficeHours.objects.exists():
        OfficeHours.objects.bulk_create(OfficeHours(opens=opens, closes=closes) for opens, closes in HOURS)
    if not CalendarDay.objects.exists():
        CalendarDay.objects.bulk_create(_days())
    known = set(TimeLimit.objects.values_list("kind", flat=True))
    TimeLimit.objects.bulk_create(row for row in _limits() if row.kind not in known)


def _days() -> list[CalendarDay]:
    """Only days that differ from the plain week: holidays on weekdays, worked Saturdays and Sundays (S19)."""
    off = [CalendarDay(day=day, is_working=False, note="法定节假日") for day in holidays if day.weekday() < 5]
    worked = [
        CalendarDay(day=day, is_working=True, note="调休上班") for day in workdays if day.weekday() >= 5
    ]
    return sorted(off + worked, key=lambda row: row.day)


def _limits() -> list[TimeLimit]:
    return [
        TimeLimit(
            kind=kind,
            urgency=urgency,
            amount=int(text.removesuffix("h")),
            unit=Unit.HOURS if text.endswith("h") else Unit.DAYS,
        )
        for kind, texts in LIMITS.items()
        for urgency, text in zip(Urgency.values, texts, strict=True)
    ]
