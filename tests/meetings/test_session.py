"""M5 to M7: opening, results, closing."""

import pytest
from django.utils import translation

from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from meetings import flows
from meetings.models import Meeting
from tests.meetings import world


def arrive(cast, meeting, *people):
    for row in meeting.invitations.filter(person__in=people):
        flows.mark_arrival(invitation_id=row.pk, by=cast.secretary)


def test_only_the_chair_opens(cast):
    meeting = world.called(cast)
    with world.on("09-18 09:30"):
        arrive(cast, meeting, cast.repair_head, cast.supplies_liaison)
        for somebody in (cast.secretary, cast.officer, cast.repair_head):
            with pytest.raises(NotYours):
                flows.open_session(meeting_id=meeting.pk, by=somebody)

    assert Meeting.objects.get().state == "called"


def test_a_department_concerned_that_is_missing_is_named(cast):
    meeting = world.called(cast)
    with world.on("09-18 09:30"):
        arrive(cast, meeting, cast.repair_head)
        with pytest.raises(Invalid, match="物资部"):
            flows.open_session(meeting_id=meeting.pk, by=cast.office_head)
        flows.open_session(meeting_id=meeting.pk, by=cast.office_head, quorum_reason="物资部已书面表态")

    assert Meeting.objects.get().quorum_reason == "物资部已书面表态"


def test_less_than_half_of_the_members_is_no_quorum(cast):
    people = [
        cast.repair_head,
        cast.supplies_liaison,
        cast.planning_head,
        cast.staffing_head,
        cast.planning_liaison,
        cast.staffing_liaison,
    ]
    meeting = world.called(cast, attendees=people)
    with world.on("09-18 09:30"):
        arrive(cast, meeting, cast.repair_head, cast.supplies_liaison)
        with pytest.raises(Invalid) as refusal:
            flows.open_session(meeting_id=meeting.pk, by=cast.office_head)
        assert "quorum_reason" in refusal.value.fields
        arrive(cast, meeting, cast.planning_head)
        flows.open_session(meeting_id=meeting.pk, by=cast.office_head)

    assert Meeting.objects.get().state == "in_session"


def test_a_substitute_counts_for_the_member(cast):
    meeting = world.called(cast)
    with world.on("09-14 14:30"):
        flows.answer(
            meeting_id=meeting.pk, by=cast.repair_head, reply="substitute", substitute=cast.repair_liaison
        )
    with world.on("09-18 09:29"):
        arrive(cast, meeting, cast.repair_liaison, cast.supplies_liaison)
        assert flows.open_session(meeting_id=meeting.pk, by=cast.office_head).quorum_reason == ""


def test_whoever_comes_after_the_beginning_is_late_and_may_come_back(cast):
    meeting = world.in_session(cast)
    seat = meeting.invitations.get(person=cast.repair_head)
    with world.on("09-18 09:40"):
        flows.mark_departure(invitation_id=seat.pk, by=cast.secretary)
    with world.on("09-18 09:50"):
        back = flows.mark_arrival(invitation_id=seat.pk, by=cast.repair_head)

    assert (back.attendance, back.left_at, back.arrived_at) == ("present", None, world.at("09-18 09:25"))


def test_nobody_signs_in_for_somebody_else(cast):
    meeting = world.called(cast)
    seat = meeting.invitations.get(person=cast.repair_head)
    with world.on("09-18 09:20"), pytest.raises(NotYours):
        flows.mark_arrival(invitation_id=seat.pk, by=cast.supplies_liaison)

    seat.refresh_from_db()
    assert seat.arrived_at is None


def test_only_the_recorder_notes_results(cast):
    meeting = world.in_session(cast)
    item = meeting.items.first()
    with world.on("09-18 09:40"):
        for somebody in (cast.office_head, cast.officer, cast.repair_head):
            with pytest.raises(NotYours):
                flows.record_result(item_id=item.pk, by=somebody, result="deferred")

    assert not meeting.items.exclude(result="").exists()


def test_what_was_agreed_has_its_wording(cast):
    meeting = world.in_session(cast)
    with world.on("09-18 09:40"), pytest.raises(Invalid) as refusal:
        world.agree(cast, meeting.items.first(), resolution=" ")

    assert "resolution" in refusal.value.fields


