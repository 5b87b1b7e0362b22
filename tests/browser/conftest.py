"""A real Chromium beside a live server on the test database.

`page` is a browser window of one person's session; `enter(page, user)` logs in; `looks(page, name)` proves that what stands in the
window is accessible and fits, wide and narrow, light and dark, and `visit(page, {name: address})` opens pages and proves it of each.
With SHOTS=1 every look leaves a picture in var/shots. Skipped, with the reason, where no Chromium is installed.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
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
EVERY_RULE = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# A theme changes colours and nothing else (static/office/tokens.css): no other rule can answer differently in it.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# Only what is wrong comes back: to describe every place that is right takes longer than to look at it.
ASK_AXE = """
async ([theme, runOnly]) => {
  if (theme) document.documentElement.dataset.bsTheme = theme;
  const {violations} = await axe.run(document, {runOnly, resultTypes: ["violations"]});
  const told = violations.flatMap(({id, nodes}) =>
    nodes.map(node => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
  return [told, window.refusedByPolicy || []];
}
"""
# From the top: else the bar at the foot of a phone cuts through whatever stands there.
ASK_WIDTH = "scrollTo(0, 0), [document.documentElement.scrollWidth, window.innerWidth]"
SHOTS = settings.BASE_DIR / "var" / "shots"

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
TEN_YEARS = 10 * 365 * 24 * 3600

# Written before any script of the page runs: what the policy refuses is a failure of the test.
LISTEN = """
window.refusedByPolicy = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refusedByPolicy.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


def pytest_collection_modifyitems(items):
    # The longest first: at the end, one process would play it alone.
    items.sort(key=lambda item: "story" not in item.path.name)
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


@pytest.fixture(scope="session", autouse=True)
def _a_window_fetches_a_static_file_once():
    """Told nothing, Chromium asks again for every file on every page when the clock of a test stands elsewhere than its own."""
    serve = StaticFilesHandler.serve

    def serve_for_long(self, request):
        answer = serve(self, request)
        answer["Cache-Control"] = f"max-age={TEN_YEARS}, immutable"
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", serve_for_long)
        yield


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
            reduced_motion="reduce",  # a colour half way to the next is not judged
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


def visit(page, addresses, *, status=200):
    """Open each page and prove how it looks: `{name: address}`. Each begins in the size in which the last one ended."""
    for name, address in addresses.items():
        answer = page.goto(address, wait_until="domcontentloaded")
        assert answer.status == status, f"{address}: {answer.status}"
        looks(page, name, sizes=sorted((WIDE, PHONE), key=lambda size: size != page.viewport_size))
    page.set_viewport_size(PHONE)


def looks(page, name, *, sizes=(WIDE, PHONE)):
    """As it stands the page is accessible, in dark and light, and fits, wide and narrow."""
    for size in sizes:
        page.set_viewport_size(size)
        fits(page)
        for theme, rules in (("dark", COLOURS), ("light", EVERY_RULE)):
            axe(page, rules, theme)
            shot(page, f"{name}-{size['width']}-{theme}")


def axe(page, rules=EVERY_RULE, theme=""):
    """No violation of WCAG 2.0 to 2.2, A and AA, and nothing refused by the content security policy.

    A theme is put on as its menu does, without a word to the server.
    """
    bring_axe(page)
    told, refused = page.evaluate(ASK_AXE, [theme, rules])
    assert told == [], "\n".join(told)
    assert refused == [], refused


def bring_axe(page):
    """The first page is handed the script; to the later ones the window brings it by itself, which is quicker."""
    if not getattr(page, "brings_axe", False):
        page.add_init_script(path=AXE)
        page.evaluate(AXE.read_text("utf-8"))
        page.brings_axe = True


def fits(page):
    """No sideways scrolling."""
    wide, inner = page.evaluate(ASK_WIDTH)
    assert wide <= inner, f"{wide} px of content in {inner} px"


def shot(page, name):
    """A picture for people to look at: var/shots/<name>.png, when SHOTS=1 asks for it."""
    if os.environ.get("SHOTS"):
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png")
