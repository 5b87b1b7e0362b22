"""The event log as a browser sees it, wide and narrow, light and dark."""

from audit.models import Event
from organization import flows
from tests.browser.conftest import enter, visit


def test_the_log_fits_and_is_accessible(page, cast):
    flows.change_person(
        user_id=cast.clerk.pk, name="周立群", title="工艺班班长", phone="2201", by=cast.system_admin
    )
    event = Event.objects.of_object("organization_user", cast.clerk.pk).last()
    enter(page, cast.auditor)
    visit(
        page,
        {
            "audit-events": "/audit/events/",
            "audit-events-none": "/audit/events/?person=zz",
            "audit-event": f"/audit/events/{event.pk}/",
            "audit-readings": "/audit/readings/",
        },
    )
    visit(page, {"audit-events-wrong": "/audit/events/?since=neulich"}, status=422)
