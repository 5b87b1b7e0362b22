"""The traffic light of an obligation: a shape and words, from its row and the calendar. Pages never compute lateness.

Yellow begins where the first reminder would go out (domain §6.2): three working days before an action item is due, one when it
is urgent, two hours when it is extra urgent; or earlier, where a report is missing or the date will not be kept. Other duties have limits of a day or two and turn yellow on their last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from supervision.calendar import working_days
from supervision.models import Obligation
from supervision.states import Outcome, State, Step, Urgency
from supervision.worktime import WorkTime


@dataclass(frozen=True)
class Light:
    """`shape` is one of ok, warn, bad, hold; `words` are in the reader's language."""

    shape: str
    words: str


def warn_until(now: datetime) -> dict[str, datetime]:
    """Until which due date a duty is yellow now: by urgency for action items, under `lapse` for all others."""
    return {of: _soon(of, now) for of in (Urgency.NORMAL, Urgency.URGENT, Urgency.EXTRA, Step.LAPSE)}


def _soon(of: str, now: datetime) -> datetime:
    return _soon_by(working_days(), of, now)


@lru_cache(16)  # all rows of a page are looked at in one moment
def _soon_by(calendar: WorkTime, of: str, now: datetime) -> datetime:
    if of == Urgency.EXTRA:
        return calendar.add_hours(now, 2)
    if of == Step.LAPSE:
        return calendar.close(calendar.day_of(now))
    return calendar.close(calendar.next_day(calendar.local(now).date(), 3 if of == Urgency.NORMAL else 1))


def light(obligation: Obligation, now: datetime) -> Light:
    """How an obligation stands at this moment."""
    if not obligation.is_running:
        return Light("ok", _ended(obligation))
    if obligation.state == State.SUSPENDED:
        return Light("hold", _held(obligation))
    if obligation.due_at is None:
        return Light("ok", _("No date set"))
    if obligation.due_at < now:
        return Light("bad", _late(obligation.due_at, now))
    if obligation.warn_at is not None and obligation.warn_at <= now:
        words = {"left": _left(now, obligation.due_at), "why": obligation.get_warn_why_display()}
        return Light("warn", _("%(left)s, %(why)s") % words)
    soon = _soon(obligation.urgency if obligation.ladder else Step.LAPSE, now)
    return Light("warn" if obligation.due_at <= soon else "ok", _left(now, obligation.due_at))


def _ended(obligation: Obligation) -> str:
    if obligation.outcome == Outcome.DONE and not obligation.ended_on_time:
        return _("Done late")
    return str(obligation.get_outcome_display())


def _held(obligation: Obligation) -> str:
    if obligation.remaining_minutes is None:
        return _("Suspended")
    days, minutes = divmod(max(0, obligation.remaining_minutes), working_days().minutes_per_day)
    return _("Suspended, %(time)s left") % {"time": _days(days) if days else _hours(minutes)}


def _left(now: datetime, due_at: datetime) -> str:
    calendar = working_days()
    days = calendar.days_between(now, due_at)
    if days > 0:
        return _days_left(days, get_language())
    return _("%(time)s left") % {"time": _hours(calendar.minutes_between(now, due_at))}


@lru_cache(256)
def _days_left(days: int, _language: str | None) -> str:
    return _("%(time)s left") % {"time": _days(days)}


def _late(due_at: datetime, now: datetime) -> str:
    days = working_days().days_between(due_at, now)
    if days > 0:
        return _days_over(days, get_language())
    minutes = working_days().minutes_between(due_at, now)
    return _("%(time)s overdue") % {"time": _hours(minutes)} if minutes > 0 else _("Overdue")


@lru_cache(256)
def _days_over(days: int, _language: str | None) -> str:
    return _("%(time)s overdue") % {"time": _days(days)}


def _days(number: int) -> str:
    return ngettext("%(n)d working day", "%(n)d working days", number) % {"n": number}


def _hours(minutes: int) -> str:
    hours, rest = divmod(max(0, minutes), 60)
    if not hours:
        return ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest}
    told = ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return told if not rest else _("%(hours)s %(minutes)d min") % {"hours": told, "minutes": rest}
