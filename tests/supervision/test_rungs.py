"""At which moment each rung falls due, by urgency (domain §6.2). Pure: no database, no clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from supervision.ladder import moments
from supervision.worktime import DEFAULT_HOURS, WorkTime

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkTime(
    {date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 10, 10): True}, DEFAULT_HOURS, ZONE
)


def at(text):
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def rungs(due, *, after="09-01 09:00", urgency="normal", kind="execute", on_lapse="nothing", ladder=True):
    found = moments(
        kind=kind, on_lapse=on_lapse, ladder=ladder, urgency=urgency, due_at=at(due) if due else None, after=at(after),
        calendar=CALENDAR,
    )  # fmt: skip
    return [(rung.step, f"{rung.at:%m-%d %H:%M}") for rung in found]


@pytest.mark.parametrize(
    ("urgency", "due", "expected"),
    [
        ("normal", "10-15 17:30", ["10-12 09:00", "10-14 09:00", "10-16 09:00"]),
        ("normal", "10-09 17:30", ["09-29 09:00", "10-08 09:00", "10-10 09:00"]),  # holiday, worked Saturday
        ("urgent", "10-15 17:30", ["10-14 09:00", "10-15 11:30", "10-16 14:30"]),
        ("extra", "10-15 17:30", ["10-15 15:30", "10-15 16:30", "10-16 09:30"]),
        ("extra", "10-15 14:30", ["10-15 10:30", "10-15 11:30", "10-15 15:30"]),  # across the noon break
        ("extra", "10-08 09:00", ["09-30 16:00", "09-30 17:00", "10-08 10:00"]),  # across the holiday
    ],
)
def test_the_ladder_of_an_action_item(urgency, due, expected):
    assert rungs(due, urgency=urgency) == list(zip(["L1", "L2", "L3"], expected, strict=True))


@pytest.mark.parametrize(
    ("after", "steps"),
    [("10-09 10:00", ["L1", "L2", "L3"]), ("10-13 10:00", ["L2", "L3"]), ("10-14 10:00", ["L3"])],
)
def test_what_has_just_been_given_gets_no_friendly_reminder_of_the_past(after, steps):
    assert [step for step, _ in rungs("10-15 17:30", after=after)] == steps


def test_what_is_late_already_is_chased_all_the_same():
    assert rungs("10-15 17:30", after="10-20 10:00") == [("L3", "10-16 09:00")]


@pytest.mark.parametrize(
    ("due", "told"),
    [
        ("10-15 17:30", "10-16 09:00"),  # the close of office: the next morning
        ("10-10 17:30", "10-12 09:00"),
        ("10-15 10:30", "10-15 10:30"),  # in office hours: at once
        ("10-15 12:00", "10-15 14:00"),  # at noon: when the office opens again
    ],
)
def test_a_limit_without_a_ladder_has_one_rung(due, told):
    assert rungs(due, ladder=False, kind="accept") == [("lapse", told)]
    assert rungs(due, ladder=False, kind="receipt", on_lapse="deemed") == [("L0", told)]


def test_what_has_no_date_has_no_rung():
    assert rungs("") == []
