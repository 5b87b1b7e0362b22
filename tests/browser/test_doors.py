"""Login, first page and error pages as a browser sees them."""

import pytest

from tests.browser.conftest import PHONE, WIDE, axe, enter, fits, shot
from tests.cast import PASSWORD

LOOKS = [(size, theme) for size in (WIDE, PHONE) for theme in ("light", "dark")]


def _look(size, theme):
    return f"{size['width']}-{theme}"


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


@pytest.mark.parametrize(
    ("size", "theme"), LOOKS, ids=lambda value: value if isinstance(value, str) else value["width"]
)
def test_doors_fit_and_are_accessible(window, officer, size, theme):
    page = window(size=size, theme=theme)
    page.goto("/login/")
    axe(page)
    fits(page)
    shot(page, f"login-{_look(size, theme)}")

    page.get_by_role("button", name="登录").click()
    page.locator(".x-errsum").wait_for()
    axe(page)
    shot(page, f"login-errors-{_look(size, theme)}")

    enter(page, officer)
    for address, name in (
        ("/", "home"),
        ("/nowhere/", "404"),
        ("/password/", "password"),
        ("/search/?q=x", "search"),
    ):
        page.goto(address)
        axe(page)
        fits(page)
        shot(page, f"{name}-{_look(size, theme)}")


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_a_locked_account_is_told_until_when(window, officer, size, theme):
    page = window(size=size, theme=theme)
    for _try in range(5):
        page.goto("/login/")
        page.get_by_label("账号").fill("officer")
        page.get_by_label("密码").fill("wrong")
        page.get_by_role("button", name="登录").click()
        page.wait_for_load_state()

    page.get_by_role("heading", name="账号已锁定").wait_for()
    axe(page)
    fits(page)
    shot(page, f"locked-{_look(size, theme)}")
