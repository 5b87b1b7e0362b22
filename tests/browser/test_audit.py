"""The event log as a browser sees it."""

import pytest

from audit.models import Event
from organization import flows
from tests.browser.conftest import PHONE, WIDE, axe, enter, fits, shot

LOOKS = [(size, theme) for size in (WIDE, PHONE) for theme in ("light", "dark")]


@pytest.mark.parametrize(
    ("size", "theme"), LOOKS, ids=lambda value: value if isinstance(value, str) else value["width"]
)
def test_the_log_fits_and_is_accessible(window, cast, size, theme):
    flows.change_person(
        user_id=cast.clerk.pk, name="周立群", title="工艺班班长", phone="2201", by=cast.system_admin
    )
    event = Event.objects.of_object("organization_user", cast.clerk.pk).last()
    page = window(size=size, theme=theme)
    enter(page, cast.auditor)
    for name, address in {
        "events": "/audit/events/",
        "events-none": "/audit/events/?person=zz",
        "events-wrong": "/audit/events/?since=neulich",
        "event": f"/audit/events/{event.pk}/",
        "readings": "/audit/readings/",
    }.items():
        page.goto(address)
        axe(page)
        fits(page)
        shot(page, f"audit-{name}-{size['width']}-{theme}")
