"""M1, M2, M12: planning, the agenda, another day."""

import pytest

from audit.refusals import Invalid, NotReady, NotYours
from meetings import flows
from meetings.models import AgendaItem, Meeting
from supervision.models import Obligation
from supervision.states import Kind
from tests.meetings import world


def test_the_chair_never_records(cast):
    with pytest.raises(Invalid) as refusal:
        world.planned(cast, recorder=cast.office_head)

    assert "recorder" in refusal.value.fields
    assert not Meeting.objects.exists()


def test_a_person_needed_elsewhere_is_named_and_needs_a_reason(cast):
    matter = world.ready_matter(cast)
    world.planned(cast, matter=matter)

    with pytest.raises(Invalid) as refusal:
        world.planned(cast, matter=matter, place="会议室2", starts_at=world.at("09-18 10:00"), items=[])
    assert "郑国栋" in str(refusal.value)

    world.planned(
        cast,
        matter=matter,
        place="会议室2",
        starts_at=world.at("09-18 10:00"),
        items=[],
        clash_reason="机组停机窗口只有此时",
    )
    assert Meeting.objects.count() == 2


def test_a_taken_room_is_a_clash(cast):
    matter = world.ready_matter(cast)
    world.planned(cast, matter=matter)

    with pytest.raises(Invalid, match="协调办301"):
        world.planned(
            cast,
            matter=matter,
            items=[],
            attendees=[cast.planning_head],
            chair=cast.chair,
            recorder=cast.officer,
        )


def test_a_department_plans_special_meetings_only(cast):
    matter = world.ready_matter(cast)
    with pytest.raises(NotYours):
        world.planned(cast, matter=matter, by=cast.repair_head, kind="regular")

    assert world.planned(cast, matter=matter, by=cast.repair_head).kind == "special"


@pytest.mark.parametrize("who", ["clerk", "auditor", "system_admin", "outsider"])
def test_others_plan_nothing(cast, who):
    matter = world.ready_matter(cast)
    with pytest.raises(NotYours):
        world.planned(cast, matter=matter, by=getattr(cast, who))

    assert not Meeting.objects.exists()


def test_whoever_planned_owes_the_notice_in_time_before_the_meeting(cast):
    meeting = world.planned(cast)

    duty = Obligation.objects.open().get(kind=Kind.MEETING_NOTICE)
    assert (duty.holder, duty.subject_id) == (cast.officer, meeting.pk)
    assert duty.due_at == world.at("09-15 17:30")


def test_nobody_puts_a_matter_on_an_agenda_that_they_do_not_see(cast):
    matter = world.ready_matter(cast)
    with pytest.raises(NotYours):
        world.planned(cast, matter=matter, by=cast.staffing_head)

    assert not AgendaItem.objects.exists()


def test_topics_move_up_when_one_is_taken_off(cast):
    meeting = world.planned(cast)
    first, second = meeting.items.all()
    with world.on("09-14 11:00"):
        flows.remove_item(item_id=first.pk, by=cast.officer)
        flows.add_item(
            meeting_id=meeting.pk, by=cast.officer, text="宣读议定事项和分工", kind="report", length=5
        )

    assert list(meeting.items.values_list("order", "text")) == [(1, second.text), (2, "宣读议定事项和分工")]


def test_a_new_order_names_every_topic(cast):
    meeting = world.planned(cast)
    first, second = meeting.items.all()
    with world.on("09-14 11:00"):
        with pytest.raises(Invalid):
            flows.order_items(meeting_id=meeting.pk, by=cast.officer, item_ids=[second.pk])
        flows.order_items(meeting_id=meeting.pk, by=cast.officer, item_ids=[second.pk, first.pk])

    assert list(meeting.items.all()) == [second, first]


def test_a_question_stands_on_an_agenda_once(cast):
    meeting = world.planned(cast)
    question = meeting.items.first().question
    with world.on("09-14 11:00"), pytest.raises(Invalid):
        flows.add_item(meeting_id=meeting.pk, by=cast.officer, text="再议", question=question)

    assert meeting.items.count() == 2


def test_only_the_chair_postpones_a_called_meeting_and_says_why(cast):
    meeting = world.called(cast)
    later = {"starts_at": world.at("09-22 09:30"), "ends_at": world.at("09-22 10:20")}
    with world.on("09-15 09:00"):
        with pytest.raises(NotYours):
            flows.postpone(meeting_id=meeting.pk, by=cast.officer, reason="主持人出差", **later)
        with pytest.raises(Invalid):
            flows.postpone(meeting_id=meeting.pk, by=cast.office_head, reason=" ", **later)
        flows.postpone(meeting_id=meeting.pk, by=cast.office_head, reason="主持人出差", **later)

    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.starts_at) == ("postponed", later["starts_at"])
    assert set(Obligation.objects.open().values_list("kind", flat=True)) >= {Kind.MEETING_NOTICE}
    assert not Obligation.objects.open().filter(kind=Kind.RECEIPT, subject_type="meeting").exists()


def test_a_postponed_meeting_is_called_again_under_its_number(cast):
    meeting = world.called(cast)
    with world.on("09-15 09:00"):
        flows.postpone(
            meeting_id=meeting.pk, by=cast.office_head, reason="主持人出差",
            starts_at=world.at("09-22 09:30"), ends_at=world.at("09-22 10:20"),
        )  # fmt: skip
        flows.call(meeting_id=meeting.pk, by=cast.officer)

    assert (Meeting.objects.get().state, Meeting.objects.get().number) == ("called", meeting.number)


def test_a_cancelled_meeting_leaves_nobody_owing(cast):
    meeting = world.called(cast)
    with world.on("09-15 09:00"):
        flows.cancel(meeting_id=meeting.pk, by=cast.office_head, reason="双方已自行协商一致")

    assert not Obligation.objects.open().of("meeting", meeting.pk).exists()
    with world.on("09-18 09:30"), pytest.raises(NotReady):
        flows.open_session(meeting_id=meeting.pk, by=cast.office_head)


def test_who_filed_a_matter_does_not_chair_the_meeting_that_treats_it(cast):
    with pytest.raises(Invalid) as refusal:
        world.planned(cast, chair=cast.clerk)
    assert list(refusal.value.fields) == ["chair"]
    assert not Meeting.objects.exists()

    meeting = world.planned(cast)
    with world.on("09-14 11:00"), pytest.raises(Invalid):
        flows.change_plan(meeting_id=meeting.pk, by=cast.officer, chair=cast.clerk)
    meeting.refresh_from_db()
    assert meeting.chair == cast.office_head


def test_a_matter_of_the_chair_is_not_put_on_the_agenda(cast):
    matter = world.ready_matter(cast)
    meeting = world.planned(cast, matter=matter, chair=cast.clerk, items=[])

    with world.on("09-14 11:00"), pytest.raises(Invalid):
        flows.add_item(
            meeting_id=meeting.pk, by=cast.officer, text="由谁采购？", question=matter.questions.first()
        )

    assert not meeting.items.exists()
