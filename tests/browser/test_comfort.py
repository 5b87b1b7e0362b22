"""Several rows at once by keyboard, the empty parts of a matter, changes where a thing stands: in a browser."""

from requests.models import Extension
from tests.browser.conftest import enter, looks, visit
from tests.requests import world

AT_DESK = ({"width": 1440, "height": 900},)


def test_rows_are_ticked_by_keyboard_looked_at_and_dealt_with(page, cast, monday):
    first, second = world.started(cast), world.submitted(cast, text="在三个班组张贴统一着装要求")
    enter(page, cast.supplies_clerk)
    visit(page, {"bulk-list": "/items/"})
    for key in "jxjx":
        page.keyboard.press(key)
    assert page.locator("[data-picked]").inner_text() == "2"
    page.get_by_role("button", name="申请延期").click()
    page.get_by_label("推迟几个工作日").fill("3")
    page.get_by_label("理由", exact=True).fill("机组停机推迟。")
    page.get_by_label("目前进展").fill("已下单，等待到货。")
    looks(page, "bulk-form", sizes=AT_DESK)
    page.get_by_role("button", name="预览").click()
    looks(page, "bulk-preview")
    page.get_by_role("button", name="申请延期", exact=True).click()
    looks(page, "bulk-result")
    assert list(Extension.objects.values_list("item", flat=True)) == [first.pk]
    assert second.extensions.count() == 0


def test_empty_parts_and_changes_in_place_fit(page, cast, monday):
    item = world.started(cast)
    enter(page, cast.office_head)
    visit(page, {"parts-list": "/requests/"})
    page.goto(f"/requests/{item.matter_id}/")
    page.locator(".x-parts summary").click()
    looks(page, "parts-open")
    page.locator(".x-meta .x-here summary").click()
    looks(page, "keeper-here")
    page.goto("/items/")
    page.locator("td .x-here summary").click()
    looks(page, "reassign-here")
    page.keyboard.press("?")
    looks(page, "parts-keys", sizes=AT_DESK)
