"""Calendar, limits, office hours and notices as a browser sees them, wide and narrow, light and dark."""

from audit.acting import SYSTEM, as_actor
from notifications import flows
from supervision.models import TimeLimit
from tests.browser.conftest import enter, visit

PAGES = {
    "limits": "/supervision/limits/",
    "limit": "/supervision/limits/{limit}/",
    "calendar": "/supervision/calendar/2026/",
    "calendar-unpublished": "/supervision/calendar/2027/",
    "day": "/supervision/calendar/day/2026-12-24/",
    "hours": "/supervision/hours/",
    "notices": "/notices/",
    "notices-all": "/notices/?tab=all",
}


def test_every_page_fits_and_is_accessible(page, cast):
    limit = TimeLimit.objects.first()
    with as_actor(SYSTEM):
        for n in (41, 42):
            flows.announce(
                recipients=[cast.office_head], sentence="%(number)s is due %(due)s. If there is a difficulty, say so now.",
                params={"due": "2026-10-15 17:30"}, number=f"督〔2026〕{n}号", url_name="home", url_args=[],
                dedupe_key=f"n{n}", kind="supervision",
            )  # fmt: skip
    enter(page, cast.office_head)
    visit(
        page,
        {f"supervision-{name}": address.format(limit=limit.pk) for name, address in PAGES.items()},
    )


def test_the_office_head_makes_a_day_off_without_script(window, cast):
    page = window(script=False)
    enter(page, cast.office_head)
    page.goto("/supervision/calendar/2026/")
    page.get_by_role("link", name="24").last.click()
    page.get_by_label("休息日").check()
    page.get_by_label("备注").fill("厂庆")
    page.get_by_role("button", name="保存").click()

    page.get_by_role("link", name="24 休息日 厂庆").wait_for()
