"""R039: the simple track is one acceptance and letters, without a meeting; any objection brings the full track back."""

import pytest
import time_machine

from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import ActionItem, CoordinationRequest, Letter
from requests.simple_rules import bar_of
from requests.states import Category, DecisionWay, Handling, Stage
from supervision.states import Kind
from tests.requests import simple_world as track
from tests.requests import world

MORNING = world.moment(8, 9)


def test_the_acceptance_writes_the_preparation_and_lays_the_sheet_before_the_head(cast):
    matter = track.simple(cast)

    sheet = track.sheet(matter)
    assert (matter.stage, matter.handling) == (Stage.PREPARATION, Handling.SIMPLE)
    assert all((matter.facts, matter.scope, matter.expected_goal))
    assert [row.text for row in matter.questions.all()] == [track.SIMPLE["question"]]
    assert (sheet.state, sheet.department, sheet.signer) == ("signing", cast.office, cast.office_head)
    assert {row.department for row in sheet.addressees.all()} == {cast.supplies, cast.staffing}


def test_a_head_of_the_office_who_accepts_sends_the_sheet_in_the_same_act(cast):
    matter = track.accept(cast, world.filed(cast), by=cast.office_head)

    assert track.sheet(matter).state == "sent"
    assert not matter.participants.filter(notified_at=None).exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [({"handling_reason": " "}, "handling_reason"), ({"facts": ""}, "facts"), ({"question": ""}, "question")],
)
def test_the_simple_track_needs_its_reason_the_facts_and_the_question(cast, change, field):
    matter = world.filed(cast)

    with pytest.raises(Invalid) as refused:
        track.accept(cast, matter, **change)

    assert set(refused.value.fields) == {field}
    assert not Letter.objects.exists()
    assert CoordinationRequest.objects.get(pk=matter.pk).stage == Stage.PROPOSAL


def test_many_departments_take_the_full_track(cast):
    with pytest.raises(Invalid) as refused:
        track.accept(cast, world.filed(cast), co_departments=[cast.staffing, cast.planning, cast.repair])

    assert "请选一般办理" in str(refused.value.fields["handling"][0])


def test_a_department_that_refused_when_it_was_asked_bars_the_simple_track(cast):
    matter = world.filed(cast)
    with at_moment(world.moment(7, 10)):
        flows.record_attempt(
            matter_id=matter.pk, by=cast.clerk, department=cast.staffing, person_name="许静", held_at=world.moment(7, 9, 30),
            means="phone", our_goal="落实归口", answer="refused", reason="不属本部门。",
        )  # fmt: skip

    with pytest.raises(Invalid) as refused:
        track.accept(cast, matter)

    assert "人力资源部" in str(refused.value.fields["handling"][0])


def test_a_major_matter_takes_the_full_track(cast):
    matter = world.drafted(cast, category=Category.PROJECT)

    assert "重大事项" in bar_of(matter, [cast.supplies])


def test_the_last_consent_opens_the_decision_without_a_further_act(cast):
    matter = track.answer(cast, track.asked(cast), cast.supplies)
    assert matter.stage == Stage.PREPARATION

    matter = track.answer(cast, matter, cast.staffing)

    assert matter.stage == Stage.DECISION
    assert world.owed(matter, Kind.PREPARE) is None
    assert world.owed(matter, Kind.DECIDE).holder_department == cast.office
    assert world.told(cast.office_head, "agree in their answers")


def test_any_objection_brings_the_full_track_back_and_everybody_is_told_why(cast):
    matter = track.answer(cast, track.asked(cast), cast.staffing, "conditions", "先明确归口部门。")

    assert (matter.stage, matter.handling) == (Stage.PREPARATION, Handling.FULL)
    assert matter.handling_left_why == "先明确归口部门。"
    assert world.owed(matter, Kind.PREPARE).holder == cast.officer
    for person in (cast.officer, cast.clerk, cast.supplies_liaison):
        assert world.told(person, "full track", "objects")
    with pytest.raises(NotReady):
        track.settle(cast, matter)


def test_who_objects_after_all_agreed_brings_it_to_the_meeting(cast):
    matter = track.answer(cast, track.agreed(cast), cast.staffing, "disagree", "费用没有来源。")

    assert (matter.stage, matter.handling) == (Stage.DECISION, Handling.FULL)
    with pytest.raises(NotReady):
        track.settle(cast, matter)
    assert not ActionItem.objects.exists()


def test_the_head_decides_and_hands_out_in_one_act(cast):
    matter = track.settle(cast, track.agreed(cast))

    item = ActionItem.objects.get(matter=matter)
    assert (matter.stage, matter.decision_way) == (Stage.EXECUTION, DecisionWay.LETTERS)
    assert matter.decision_document == track.sheet(matter).number
    assert (item.state, item.assignee) == ("issued", cast.supplies_clerk)
    assert matter.questions.get().resolution == matter.resolution


def test_the_steps_are_counted_on_either_track(cast):
    simple = track.settle(cast, track.agreed(cast))

    assert simple.steps_taken == 5


def test_the_full_track_takes_more_steps(cast):
    assert world.executing(cast).steps_taken == 7


def test_only_the_head_of_the_office_settles_it(cast):
    matter = track.agreed(cast)

    with pytest.raises(NotYours):
        track.settle(cast, matter, by=cast.officer)

    assert CoordinationRequest.objects.get(pk=matter.pk).stage == Stage.DECISION


def test_the_office_takes_the_full_track_with_its_reason(cast):
    matter = track.simple(cast)

    with pytest.raises(Invalid):
        flows.leave_simple_track(matter_id=matter.pk, by=cast.officer, reason=" ")
    with pytest.raises(NotReady, match="先转为一般办理"):
        flows.deliver_material(matter_id=matter.pk, by=cast.officer)
    flows.leave_simple_track(matter_id=matter.pk, by=cast.officer, reason="牵涉面比预想的大。")

    assert flows.deliver_material(matter_id=matter.pk, by=cast.officer).handling == Handling.FULL


def test_a_fourth_department_ends_the_simple_track(cast):
    matter = track.asked(cast)

    with at_moment(MORNING):
        flows.change_participants(
            matter_id=matter.pk, by=cast.officer, lead_department=cast.supplies,
            co_departments=[cast.staffing, cast.planning, cast.repair],
        )  # fmt: skip

    assert CoordinationRequest.objects.get(pk=matter.pk).handling == Handling.FULL


def test_the_page_says_how_far_it_has_come(client, cast):
    matter = track.asked(cast)
    client.force_login(cast.officer)

    with time_machine.travel(MORNING, tick=False):
        page = client.get(f"/requests/{matter.pk}/").content.decode()

    assert "简易办理：共5步，已走3步" in page
    assert "一般办理有8步" in page