@pytest.mark.parametrize("result", ["not_agreed", "to_dispute"])
def test_not_agreed_needs_where_two_departments_stand(cast, result):
    meeting = world.in_session(cast)
    one = [{"department": cast.repair, "position": "应由物资部统一采购"}]
    with world.on("09-18 09:40"), pytest.raises(Invalid) as refusal:
        world.disagree(cast, meeting.items.first(), result=result, differences=one)

    assert "differences" in refusal.value.fields
    assert not meeting.items.exclude(result="").exists()


def test_a_question_is_decided_not_noted(cast):
    meeting = world.in_session(cast)
    with world.on("09-18 09:40"), pytest.raises(Invalid):
        flows.record_result(item_id=meeting.items.first().pk, by=cast.secretary, result="noted")


def test_a_result_can_be_put_differently_for_five_minutes(cast):
    meeting = world.in_session(cast)
    item = meeting.items.first()
    with world.on("09-18 09:40"):
        world.agree(cast, item)
    with world.on("09-18 09:45"):
        world.disagree(cast, item)
    item.refresh_from_db()
    assert (item.result, item.actions.count(), item.differences.count()) == ("not_agreed", 0, 2)

    with world.minutes_later(world.at("09-18 09:45"), 5.1):
        with pytest.raises(NotReady):
            flows.undo_result(item_id=item.pk, by=cast.secretary)
        with pytest.raises(NotReady):
            world.agree(cast, item)
    item.refresh_from_db()
    assert item.result == "not_agreed"


def test_a_result_taken_back_leaves_nothing(cast):
    meeting = world.in_session(cast)
    item = meeting.items.first()
    with world.on("09-18 09:40"):
        world.agree(cast, item)
        flows.undo_result(item_id=item.pk, by=cast.secretary)

    item.refresh_from_db()
    assert (item.result, item.resolution, item.actions.count()) == ("", "", 0)


def test_closing_names_every_topic_without_a_result_at_once(cast):
    meeting = world.in_session(cast)
    with world.on("09-18 10:20"), pytest.raises(Invalid) as refusal:
        flows.close(meeting_id=meeting.pk, by=cast.office_head)

    assert all(item.text in str(refusal.value) for item in meeting.items.all())
    assert Meeting.objects.get().state == "in_session"


def test_only_the_chair_closes(cast):
    meeting = world.in_session(cast)
    with world.on("09-18 10:00"):
        for item in meeting.items.all():
            world.agree(cast, item)
        with pytest.raises(NotYours):
            flows.close(meeting_id=meeting.pk, by=cast.secretary)


def test_after_the_close_the_absent_are_told_from_those_on_leave(cast):
    meeting = world.called(
        cast, attendees=[cast.repair_head, cast.supplies_liaison, cast.planning_head, cast.staffing_head]
    )
    with world.on("09-14 14:30"):
        flows.answer(meeting_id=meeting.pk, by=cast.planning_head, reply="leave", reason="出差")
    with world.on("09-18 09:30"):
        arrive(cast, meeting, cast.repair_head, cast.supplies_liaison)
        flows.open_session(meeting_id=meeting.pk, by=cast.office_head)
        for item in meeting.items.all():
            world.agree(cast, item)
    with world.minutes_later(world.at("09-18 09:30"), 50):
        flows.close(meeting_id=meeting.pk, by=cast.office_head)

    states = dict(meeting.invitations.values_list("person__name", "attendance"))
    assert (states["蒋志远"], states["钱芳"], states["郑国栋"]) == ("excused", "absent", "present")
    assert meeting.invitations.get(person=cast.repair_head).arrived_at == world.at("09-18 09:30")


def test_the_story_keeps_a_result_in_no_language(cast):
    """Whoever reads it later reads it in the own language, not in that of the writer."""
    with translation.override("zh-hans"):
        meeting = world.in_session(cast)
        with world.on("09-18 10:00"):
            world.agree(cast, meeting.items.first())

    kept = TransitionLog.objects.filter(verb="record_result").get().params["result"]
    assert kept["word"].isascii()
