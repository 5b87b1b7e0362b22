from datetime import UTC, datetime

from requests.models import Measure, NoticeObjection, PublicNotice
from tests.factories import line
from tests.factories.requests import saved_matter

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


@line(PublicNotice, change=("text", "由物资部采购", "由检修部采购"))
def notice(cast, n):
    return PublicNotice(matter=saved_matter(cast, n), days=5, published_by=cast.officer, published_at=MONDAY)


def saved_notice(cast, n):
    row = notice(cast, n)
    row.text = "由物资部采购"
    row.save()
    return row


@line(NoticeObjection, change=("reason", "费用没有来源", "费用来源不明"))
def objection(cast, n):
    return NoticeObjection(
        notice=saved_notice(cast, n), department=cast.planning, department_name="计划发展部",
        given_by=cast.planning_liaison, given_at=MONDAY,
    )  # fmt: skip


@line(Measure, change=("definitive", "采购三套", "采购四套"))
def measure(cast, n):
    return Measure(matter=saved_matter(cast, n), recorded_by=cast.officer, recorded_at=MONDAY)
