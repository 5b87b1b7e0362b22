"""The page kit in a browser: forms that help, menus and keys, autosave; and the same without script."""

import pytest

from tests.browser import specimen_urls
from tests.browser.conftest import PHONE, axe, enter, fits, looks, shot, visit

pytestmark = pytest.mark.urls("tests.browser.specimen_urls")


@pytest.fixture
def desk(page, officer):
    enter(page, officer)
    return page


def test_every_part_fits_and_is_accessible(desk):
    visit(desk, {"kit-register": "/register/", "kit-specimen": "/specimen/"})

    desk.get_by_role("button", name="提交").click()
    desk.locator(".x-errsum").wait_for()
    looks(desk, "kit-errors")

    # Open, it lies over what stands below: there nothing may be half a target.
    desk.goto("/register/")
    desk.locator("summary.x-me").click()
    looks(desk, "kit-menu")


def test_a_refused_form_leads_to_the_first_place_to_mend(desk):
    desk.goto("/specimen/")
    desk.get_by_label("标题").fill("劳保服")
    desk.get_by_role("button", name="提交").click()

    summary = desk.locator(".x-errsum")
    summary.wait_for()
    assert desk.title().startswith("有5处错误")
    assert summary.evaluate("box => box === document.activeElement")
    summary.get_by_role("link", name="希望参与部门").click()
    assert desk.get_by_label("物资部").evaluate("box => box === document.activeElement")
    assert desk.get_by_label("标题").input_value() == "劳保服"


def fill(page):
    page.get_by_label("标题").fill("关于解决劳保服的协作需求")
    page.get_by_label("协调目标").fill("检修开工前三人穿上同款劳保服")
    page.get_by_label("类别").select_option("内部事务")
    page.get_by_label("急件").check()
    page.get_by_label("物资部").check()
    page.get_by_label("已与本部门负责人沟通").check()
    page.get_by_label("对象人").first.fill("库房值班员")
    page.get_by_label("时间").first.fill("2026-09-11 15:30")


def test_rows_are_added_and_taken_away(desk):
    desk.goto("/specimen/")
    fill(desk)
    desk.get_by_role("button", name="再记一次沟通").click()
    desk.get_by_role("button", name="再记一次沟通").click()
    assert desk.locator("[data-row]:visible [data-row-number]").all_inner_texts() == ["1", "2", "3"]
    desk.locator("[data-row]").nth(1).get_by_role("button", name="删除").click()
    assert desk.locator("[data-row]:visible [data-row-number]").all_inner_texts() == ["1", "2"]
    desk.get_by_label("对象人").nth(2).fill("林佳")
    desk.get_by_label("时间").nth(2).fill("2026-09-12 09:00")
    desk.keyboard.press("Control+Enter")

    toast = desk.locator(".x-toast")
    toast.wait_for()
    assert "记了3次沟通" in toast.inner_text()
    toast.get_by_role("button", name="关闭提示").click()
    assert toast.count() == 0


def test_what_is_typed_is_counted_and_saved_by_itself(desk):
    specimen_urls.saved.clear()
    desk.goto("/specimen/")
    desk.get_by_label("协调目标").fill("三人穿上劳保服")

    assert desk.locator("#id_goal-c").inner_text().split() == ["7", "/", "500字"]
    desk.get_by_text("草稿已自动保存（14:12）").wait_for()
    assert specimen_urls.saved[-1]["goal"] == "三人穿上劳保服"


def test_unsaved_text_is_not_lost_without_a_question(desk):
    desk.goto("/specimen/")
    desk.route("**/draft/", lambda route: route.abort())
    desk.get_by_label("标题").fill("劳保服")
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    desk.on("dialog", stay)

    desk.evaluate("location.href = '/'")
    desk.wait_for_timeout(200)

    assert asked == ["beforeunload"]
    assert desk.get_by_label("标题").input_value() == "劳保服"


def test_keys_move_through_the_page(desk):
    desk.goto("/register/")
    focused = "document.activeElement.innerText || document.activeElement.id"

    desk.keyboard.press("j")
    desk.keyboard.press("j")
    assert desk.evaluate(focused) == "劳保服配置2"
    desk.keyboard.press("k")
    assert desk.evaluate(focused) == "劳保服配置1"
    desk.keyboard.press("/")
    assert desk.evaluate(focused) == "q"
    desk.keyboard.type("jk?/")
    assert desk.get_by_role("searchbox").input_value() == "jk?/"
    desk.keyboard.press("Escape")
    desk.keyboard.press("?")
    desk.get_by_role("dialog", name="键盘快捷键").wait_for()
    axe(desk)


def test_menus_close_by_escape_and_by_a_click_elsewhere(desk):
    desk.goto("/register/")
    menu = desk.locator("details.x-menu:has(> summary.x-me)")

    desk.locator("summary.x-me").click()
    assert menu.evaluate("menu => menu.open")
    desk.keyboard.press("Escape")
    assert not menu.evaluate("menu => menu.open")
    desk.locator("summary.x-me").click()
    desk.locator("h1").click()
    assert not menu.evaluate("menu => menu.open")


def test_the_theme_changes_without_losing_what_is_typed(desk):
    desk.goto("/specimen/")
    desk.get_by_label("标题").fill("劳保服")

    desk.locator(".x-thm summary").click()
    desk.locator(".x-thm").get_by_role("button", name="深色").click()

    assert desk.locator("html").get_attribute("data-bs-theme") == "dark"
    assert desk.get_by_label("标题").input_value() == "劳保服"
    desk.locator("form[data-autosave-url]").evaluate("form => { delete form.dataset.changed }")
    desk.goto("/register/")
    assert desk.locator("html").get_attribute("data-bs-theme") == "dark"


def test_without_script_the_form_the_menus_and_the_theme_still_work(window, officer):
    page = window(script=False)
    enter(page, officer)
    page.goto("/specimen/")
    assert page.get_by_role("button", name="再记一次沟通").count() == 0
    fill(page)
    page.get_by_role("button", name="提交").click()
    assert "记了1次沟通" in page.locator(".x-toast").inner_text()

    page.locator(".x-thm summary").click()
    page.locator(".x-thm").get_by_role("button", name="深色").click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"

    page.locator("summary.x-me").click()
    page.get_by_role("button", name="退出").click()
    page.get_by_label("密码").wait_for()


def test_the_navigation_of_a_phone_holds_language_and_theme(window, officer):
    page = window(size=PHONE)
    enter(page, officer)
    page.goto("/register/")

    page.get_by_label("打开导航").click()
    axe(page)
    fits(page)
    shot(page, "kit-burger-390-light")
    page.locator(".x-burger").get_by_role("button", name="English").click()

    page.get_by_role("link", name="Skip to the content").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
