"""R060: a decision binds; the head of an addressed department can appeal against it once and in time, one level above."""

import pytest

from archive.contents import entries
from archive.states import EntryKind
from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.appeal_states import AppealOutcome
from requests.change_states import IMPACTS, ChangeState
from requests.models import ChangeRequest, CoordinationRequest, DecisionAppeal
from requests.next_steps import next_steps
from requests.panels import load_case
from requests.states import Stage
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import oral_world as oral
from tests.requests import world
from tests.requests.appeal_world import NOW, TEXT, appealed, ask, owed, rule, stand_still, upheld

NONE = dict.fromkeys(IMPACTS, "无影响")


def change_for(cast, appeal, *, by=None, **changes):
    given = {
        "object": "resource", "value": "人力资源部", "cause": "internal", "cause_text": "复议成立。", "impacts": NONE, **changes,
    }  # fmt: skip
    with at_moment(NOW):
        return flows.ask_change(matter_id=appeal.matter_id, by=by or cast.officer, appeal=appeal, **given)


def test_one_level_above_whoever_decided_owes_the_ruling_and_the_execution_goes_on(cast):
    appeal = appealed(cast)

    assert appeal.decided_by == cast.office_head
    assert appeal.ruler == cast.chair
    assert owed(appeal, Kind.APPEAL_DECISION).holder == cast.chair
    assert world.told(cast.chair, "the ruling is yours")
    assert world.told(cast.office_head, "holds until")
    assert CoordinationRequest.objects.get().stage == Stage.EXECUTION
    assert not Obligation.objects.of_case(appeal.matter_id).filter(state="suspended").exists()


def test_against_what_the_committee_decided_the_top_leader_rules(cast):
    matter = world.executing(cast)
    with as_actor(SYSTEM):
        CoordinationRequest.objects.update(decision_way="meeting", decided_by=cast.chair)

    appeal = ask(cast, matter)

    assert appeal.ruler == cast.arbiter
    with pytest.raises(NotYours, match="陆正平"):
        rule(cast, appeal, uphold=False, by=cast.chair)


def test_above_the_top_leader_nobody_rules(cast):
    matter = world.executing(cast)
    with as_actor(SYSTEM):
        CoordinationRequest.objects.update(decision_way="order", decided_by=cast.arbiter)

    with pytest.raises(NotReady, match="可以申请变更"):
        ask(cast, matter)


def test_only_the_head_of_an_addressed_department_appeals(cast):
    matter = world.executing(cast)

    for person in (cast.supplies_liaison, cast.clerk, cast.planning_head, cast.office_head, cast.auditor):
        with pytest.raises(NotYours):
            ask(cast, matter, by=person)

    assert not DecisionAppeal.objects.exists()


def test_once_for_each_department_and_decision(cast):
    appeal = appealed(cast)

    with pytest.raises(NotReady, match="只能申请一次"):
        ask(cast, appeal.matter)
    ask(cast, appeal.matter, by=cast.staffing_head)

    assert DecisionAppeal.objects.count() == 2


def test_in_time_only_and_with_all_gaps_named_at_once(cast):
    matter = world.executing(cast)

    with pytest.raises(NotReady, match="已于2026-09-18 17:30届满"):
        ask(cast, matter, moment=world.moment(21))
    with pytest.raises(Invalid) as refused:
        ask(cast, matter, ground="", reason=" ", wish="")

    assert set(refused.value.fields) == {"ground", "reason", "wish"}
    assert not DecisionAppeal.objects.exists()


def test_the_time_for_an_appeal_stands_still_while_the_matter_does(cast):
    matter = world.executing(cast)
    stand_still(cast, matter, since=world.moment(16), until=world.moment(21))

    with pytest.raises(NotReady, match="已于2026-09-23 17:30届满"):
        ask(cast, matter, moment=world.moment(24))
    appeal = ask(cast, matter, moment=world.moment(23))

    assert appeal.asked_at == world.moment(23)


def test_suspended_after_its_end_the_time_for_an_appeal_does_not_begin_again(cast):
    matter = world.executing(cast)
    stand_still(cast, matter, since=world.moment(21), until=world.moment(24))

    with pytest.raises(NotReady, match="已于2026-09-18 17:30届满"):
        ask(cast, matter, moment=world.moment(24))

    assert not DecisionAppeal.objects.exists()


def test_before_the_decision_there_is_nothing_to_appeal_against(cast):
    with pytest.raises(NotReady):
        ask(cast, world.deciding(cast))


def test_rejected_with_its_reason_the_decision_stands(cast):
    appeal = appealed(cast)
    with pytest.raises(Invalid):
        rule(cast, appeal, uphold=False, answer=" ")

    rule(cast, appeal, uphold=False)

    assert DecisionAppeal.objects.get().outcome == AppealOutcome.REJECTED
    assert not Obligation.objects.of(DecisionAppeal.SUBJECT, appeal.pk).open().exists()
    assert world.told(cast.supplies_head, "was rejected")
    with pytest.raises(NotReady):
        rule(cast, appeal, uphold=True)


def test_a_ruling_has_room_to_answer_point_by_point_and_what_is_too_long_is_told_beside_its_field(cast):
    appeal = appealed(cast)

    with pytest.raises(Invalid) as refused:
        rule(cast, appeal, uphold=False, answer="逐" * 1001)
    assert list(refused.value.fields) == ["answer"]
    assert DecisionAppeal.objects.get().outcome == ""

    rule(cast, appeal, uphold=False, answer="逐" * 1000)
    assert DecisionAppeal.objects.get().outcome == AppealOutcome.REJECTED


