"""Login, first page and error pages as a browser sees them."""

from tests.browser.conftest import enter, looks, visit
from tests.cast import PASSWORD


def test_a_person_logs_in_and_out(page, officer):
    page.goto("/")
    page.get_by_label("账号").fill("officer")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("heading", name="等我处理", exact=True).wait_for()

    page.locator("summary.x-me").click()
    page.get_by_role("button", name="退出").click()

    page.get_by_label("密码").wait_for()


def test_login_works_without_script(window, officer):
    page = window(script=False)
    page.goto("/")
    page.get_by_label("账号").fill("officer")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()

    page.get_by_role("heading", name="等我处理", exact=True).wait_for()


def test_doors_fit_and_are_accessible(page, officer):
    visit(page, {"login": "/login/"})
    page.get_by_role("button", name="登录").click()
    page.locator(".x-errsum").wait_for()
    looks(page, "login-errors")

    enter(page, officer)
    visit(page, {"home": "/", "password": "/password/", "search": "/search/?q=x"})
    visit(page, {"404": "/nowhere/"}, status=404)


def test_a_locked_account_is_told_until_when(page, officer):
    for _try in range(5):
        page.goto("/login/")
        page.get_by_label("账号").fill("officer")
        page.get_by_label("密码").fill("wrong")
        page.get_by_role("button", name="登录").click()
        page.wait_for_load_state()

    page.get_by_role("heading", name="账号已锁定").wait_for()
    looks(page, "locked")
