"""A real Chromium beside a live server on the test database.

`page` is a browser window of one person's session; `enter(page, user)` logs in, `axe(page)` asks for accessibility, `shot(page, name)`
takes a picture into var/shots. Skipped, with the reason, where no Chromium is installed.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHOTS = settings.BASE_DIR / "var" / "shots"

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

# Written before any script of the page runs: what the policy refuses is a failure of the test.
LISTEN = """
window.refusedByPolicy = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refusedByPolicy.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium is installed"))


@pytest.fixture(scope="session")
def chromium():
    # Playwright's loop runs in this thread, and Django would refuse the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium, live_server):
    """Open windows: `window()`, `window(size=PHONE, theme="dark", script=False, language="en")`."""
    opened = []

    def open_window(*, size=WIDE, theme="light", script=True, language=""):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport=size,
            java_script_enabled=script,
            color_scheme="light",
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        cookies = {"office_theme": theme, settings.LANGUAGE_COOKIE_NAME: language}
        context.add_cookies(
            [{"name": key, "value": value, "url": live_server.url} for key, value in cookies.items() if value]
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.add_init_script(LISTEN)
        page.trouble, page.home = [], live_server.url
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        opened.append((context, page))
        return page

    yield open_window
    trouble = [line for _context, page in opened for line in page.trouble]
    for context, _page in opened:
        context.close()
    assert trouble == [], trouble


@pytest.fixture
def page(window):
    return window()


def enter(page, user):
    """Log this person in without the form (tests/browser/test_login.py goes through the form)."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.home}])


def axe(page):
    """No violation of WCAG 2.0 to 2.2, A and AA, and nothing refused by the content security policy."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    told = [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    assert told == [], "\n".join(told)
    refused = page.evaluate("window.refusedByPolicy || []")
    assert refused == [], refused


def fits(page):
    """No sideways scrolling."""
    wide, inner = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= inner, f"{wide} px of content in {inner} px"


def shot(page, name):
    """A picture for people to look at: var/shots/<name>.png."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")
