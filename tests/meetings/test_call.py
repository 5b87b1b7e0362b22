"""M3, M4: the notice and the answers to it."""

import pytest

from audit.refusals import Invalid, NotReady, NotYours
from meetings import flows
from meetings.forms.plan import AnswerForm
from meetings.models import Meeting
from notifications.models import Notice
from supervision.models import Obligation
from supervision.states import Kind
from tests.meetings import world


@pytest.mark.parametrize(
    "gap",
    [{"place": ""}, {"items": []}, {"attendees": []}],
    ids=["no place or link", "no topic", "nobody invited"],
)
def test_a_notice_needs_place_agenda_and_people(cast, gap):
    meeting = world.planned(cast, **gap)
    with world.on("09-14 10:30"), pytest.raises(NotReady):
        flows.call(meeting_id=meeting.pk, by=cast.officer)

    assert Meeting.objects.get().number is None
    assert not Notice.objects.filter(recipient=cast.repair_head, url_name="meetings:detail").exists()


@pytest.mark.parametrize(
    ("urgency", "moment", "is_short"),
    [
        ("normal", "09-15 17:00", False), ("normal", "09-16 09:00", True), ("urgent", "09-17 17:00", False),
        ("urgent", "09-18 08:40", True), ("extra", "09-18 07:29", False), ("extra", "09-18 07:31", True),
    ],
)  # fmt: skip
def test_a_short_notice_needs_its_reason(cast, urgency, moment, is_short):
    meeting = world.planned(cast, urgency=urgency)
    with world.on(moment):
        if is_short:
            with pytest.raises(Invalid) as refusal:
                flows.call(meeting_id=meeting.pk, by=cast.officer)
            assert "notice_reason" in refusal.value.fields
        flows.call(meeting_id=meeting.pk, by=cast.officer, notice_reason="机组停机" if is_short else "")

    assert Meeting.objects.get().state == "called"


def test_the_topics_fit_into_the_time(cast):
    meeting = world.planned(cast)
    with world.on("09-14 10:30"):
        flows.add_item(meeting_id=meeting.pk, by=cast.officer, text="通报上月情况", kind="report", length=31)
        with pytest.raises(NotReady):
            flows.call(meeting_id=meeting.pk, by=cast.officer)

    assert Meeting.objects.get().state == "planned"


def test_everybody_invited_is_told_once_and_owes_an_answer(cast):
    meeting = world.called(cast)

    told = Notice.objects.filter(number=meeting.number).values_list("recipient__name", flat=True)
    assert sorted(told) == sorted(["宋雅琴", "何婷", "郑国栋", "林佳"])
    owed = Obligation.objects.open().filter(kind=Kind.RECEIPT, subject_type="meeting")
    assert {row.holder for row in owed} == {cast.repair_head, cast.supplies_liaison}
    assert {row.due_at for row in owed} == {world.at("09-15 17:30")}


def test_somebody_else_does_not_send_the_notice(cast):
    meeting = world.planned(cast)
    with world.on("09-14 10:30"), pytest.raises(NotYours):
        flows.call(meeting_id=meeting.pk, by=cast.repair_head)


def test_a_substitute_comes_from_the_same_department_and_gets_a_seat(cast):
    meeting = world.called(cast)
    with world.on("09-14 14:30"):
        with pytest.raises(Invalid):
            flows.answer(
                meeting_id=meeting.pk, by=cast.repair_head, reply="substitute", substitute=cast.planning_head
            )
        flows.answer(
            meeting_id=meeting.pk, by=cast.repair_head, reply="substitute", substitute=cast.repair_liaison
        )

    seat = meeting.invitations.get(person=cast.repair_liaison)
    assert (seat.capacity, seat.stands_for.person, seat.department) == (
        "substitute",
        cast.repair_head,
        cast.repair,
    )
    assert not Obligation.objects.open().filter(kind=Kind.RECEIPT, holder=cast.repair_head).exists()


def test_leave_needs_its_reason(cast):
    meeting = world.called(cast)
    with world.on("09-14 14:30"), pytest.raises(Invalid):
        flows.answer(meeting_id=meeting.pk, by=cast.repair_head, reply="leave")

    assert meeting.invitations.get(person=cast.repair_head).reply == "waiting"


def test_chair_and_recorder_have_to_come(cast):
    meeting = world.called(cast)
    with world.on("09-14 14:30"), pytest.raises(NotReady):
        flows.answer(meeting_id=meeting.pk, by=cast.secretary, reply="leave", reason="出差")


def test_whoever_is_not_invited_answers_nothing(cast):
    meeting = world.called(cast)
    with world.on("09-14 14:30"), pytest.raises(NotYours):
        flows.answer(meeting_id=meeting.pk, by=cast.planning_head, reply="yes")


def test_only_those_of_the_own_department_who_are_free_are_offered_as_substitutes(cast):
    meeting = world.called(cast)

    form = AnswerForm(meeting=meeting, reader=cast.repair_head)

    offered = {pk for _name, known in form.fields["substitute"].choices[1:] for pk, _person in known}
    assert cast.repair_liaison.pk in offered
    assert offered.isdisjoint({cast.repair_head.pk, cast.planning_head.pk})
