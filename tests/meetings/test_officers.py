"""A meeting to come whose chair or recorder has left gets another one (R019)."""

import pytest
from django.test import Client

from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from coordination.flows import tick
from meetings import flows
from meetings.models import Meeting
from organization import flows as staff
from tests.meetings import world
from tests.requests.world import told

LEFT = "has left and cannot chair or record"


def leave(cast, person):
    with world.on("09-15 09:00"):
        staff.deactivate_person(user_id=person.pk, by=cast.system_admin)
    tick(now=world.at("09-15 09:05"))


def name(cast, meeting, *, by=None, **changes):
    given = {"chair": cast.chair, "recorder": cast.secretary, "reason": "原主持人调离。", **changes}
    with world.on("09-15 10:00"):
        return flows.name_officers(meeting_id=meeting.pk, by=by or cast.officer, **given)


@pytest.mark.parametrize("who", ["office_head", "secretary"])
@pytest.mark.parametrize("make", [world.planned, world.called])
def test_the_office_hears_within_a_minute_that_chair_or_recorder_has_left(cast, who, make):
    meeting = make(cast)

    leave(cast, getattr(cast, who))
    tick(now=world.at("09-15 09:06"))

    notices = cast.officer.notices.filter(sentence__contains=LEFT)
    assert [(row.url_name, row.url_args) for row in notices] == [("meetings:officers", [meeting.pk])]


def test_who_only_changes_posts_still_chairs(cast):
    world.called(cast)
    with world.on("09-15 09:00"):
        staff.appoint(
            user_id=cast.office_head.pk, department_id=cast.planning.pk, kind="staff", by=cast.system_admin
        )
        staff.end_post(post_id=cast.office_head.posts.get(kind="office_head").pk, by=cast.system_admin)

    tick(now=world.at("09-15 09:05"))

    assert not told(cast.officer, LEFT)


def test_a_meeting_that_was_held_needs_no_other_chair(cast):
    world.closed(cast)
    with world.on("09-21 09:00"):
        staff.deactivate_person(user_id=cast.office_head.pk, by=cast.system_admin)

    tick(now=world.at("09-21 09:05"))

    assert not told(cast.officer, LEFT)


def test_another_chair_takes_the_seat_and_opens_the_meeting(cast):
    meeting = world.called(cast)
    leave(cast, cast.office_head)

    meeting = name(cast, meeting)

    assert meeting.chair == cast.chair
    assert set(meeting.invitations.filter(reply="yes").values_list("person", flat=True)) >= {cast.chair.pk}
    assert not meeting.invitations.filter(person=cast.office_head).exists()
    assert told(cast.repair_head, "is chaired by")
    with at_moment(world.at("09-18 09:30")):
        for row in meeting.invitations.filter(capacity="attend"):
            flows.mark_arrival(invitation_id=row.pk, by=cast.secretary)
        assert flows.open_session(meeting_id=meeting.pk, by=cast.chair).state == "in_session"


def test_somebody_invited_already_records_from_the_own_seat(cast):
    meeting = name(cast, world.called(cast), chair=cast.office_head, recorder=cast.supplies_liaison)

    seat = meeting.invitations.get(person=cast.supplies_liaison)
    assert (meeting.recorder, seat.capacity, seat.reply) == (cast.supplies_liaison, "recorder", "yes")


@pytest.mark.parametrize("who", ["repair_head", "clerk", "auditor"])
def test_only_office_secretary_and_chair_name_another(cast, who):
    meeting = world.called(cast)

    with pytest.raises(NotYours):
        name(cast, meeting, by=getattr(cast, who))

    assert Meeting.objects.get(pk=meeting.pk).chair == cast.office_head


def test_chair_and_recorder_stay_two_persons_and_the_applicant_does_not_chair(cast):
    """§5, separation of duties."""
    meeting = world.called(cast)

    for changes in (
        {"recorder": cast.chair},
        {"chair": cast.clerk},
        {"chair": cast.office_head, "recorder": cast.secretary},
        {"reason": " "},
    ):
        with pytest.raises(Invalid):
            name(cast, meeting, **changes)

    meeting.refresh_from_db()
    assert (meeting.chair, meeting.recorder) == (cast.office_head, cast.secretary)


def test_after_the_opening_nobody_else_is_named(cast):
    meeting = world.in_session(cast)

    with pytest.raises(NotReady):
        name(cast, meeting)

    assert Meeting.objects.get(pk=meeting.pk).chair == cast.office_head


def test_the_page_of_the_meeting_says_who_has_left_and_leads_to_the_form(cast):
    meeting = world.called(cast)
    leave(cast, cast.office_head)
    client = Client()
    client.force_login(cast.officer)

    with world.on("09-15 09:30"):
        page = client.get(f"/meetings/{meeting.pk}/").content.decode()
        shown = client.get(f"/meetings/{meeting.pk}/officers/")
        sent = client.post(
            f"/meetings/{meeting.pk}/officers/",
            {"chair": cast.chair.pk, "recorder": cast.secretary.pk, "reason": "原主持人调离。"},
        )

    assert cast.office_head.name in page
    assert f'href="/meetings/{meeting.pk}/officers/"' in page
    assert (shown.status_code, sent.status_code) == (200, 302)
    assert Meeting.objects.get(pk=meeting.pk).chair == cast.chair
