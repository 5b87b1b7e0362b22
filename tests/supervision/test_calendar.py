"""Working days and hours: the rule of reading limits (domain 6), with the traps of the 2026 calendar."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.acting import SYSTEM, as_actor
from supervision.calendar import working_days
from supervision.models import CalendarDay, CalendarStamp
from supervision.worktime import DEFAULT_HOURS, WorkTime

ZONE = ZoneInfo("Asia/Shanghai")
CLOSE = time(17, 30)


def moment(month, day, clock="09:00", year=2026):
    return datetime.combine(date(year, month, day), time.fromisoformat(clock), ZONE)


@pytest.fixture
def calendar(db):
    return working_days()


@pytest.mark.parametrize(
    ("since", "days", "due"),
    [
        (moment(9, 14), 5, moment(9, 20, "17:30")),  # a Sunday that is worked
        (moment(9, 24), 5, moment(10, 9, "17:30")),  # across Mid-autumn and 1–7 October
        (moment(2, 13), 1, moment(2, 14, "17:30")),  # a Saturday that is worked
        (moment(9, 30), 1, moment(10, 8, "17:30")),
        (moment(10, 9), 1, moment(10, 10, "17:30")),  # Saturday after the holidays
        (moment(9, 14), 0, moment(9, 14, "17:30")),
    ],
)
def test_a_limit_ends_at_the_close_of_office_on_the_nth_working_day(calendar, since, days, due):
    assert calendar.add_days(since, days) == due


@pytest.mark.parametrize(
    ("delivered", "due"),
    [
        (moment(9, 14, "17:29"), moment(9, 15, "17:30")),
        (moment(9, 14, "17:30"), moment(9, 16, "17:30")),
        (moment(9, 14, "23:59"), moment(9, 16, "17:30")),
        (moment(9, 14, "12:30"), moment(9, 15, "17:30")),  # lunch is the same day
        (moment(9, 14, "06:00"), moment(9, 15, "17:30")),
        (moment(9, 19, "10:00"), moment(9, 21, "17:30")),  # Saturday off, Sunday worked
        (moment(9, 26, "10:00"), moment(9, 29, "17:30")),
    ],
)
def test_what_is_delivered_outside_office_hours_counts_as_the_next_working_day(calendar, delivered, due):
    assert calendar.add_days(delivered, 1) == due


@pytest.mark.parametrize(
    ("since", "hours", "due"),
    [
        (moment(9, 14, "09:00"), 3, moment(9, 14, "12:00")),
        (moment(9, 14, "09:00"), 4, moment(9, 14, "15:00")),  # across lunch
        (moment(9, 14, "15:00"), 4, moment(9, 15, "10:00")),  # overnight
        (moment(9, 14, "12:30"), 1, moment(9, 14, "15:00")),
        (moment(9, 14, "08:30"), 7, moment(9, 14, "17:30")),  # ends at the close, not at the next opening
        (moment(9, 30, "16:30"), 4, moment(10, 8, "11:30")),  # across the holidays
        (moment(9, 14, "17:30"), -4, moment(9, 14, "11:30")),
        (moment(9, 14, "09:30"), -2, moment(9, 11, "16:30")),
    ],
)
def test_a_limit_in_hours_runs_in_office_hours_only(calendar, since, hours, due):
    assert calendar.add_hours(since, hours) == due


def test_a_year_not_yet_published_falls_back_to_the_plain_week(calendar):
    assert calendar.is_known(2026)
    assert not calendar.is_known(2027)
    assert calendar.add_days(moment(12, 31), 1) == moment(1, 1, "17:30", year=2027)
    assert not calendar.is_working(date(2027, 1, 2))
    assert calendar.is_working(date(1999, 1, 1))


def test_rest_days_add_no_lateness(calendar):
    friday_close = moment(9, 11, "17:30")

    assert calendar.days_between(friday_close, moment(9, 13, "22:00")) == 0
    assert calendar.minutes_between(friday_close, moment(9, 14, "08:30")) == 0
    assert calendar.days_between(friday_close, moment(9, 14, "08:30")) == 1
    assert calendar.days_between(moment(9, 30), moment(10, 8)) == 1


def test_the_office_is_open_in_its_hours_only(calendar):
    assert calendar.is_open(moment(9, 20, "08:30"))
    assert not calendar.is_open(moment(9, 20, "12:00"))
    assert not calendar.is_open(moment(9, 19, "10:00"))
    assert calendar.next_working_moment(moment(9, 30, "18:00")) == moment(10, 8, "08:30")


def test_no_calculation_costs_a_query(calendar, django_assert_num_queries):
    with django_assert_num_queries(0):
        for day in range(1, 30):
            working_days().add_days(moment(9, day), 5)


def test_a_changed_calendar_is_seen_after_a_few_seconds(calendar, monkeypatch):
    with as_actor(SYSTEM):
        CalendarDay.objects.create(day=date(2026, 9, 15), is_working=False)
        CalendarStamp.objects.update(stamp="11111111-1111-1111-1111-111111111111")

    assert working_days().is_working(date(2026, 9, 15))
    monkeypatch.setattr("supervision.calendar.LOOK_AGAIN_SECONDS", 0.0)
    assert not working_days().is_working(date(2026, 9, 15))


# --- properties, against a calendar that is counted day by day ---

EXCEPTIONS = {
    date(2026, 9, 20): True,
    date(2026, 9, 25): False,
    date(2026, 10, 10): True,
    **{date(2026, 10, day): False for day in range(1, 8)},
    date(2026, 10, 11): False,  # a rest day entered although it rests anyway
}
PLAIN = WorkTime(EXCEPTIONS, DEFAULT_HOURS, ZONE)
moments = st.integers(0, 120 * 24 * 60).map(lambda n: moment(8, 1, "00:00") + timedelta(minutes=n))


def naive_next(day, n):
    while n:
        day += timedelta(days=1)
        n -= PLAIN.is_working(day)
    return day


@given(moments, st.integers(1, 40))
def test_counting_by_formula_is_counting_day_by_day(since, n):
    day = since.date()
    assert PLAIN.next_day(day, n) == naive_next(day, n)
    assert PLAIN.is_working(PLAIN.next_day(day, -n))
    assert PLAIN.days_between(since, PLAIN.close(PLAIN.next_day(day, n))) == n


@given(moments, moments, st.integers(0, 30))
def test_who_is_told_later_has_until_later(a, b, n):
    first, second = sorted((a, b))
    assert PLAIN.add_days(first, n) <= PLAIN.add_days(second, n)
    assert PLAIN.add_minutes(first, n * 37) <= PLAIN.add_minutes(second, n * 37)


@given(moments, st.integers(-4000, 4000))
def test_minutes_added_are_the_minutes_between(since, n):
    assert PLAIN.minutes_between(since, PLAIN.add_minutes(since, n)) == n


@given(moments, st.integers(1, 4000))
def test_a_due_moment_lies_in_office_hours_or_at_a_closing_time(since, n):
    due = PLAIN.add_minutes(since, n)
    assert PLAIN.is_working(due.date())
    assert any(opens < due.time() <= closes for opens, closes in DEFAULT_HOURS)


@given(moments, moments)
def test_time_between_is_the_same_both_ways(a, b):
    assert PLAIN.minutes_between(a, b) == -PLAIN.minutes_between(b, a)
    assert PLAIN.days_between(a, b) == -PLAIN.days_between(b, a)
