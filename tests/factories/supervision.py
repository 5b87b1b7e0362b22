from datetime import UTC, date, datetime, time, timedelta

from supervision.models import CalendarDay, Obligation, OfficeHours, Pause, Reminder, Rung, TimeLimit
from tests.factories import line

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


@line(CalendarDay, change=("note", "调休", "春节"))
def calendar_day(cast, n):
    return CalendarDay(day=date(2040, 1, 1) + timedelta(days=n), is_working=True)


@line(OfficeHours, change=("closes", time(20, 0), time(21, 0)), bump=lambda cast: time(22, 0))
def office_hours(cast, n):
    return OfficeHours(opens=time(18, n))


@line(TimeLimit, change=("amount", 1, 3))
def time_limit(cast, n):
    # Every real kind has its limits already: they come with the office.
    return TimeLimit(kind=f"kind{n}", urgency="normal")


@line(Obligation, change=("number", "协〔2026〕1号", "协〔2026〕2号"))
def obligation(cast, n):
    return Obligation(
        kind="accept", subject_type="matter", subject_id=n, holder=cast.clerk, since=MONDAY, url_args=[n]
    )


def saved_obligation(cast, n):
    row = obligation(cast, n)
    row.save()
    return row


@line(Pause, change=("reason", "调解中", "等待外部单位"))
def pause(cast, n):
    return Pause(obligation=saved_obligation(cast, n), scope="clock", since=MONDAY)


@line(Rung, change=("step", "L0", "L1"))
def rung(cast, n):
    return Rung(obligation=saved_obligation(cast, n), due_version=1, at=MONDAY, by_day=True)


@line(Reminder, change=("why", "", "已办结"))
def reminder(cast, n):
    return Reminder(
        obligation=saved_obligation(cast, n),
        due_version=1,
        step="L1",
        recipient=cast.clerk,
        by_day=True,
        planned_at=MONDAY,
    )
