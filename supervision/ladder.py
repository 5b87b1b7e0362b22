"""The ladder of domain 6.2: at which moment each rung falls due. Pure; the moments are kept in `Rung`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from supervision.states import Kind, OnLapse, Step, Urgency
from supervision.worktime import WorkTime

MORNING = time(9, 0)


@dataclass(frozen=True)
class Offset:
    """A distance from the due moment: in working days (then at 09:00) or in working hours."""

    days: int = 0
    hours: int = 0


# domain 6.2, rows L1 to L3. T is the due moment.
OFFSETS: dict[str, dict[str, Offset]] = {
    Urgency.NORMAL: {Step.L1: Offset(days=-3), Step.L2: Offset(days=-1), Step.L3: Offset(days=1)},
    Urgency.URGENT: {Step.L1: Offset(days=-1), Step.L2: Offset(hours=-4), Step.L3: Offset(hours=4)},
    Urgency.EXTRA: {Step.L1: Offset(hours=-2), Step.L2: Offset(hours=-1), Step.L3: Offset(hours=1)},
}
# A friendly word about something that has only just been given is noise; an overdue one never is.
ONLY_AHEAD = (Step.L1.value, Step.L2.value)


@dataclass(frozen=True)
class Moment:
    step: str
    at: datetime
    by_day: bool


def moments(
    *,
    kind: str,
    on_lapse: str,
    ladder: bool,
    urgency: str,
    due_at: datetime | None,
    after: datetime,
    calendar: WorkTime,
) -> list[Moment]:
    """The rungs of one due date, lowest first. Rungs L1 and L2 that lie before `after` are left out."""
    if due_at is None:
        return []
    if not ladder:
        return [_when_passed(kind, on_lapse, due_at, calendar)]
    found = [_rung(step, offset, due_at, calendar) for step, offset in OFFSETS[urgency].items()]
    return [rung for rung in found if rung.at > after or rung.step not in ONLY_AHEAD]


def _rung(step: str, offset: Offset, due_at: datetime, calendar: WorkTime) -> Moment:
    if offset.hours:
        return Moment(step, calendar.add_hours(due_at, offset.hours), by_day=False)
    day = calendar.next_day(calendar.local(due_at).date(), offset.days)
    return Moment(step, calendar.next_working_moment(calendar.at(day, MORNING)), by_day=True)


def _when_passed(kind: str, on_lapse: str, due_at: datetime, calendar: WorkTime) -> Moment:
    """L0 for a receipt that counts as given from now on, else "the limit has passed".

    A limit that ended at the close of office is told the next morning at 09:00; one that ended during office hours, at once.
    """
    step = Step.L0 if kind == Kind.RECEIPT and on_lapse == OnLapse.DEEMED else Step.LAPSE
    if calendar.is_open(due_at):
        return Moment(step, due_at, by_day=False)
    day = calendar.local(calendar.next_working_moment(due_at)).date()
    # A limit that ends at noon is not told in the morning before.
    told = max(calendar.at(day, MORNING), due_at)
    return Moment(step, calendar.next_working_moment(told), by_day=True)
