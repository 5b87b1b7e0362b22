"""Who reads which meeting and which topic (domain §5)."""

import pytest

from audit.acting import SYSTEM, as_actor
from meetings.models import Meeting, Minutes
from meetings.reading import sight
from tests.meetings import world


def seen(user):
    return Meeting.objects.visible_to(user).exists()


def test_people_of_the_table_the_office_and_the_readers_see_a_planned_meeting(cast):
    world.planned(cast)

    for name in (
        "repair_head",
        "supplies_liaison",
        "office_head",
        "secretary",
        "officer",
        "auditor",
        "arbiter",
        "chair",
    ):
        assert seen(getattr(cast, name)), name
    for name in ("clerk", "planning_head", "repair_liaison", "outsider", "system_admin"):
        assert not seen(getattr(cast, name)), name


def test_departments_of_the_topics_see_it_once_the_notice_is_out(cast):
    world.called(cast)

    assert seen(cast.repair_liaison)
    assert not seen(cast.planning_head)


def test_a_guest_from_outside_sees_the_meeting_but_not_the_matter(cast):
    meeting = world.called(cast, guests=[cast.outsider])

    view = sight(
        cast.outsider, Meeting.objects.visible_to(cast.outsider).prefetch_related("items", "invitations")
    )
    matter_id = meeting.items.first().matter_id
    assert view.may_read(matter_id)
    assert not view.may_open(matter_id)


@pytest.mark.parametrize("level", ["restricted", "confidential"])
def test_the_topic_of_a_closed_matter_shows_its_number_only(cast, client, level):
    matter = world.ready_matter(cast)
    meeting = world.called(
        cast, matter=matter, attendees=[cast.repair_head, cast.supplies_liaison, cast.planning_head]
    )
    text = meeting.items.first().text
    with as_actor(SYSTEM):
        type(matter).objects.filter(pk=matter.pk).update(confidentiality=level)

    client.force_login(cast.planning_head)
    with world.on("09-15 09:00"):
        page = client.get(f"/meetings/{meeting.pk}/").content.decode()
    assert text not in page
    assert matter.title not in page


def test_the_draft_is_for_recorder_chair_and_office_until_it_is_sent(cast):
    minutes = world.closed(cast)
    assert not Minutes.objects.visible_to(cast.repair_head).exists()
    assert Minutes.objects.visible_to(cast.secretary).exists()
    assert Minutes.objects.visible_to(cast.office_head).exists()

    with world.on("09-18 14:30"):
        world.flows.send_for_confirmation(minutes_id=minutes.pk, by=cast.secretary)
    assert Minutes.objects.visible_to(cast.repair_head).exists()
    assert not Minutes.objects.visible_to(cast.repair_liaison).exists()


def test_what_may_not_be_seen_is_not_found(cast, client):
    meeting = world.planned(cast)
    client.force_login(cast.clerk)

    for url in ("", "live/", "minutes/", "calendar.ics", "call/"):
        assert client.get(f"/meetings/{meeting.pk}/{url}").status_code == 404, url