def test_nobody_lower_nor_a_party_rules(cast):
    appeal = appealed(cast)

    for person in (cast.office_head, cast.supplies_head, cast.officer, cast.auditor):
        with pytest.raises(NotYours):
            rule(cast, appeal, uphold=True, by=person)

    assert DecisionAppeal.objects.get().outcome == ""


def test_upheld_the_office_owes_the_change_and_what_was_decided_holds_until_then(cast):
    appeal = upheld(cast)

    duty = owed(appeal, Kind.CHANGE_APPLY)
    assert (duty.holder, owed(appeal, Kind.APPEAL_DECISION)) == (cast.officer, None)
    assert world.told(cast.officer, "ask for the change")
    assert CoordinationRequest.objects.get().lead_department == cast.supplies


def test_whoever_upheld_it_decides_on_the_change_and_the_level_that_was_overruled_does_not(cast):
    appeal = upheld(cast)
    change = change_for(cast, appeal)
    with at_moment(NOW):
        flows.assess_change(change_id=change.pk, by=cast.supplies_liaison, assessment="可行。")
        with pytest.raises(NotYours, match="范长青"):
            flows.answer_change(change_id=change.pk, by=cast.office_head, approve=False, answer="不同意。")
        flows.answer_change(change_id=change.pk, by=cast.chair, approve=True)
        flows.apply_change(change_id=change.pk, by=cast.officer)

    assert CoordinationRequest.objects.get().lead_department == cast.staffing
    assert owed(appeal, Kind.CHANGE_APPLY) is None
    assert not DecisionAppeal.objects.unsettled().exists()


def test_a_change_for_an_appeal_is_asked_for_by_the_office_or_the_department_that_was_right(cast):
    appeal = upheld(cast)

    with pytest.raises(NotYours):
        change_for(cast, appeal, by=cast.staffing_head)
    change_for(cast, appeal, by=cast.supplies_head)
    with pytest.raises(Invalid) as refused:
        change_for(cast, appeal, object="goal")

    assert list(refused.value.fields) == ["appeal"]
    assert ChangeRequest.objects.get().state == ChangeState.SUBMITTED


def test_a_change_for_an_appeal_that_was_not_upheld_is_refused(cast):
    appeal = appealed(cast)

    with pytest.raises(Invalid) as refused:
        change_for(cast, appeal)

    assert list(refused.value.fields) == ["appeal"]
    assert not ChangeRequest.objects.exists()


def test_the_execution_does_not_end_while_an_appeal_waits(cast):
    item = world.submitted(cast)
    appeal = ask(cast, item.matter, moment=world.moment(14))
    with at_moment(world.moment(14)):
        flows.close_item(item_id=item.pk, by=cast.officer)
        with pytest.raises(NotReady, match="还有复议"):
            flows.complete_execution(matter_id=item.matter_id, by=cast.supplies_liaison, summary="已完成。")

    assert CoordinationRequest.objects.get().stage == Stage.EXECUTION
    assert DecisionAppeal.objects.unsettled().get() == appeal


def test_taken_back_by_the_department_nothing_is_owed(cast):
    appeal = appealed(cast)
    act = {"appeal_id": appeal.pk, "reason": "已另行商定费用。"}
    with pytest.raises(NotYours):
        flows.withdraw_appeal(by=cast.staffing_head, **act)

    flows.withdraw_appeal(by=cast.supplies_head, **act)

    assert DecisionAppeal.objects.get().outcome == AppealOutcome.WITHDRAWN
    assert owed(appeal, Kind.APPEAL_DECISION) is None
    assert world.told(cast.chair, "takes its appeal back")


def test_with_the_denied_order_that_decided_it_the_appeal_ends(cast):
    matter = oral.begun(cast)
    appeal = ask(cast, matter, moment=world.moment(7, 9, 45))

    oral.answer(cast, matter, confirm=False, reason="我没有下过这个指令。")

    assert DecisionAppeal.objects.get().outcome == AppealOutcome.ENDED
    assert not Obligation.objects.of(DecisionAppeal.SUBJECT, appeal.pk).open().exists()


def test_heads_are_offered_the_appeal_and_the_level_above_the_ruling(cast):
    matter = world.executing(cast)
    with at_moment(NOW):
        offered = {
            step.key for step in next_steps(load_case(matter, cast.supplies_head), cast.supplies_head).others
        }
        liaison = {
            step.key
            for step in next_steps(load_case(matter, cast.supplies_liaison), cast.supplies_liaison).others
        }
    assert ("new_appeal" in offered, "new_appeal" in liaison) == (True, False)

    appeal = ask(cast, matter)

    assert next_steps(load_case(matter, cast.chair), cast.chair).main.key == f"appeal{appeal.pk}"


def test_the_appeal_and_its_ruling_are_in_story_and_dossier(cast):
    appeal = upheld(cast)

    verbs = set(TransitionLog.objects.of_case(appeal.matter_id).values_list("verb", flat=True))
    kept_in = [entry for entry in entries(appeal.matter) if entry.kind == EntryKind.APPEALS]

    assert {"ask_appeal", "rule_appeal"} <= verbs
    assert kept_in[0].snapshot[0]["wish"] == TEXT["wish"]
