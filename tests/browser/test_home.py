"""等我处理 as a browser shows it, full and empty."""

import pytest
import time_machine

from audit.acting import SYSTEM, as_actor, at_moment
from requests import flows
from supervision.flows import owe, suspend
from tests.browser.conftest import enter, looks
from tests.coordination.test_home import FRIDAY, at
from tests.requests.test_main_line import FORM

# kind, number, due, urgency, asked by, since, held by (the officer unless said)
DUTIES = [
    ("decide", "协〔2026〕38号", "09-17 17:30", "urgent", "arbiter", "09-16 16:00", "officer"),
    ("minutes_confirm", "纪〔2026〕17号", "09-18 17:30", "normal", "secretary", "09-17 10:05", "officer"),
    (
        "extension_reply",
        "督〔2026〕93号",
        "09-20 17:30",
        "normal",
        "planning_liaison",
        "09-18 14:30",
        "officer",
    ),
    ("verify", "督〔2026〕91号", "09-21 17:30", "normal", "supplies_liaison", "09-18 09:12", "officer"),
    ("minutes_draft", "会〔2026〕18号", "09-22 17:30", "extra", "office_head", "09-16 09:00", "officer"),
    ("restart", "协〔2026〕29号", "09-24 17:30", "normal", "repair_head", "09-10 09:00", "officer"),
    ("opinion", "协〔2026〕36号", "09-17 17:30", "normal", "officer", "09-10 09:00", "staffing_liaison"),
    ("execute", "督〔2026〕88号", "09-18 17:30", "normal", "officer", "09-10 09:00", "planning_liaison"),
    ("receipt", "督〔2026〕95号", "09-21 17:30", "normal", "officer", "09-18 09:00", "supplies_liaison"),
]


@pytest.fixture
def friday():
    """Friday 18 September 2026, twenty past four; the clock runs, or the browser would wait for ever."""
    with time_machine.travel(FRIDAY, tick=True):
        yield


@pytest.fixture
def full_desk(cast):
    with at_moment(at("09-17 16:40")):
        flows.file_at_once(
            by=cast.clerk,
            departments=[cast.supplies],
            fields={**FORM, "title": "检修区域临时用电分工", "urgency": "urgent"},
        )
    for number, (kind, name, due, urgency, asker, since, holder) in enumerate(DUTIES, start=1000):
        with at_moment(at(since)), as_actor(SYSTEM):
            owe(
                kind=kind, subject_type="thing", subject_id=number, number=name, url_name="search", url_args=[],
                holder=getattr(cast, holder), asked_by=getattr(cast, asker), due_at=at(due), urgency=urgency,
            )  # fmt: skip
            if kind == "restart":
                suspend(subject_type="thing", subject_id=number, reason="等鉴定")
    return cast


def test_a_full_desk_fits_and_is_accessible(page, friday, full_desk):
    enter(page, full_desk.officer)

    page.goto("/")

    assert page.locator(".x-ob").count() == 7
    looks(page, "home-full")


def test_an_empty_desk_says_so(page, friday, cast):
    enter(page, cast.officer)

    page.goto("/")

    page.get_by_role("heading", name="没有等您处理的事").wait_for()
    looks(page, "home-empty")
