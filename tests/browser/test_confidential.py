"""A confidential matter as a browser sees it: name and time over the page, and nothing of it hard to read."""

import pytest

from requests import flows
from tests.browser.conftest import enter, looks, visit
from tests.requests import pages_world as world

WHY = "核对供应商报价。"


@pytest.fixture
def matter(monday, cast):
    monday.shift(1)
    matter = world.executing(cast)
    flows.raise_level(matter_id=matter.pk, by=cast.officer, level="confidential", reason="含供应商报价。")
    for person in (cast.supplies_liaison, cast.planning_liaison):
        flows.name_reader(matter_id=matter.pk, by=cast.officer, person=person, reason=WHY)
    flows.end_reading(matter_id=matter.pk, by=cast.officer, person=cast.planning_liaison, reason="已核对。")
    flows.lower_level(matter_id=matter.pk, by=cast.clerk, level="internal", reason="报价已公开。")
    return matter


def test_pages_of_a_confidential_matter_fit_and_are_accessible(page, cast, matter):
    enter(page, cast.office_head)
    here = f"/requests/{matter.pk}/"
    visit(
        page,
        {
            "closed": here,
            "closed-readers": f"{here}?tab=readers",
            "closed-name": f"{here}name-reader/",
            "closed-end": f"{here}end-reading/",
            "closed-answer": f"{here}answer-lowering/",
        },
    )


def test_the_name_stands_over_the_page_and_lets_every_click_through(page, cast, matter):
    enter(page, cast.office_head)
    page.goto(f"/requests/{matter.pk}/")

    mark = page.locator("img.x-watermark")
    assert mark.evaluate("image => image.complete && image.clientWidth >= innerWidth - 20")
    assert page.locator(".x-closed").inner_text().count(cast.office_head.name) == 1
    page.get_by_role("link", name="知悉范围").click()
    assert page.get_by_role("heading", name="知悉人", exact=True).is_visible()
    looks(page, "closed-by-hand")
