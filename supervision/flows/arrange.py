"""Changing the calendar and the limits (R024, R203). What runs already keeps its date; what is owed from now on obeys."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, time
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.flow import flow
from audit.flows import record
from audit.refusals import Invalid, NotYours
from audit.words import word
from organization.models import User
from supervision import policies
from supervision.calendar import forget
from supervision.models import CalendarDay, CalendarStamp, OfficeHours, TimeLimit
from supervision.states import Kind, Unit, Urgency

MOST_DAYS, MOST_HOURS = 250, 40


@flow
def set_day(*, day: date, is_working: bool, note: str, by: User) -> None:
    """Make a day a working day or a day off; a day that follows the plain week again loses its row."""
    _insist(by)
    plain = day.weekday() < 5
    if is_working == plain and not note.strip():
        CalendarDay.objects.filter(day=day).delete()
    else:
        CalendarDay.objects.update_or_create(
            day=day, defaults={"is_working": is_working, "note": note.strip()}
        )
    _stamp()
    sentence = (
        _n("%(actor)s made %(day)s a working day.") if is_working else _n("%(actor)s made %(day)s a day off.")
    )
    record(
        subject_type="calendar", subject_id=day.toordinal(), verb="set_day", sentence=sentence,
        params={"day": f"{day:%Y-%m-%d}"}, reason_text=note,
    )  # fmt: skip


@flow
def set_hours(*, spans: Sequence[tuple[time, time]], by: User) -> None:
    """Set the hours of every working day. Raises Invalid unless the spans follow each other; dates that run stay."""
    _insist(by)
    moments = [moment for span in spans for moment in span]
    if not moments or any(later <= earlier for earlier, later in pairwise(moments)):
        sentence = _("Write the hours in the order of the day: each begins after the one before.")
        raise Invalid(sentence, fields={"morning_opens": [sentence]})
    OfficeHours.objects.all().delete()
    OfficeHours.objects.bulk_create(OfficeHours(opens=opens, closes=closes) for opens, closes in spans)
    _stamp()
    record(
        subject_type="calendar", subject_id=0, verb="set_hours",
        sentence=_n("%(actor)s set the office hours to %(hours)s."),
        params={"hours": ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in spans)},
    )  # fmt: skip


@flow
def set_limit(*, limit_id: int, amount: int, unit: str, by: User) -> TimeLimit:
    """Change one limit. Raises Invalid outside 1 to 250 working days or 1 to 40 working hours."""
    _insist(by)
    most = MOST_DAYS if unit == Unit.DAYS else MOST_HOURS
    if unit not in Unit.values or not 1 <= amount <= most:
        sentence = _("Write a whole number from 1 to %(most)s.") % {"most": most}
        raise Invalid(sentence, fields={"amount": [sentence]})
    limit = TimeLimit.objects.select_for_update().get(pk=limit_id)
    before = {"amount": limit.amount, "unit": word(Unit(limit.unit).label)}
    limit.amount, limit.unit = amount, unit
    limit.save()
    record(
        subject_type="limit", subject_id=limit.pk, verb="set_limit",
        sentence=_n("%(actor)s set the limit “%(kind)s”, %(urgency)s, from %(old)s %(old_unit)s to %(new)s %(new_unit)s."),
        params={"kind": word(Kind(limit.kind).label), "urgency": word(Urgency(limit.urgency).label),
                "old": before["amount"], "old_unit": before["unit"], "new": amount, "new_unit": word(Unit(unit).label)},
    )  # fmt: skip
    return limit


def _stamp() -> None:
    """Every process reads the calendar afresh within seconds; this one at once."""
    CalendarStamp.objects.update_or_create(pk=1, defaults={"stamp": uuid.uuid4()})
    forget()


def _insist(by: User) -> None:
    if not policies.may_arrange(by):
        raise NotYours(
            _("Only the head of the coordination office and the system administrator change this.")
        )
