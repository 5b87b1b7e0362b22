"""Who has not spoken on a matter yet, and since when: for its page, and for whoever prepares or decides it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.acting import day_of
from requests.states import Stage

if TYPE_CHECKING:
    from requests.case import Case
    from supervision.worktime import WorkTime

# Where a matter waits for opinions.
STAGES = (Stage.PREPARATION, Stage.DECISION)


def awaited(departments: str, since: datetime, moment: datetime, calendar: WorkTime) -> str:
    """等人力资源部表态（已等3个工作日）."""
    days = calendar.days_between(since, moment)
    if days < 1:
        return _("Awaited: the opinion of %(departments)s (asked today).") % {"departments": departments}
    words = ngettext(
        "Awaited: the opinion of %(departments)s (for %(days)s working day).",
        "Awaited: the opinion of %(departments)s (for %(days)s working days).",
        days,
    )
    return words % {"departments": departments, "days": days}


def awaited_in(case: Case, moment: datetime, calendar: WorkTime) -> list[str]:
    """One sentence for all that were asked on the same day, the longest awaited first."""
    if case.matter.stage not in STAGES:
        return []
    groups: dict[datetime, list[str]] = {}
    for row in sorted(case.silent, key=_asked):
        first = next((day for day in groups if day_of(day) == day_of(_asked(row))), _asked(row))
        groups.setdefault(first, []).append(row.department_name)
    return [awaited("、".join(names), since, moment, calendar) for since, names in groups.items()]


def _asked(row: Any) -> datetime:
    moment: datetime = row.notified_at
    return moment
