from datetime import UTC, datetime

from requests.models import Effect, OralOrder, SiteVisit
from tests.factories import line
from tests.factories.requests import saved_matter

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


@line(OralOrder, change=("text", "立即调拨支护钢材", "立即调拨支护钢材十吨"))
def oral_order(cast, n):
    return OralOrder(
        matter=saved_matter(cast, n), ordered_by=cast.repair_head, ordered_at=MONDAY, means="phone",
        recorded_by=cast.officer, recorded_at=MONDAY,
    )  # fmt: skip


@line(Effect, change=("text", "每月增加一人天", "每月增加两人天"))
def effect(cast, n):
    return Effect(
        matter=saved_matter(cast, n), department=cast.supplies, department_name="物资部", direction="loss", kind="work",
        stated_by=cast.supplies_liaison, stated_at=MONDAY, is_own=True,
    )  # fmt: skip


@line(SiteVisit, change=("place", "三号库房", "二号库房"))
def site_visit(cast, n):
    return SiteVisit(
        matter=saved_matter(cast, n), visited_on=MONDAY.date(), people="物资部 林佳", findings="同款在库12套。",
        result="先借3套。", recorded_by=cast.officer, recorded_at=MONDAY,
    )  # fmt: skip
