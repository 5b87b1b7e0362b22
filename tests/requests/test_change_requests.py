"""R094, R095, §3.6: what was decided is changed at the level that decided it; before and after stay on record."""

from datetime import date

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.change_states import IMPACTS, ChangeState
from requests.models import ActionItem, ChangeRequest, CoordinationRequest
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import approval_world as approvals
from tests.requests import world

NONE = dict.fromkeys(IMPACTS, "无影响")
NEW = "9月24日前4名管焊工穿上同款劳保服。"


@pytest.fixture
def matter(cast, monday):
    return world.executing(cast)


def ask(cast, matter, *, by=None, **changes):
    given = {
        "object": "goal", "value": NEW, "cause": "internal", "cause_text": "新到一名外包焊工。", "impacts": NONE, **changes,
    }  # fmt: skip
    return flows.ask_change(matter_id=matter.pk, by=by or cast.clerk, **given)


def assessed(cast, matter, **changes):
    change = ask(cast, matter, **changes)
    return flows.assess_change(change_id=change.pk, by=cast.officer, assessment="影响很小，建议同意。")


def approved(cast, matter, **changes):
    change = assessed(cast, matter, **changes)
    return flows.answer_change(change_id=change.pk, by=cast.office_head, approve=True)


def goal(matter):
    return CoordinationRequest.objects.get(pk=matter.pk).expected_goal


def owed(change, kind):
    return Obligation.objects.of(ChangeRequest.SUBJECT, change.pk).open().filter(kind=kind).first()


def test_until_its_approval_what_was_decided_stays_in_force(cast, matter):
    before = matter.expected_goal
    change = approved(cast, matter)

    assert (change.number, change.before, change.after) == ("变〔2026〕1号", before, NEW)
    assert goal(matter) == before
    flows.apply_change(change_id=change.pk, by=cast.supplies_liaison)
    assert goal(matter) == NEW


def test_all_five_impacts_are_written_and_all_gaps_named_at_once(cast, matter):
    with pytest.raises(Invalid) as refused:
        ask(cast, matter, impacts={"impact_goal": "无影响"}, cause_text="")

    assert set(refused.value.fields) == {*IMPACTS, "cause_text"} - {"impact_goal"}
    assert not ChangeRequest.objects.exists()


def test_the_level_of_the_decision_approves_and_a_lower_one_hears_who_may(cast, matter):
    with as_actor(SYSTEM):
        CoordinationRequest.objects.update(decision_way="meeting", decided_by=cast.chair)
    change = assessed(cast, matter)

    assert owed(change, Kind.CHANGE_APPROVE).holder == cast.chair
    for person in (cast.office_head, cast.clerk, cast.supplies_head):
        with pytest.raises(NotYours, match="范长青"):
            flows.answer_change(change_id=change.pk, by=person, approve=True)
    assert flows.answer_change(change_id=change.pk, by=cast.chair, approve=True).state == ChangeState.APPROVED


def test_the_frame_of_a_project_is_changed_by_the_top_of_its_approvals(cast, monday):
    item = approvals.executing(cast)

    assert assessed(cast, item.matter).approver == cast.chair
    assert (
        ask(cast, item.matter, object="task_standard", item=item, value="签领单齐全").approver
        == cast.office_head
    )


def test_the_frame_of_an_approved_project_is_changed_while_a_question_is_still_open(cast):
    """Its approvals decided the frame (story C, 变〔2026〕4号): from the decision on it moves at their level only."""
    matter = approvals.deciding(cast)
    with at_moment(world.moment(10, 15)):
        change = assessed(cast, matter, object="scope", value="焊接班组的4名外包管焊工。")
        assert change.approver == cast.chair
        flows.answer_change(change_id=change.pk, by=cast.chair, approve=True)
        flows.apply_change(change_id=change.pk, by=cast.supplies_liaison)

    matter = CoordinationRequest.objects.get(pk=matter.pk)
    assert (matter.stage, matter.scope) == ("decision", "焊接班组的4名外包管焊工。")


def test_before_the_decision_nothing_else_is_changed_and_of_no_other_matter(cast):
    project, plain = approvals.deciding(cast), world.deciding(cast)

    with at_moment(world.moment(10, 15)):
        for matter, changed, value in ((project, "resource", "计划发展部"), (plain, "goal", NEW)):
            with pytest.raises(NotReady):
                ask(cast, matter, object=changed, value=value)

    assert not ChangeRequest.objects.exists()


def test_with_the_project_sent_back_and_withdrawn_its_change_ends(cast):
    matter = approvals.deciding(cast)
    with at_moment(world.moment(10, 15)):
        change = assessed(cast, matter)
        flows.send_back_to_preparation(matter_id=matter.pk, by=cast.office_head, reason="缺少费用测算。")
        flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="已另行解决。")

    change.refresh_from_db()
    assert change.state == ChangeState.VOID
    assert not Obligation.objects.of_case(matter.pk).open().exists()
    assert world.told(cast.chair, "ended with its matter")


def test_what_is_denied_changes_nothing_and_has_its_reason(cast, matter):
    change = assessed(cast, matter)

    with pytest.raises(Invalid):
        flows.answer_change(change_id=change.pk, by=cast.office_head, approve=False)
    flows.answer_change(change_id=change.pk, by=cast.office_head, approve=False, answer="另行申请。")

    assert goal(matter) == change.before
    with pytest.raises(NotReady):
        flows.apply_change(change_id=change.pk, by=cast.supplies_liaison)


def test_everybody_concerned_signs_before_it_is_checked_and_the_doer_does_not_check(cast, matter):
    change = approved(cast, matter)
    flows.apply_change(change_id=change.pk, by=cast.officer)

    with pytest.raises(NotYours):
        flows.verify_change(change_id=change.pk, by=cast.officer)
    with pytest.raises(NotReady, match="周立群"):
        flows.verify_change(change_id=change.pk, by=cast.office_head)
    for reading in change.readings.select_related("person"):
        flows.read_change(change_id=change.pk, by=reading.person)
    assert flows.verify_change(change_id=change.pk, by=cast.office_head).state == ChangeState.VERIFIED
    assert not Obligation.objects.of(ChangeRequest.SUBJECT, change.pk).open().exists()


def test_the_date_of_an_item_is_moved_and_its_original_date_stays(cast, matter):
    item = ActionItem.objects.get(matter=matter)
    change = approved(cast, matter, object="task_date", item=item, value="2026-09-28")
    flows.apply_change(change_id=change.pk, by=cast.supplies_liaison)

    duty = Obligation.objects.of(ActionItem.SUBJECT, item.pk).get(kind=Kind.EXECUTE)
    assert duty.due_at == world.moment(28, 17, 30)
    assert duty.original_due_at == world.moment(22, 17, 30)
    assert (change.before, change.after) == ("2026-09-22", "2026-09-28")


def test_an_urgent_change_holds_at_once_and_what_is_denied_holds_no_longer(cast, matter):
    before = matter.expected_goal
    change = assessed(cast, matter, ordered_by=cast.office_head)

    assert goal(matter) == NEW
    flows.answer_change(change_id=change.pk, by=cast.office_head, approve=False, answer="不必增加。")
    assert goal(matter) == before


def test_whoever_ordered_orally_hears_it_at_once_and_confirms(cast, matter):
    change = ask(cast, matter, ordered_by=cast.office_head)

    assert owed(change, Kind.CONFIRM_ORDER).holder == cast.office_head
    assert world.told(cast.office_head, "confirm that you gave it")
    assert flows.confirm_order(change_id=change.pk, by=cast.office_head, is_given=True).order_confirmed_at
    assert owed(change, Kind.CONFIRM_ORDER) is None
    assert goal(matter) == NEW


def test_what_was_never_ordered_holds_no_longer_and_who_asked_hears_it(cast, matter):
    before = matter.expected_goal
    change = ask(cast, matter, ordered_by=cast.office_head)

    flows.confirm_order(change_id=change.pk, by=cast.office_head, is_given=False, note="没有下达过。")

    assert goal(matter) == before
    assert world.told(cast.clerk, "did not give the order")
    assert not Obligation.objects.of(ChangeRequest.SUBJECT, change.pk).open().exists()


def test_nobody_confirms_an_order_for_another_and_a_denial_has_its_reason(cast, matter):
    change = ask(cast, matter, ordered_by=cast.office_head)

    with pytest.raises(NotYours):
        flows.confirm_order(change_id=change.pk, by=cast.officer, is_given=True)
    with pytest.raises(Invalid):
        flows.confirm_order(change_id=change.pk, by=cast.office_head, is_given=False)

    assert owed(change, Kind.CONFIRM_ORDER)
    assert goal(matter) == NEW


def test_only_the_level_of_the_decision_orders_orally(cast, matter):
    with pytest.raises(Invalid) as refused:
        ask(cast, matter, ordered_by=cast.supplies_head)

    assert list(refused.value.fields) == ["ordered_by"]
    assert goal(matter) == matter.expected_goal


def test_whoever_asks_takes_it_back_and_nobody_else(cast, matter):
    change = assessed(cast, matter)

    with pytest.raises(NotYours):
        flows.withdraw_change(change_id=change.pk, by=cast.officer, reason="不再需要。")
    assert (
        flows.withdraw_change(change_id=change.pk, by=cast.clerk, reason="不再需要。").state
        == ChangeState.WITHDRAWN
    )
    assert owed(change, Kind.CHANGE_APPROVE) is None


def test_after_the_decision_a_matter_is_not_withdrawn_but_changed(cast, matter):
    with pytest.raises(NotReady, match="变更"):
        flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="不需要了。")

    assert CoordinationRequest.objects.get(pk=matter.pk).stage == "execution"


def test_parties_ask_and_strangers_do_not(cast, matter):
    assert ask(cast, matter, by=cast.staffing_liaison).asked_by == cast.staffing_liaison
    for person in (cast.planning_head, cast.auditor):
        with pytest.raises(NotYours):
            ask(cast, matter, by=person, object="scope", value="四人。")
    with pytest.raises(Invalid):
        ask(cast, matter)
    with at_moment(world.moment(14, 10)), pytest.raises(Invalid):
        ask(cast, matter, object="time", value="下月", by=cast.clerk)


@pytest.mark.parametrize(("name", "is_offered"), [("clerk", True), ("chair", False), ("auditor", False)])
def test_only_a_party_is_offered_to_ask_for_a_change(client, cast, matter, name, is_offered):
    client.force_login(getattr(cast, name))

    page = client.get(f"/requests/{matter.pk}/?tab=changes").content.decode()

    assert (f"/requests/{matter.pk}/changes/new/" in page) is is_offered


def test_the_story_tells_before_and_after(cast, matter):
    change = approved(cast, matter, object="time", value=f"{date(2026, 9, 28)}")
    flows.apply_change(change_id=change.pk, by=cast.supplies_liaison)

    line = TransitionLog.objects.of_case(matter.pk).get(verb="apply_change")
    assert (line.params["before"], line.params["after"]) == ("2026-09-24", "2026-09-28")


def test_the_work_is_not_complete_while_a_change_is_under_way(cast):
    item = world.submitted(cast)
    with at_moment(world.moment(14, 9)):
        ask(cast, item.matter)
        flows.close_item(item_id=item.pk, by=cast.officer)

        with pytest.raises(NotReady):
            flows.complete_execution(
                matter_id=item.matter_id, by=cast.supplies_liaison, summary="三人已穿上。"
            )

    assert CoordinationRequest.objects.get(pk=item.matter_id).stage == "execution"


def test_who_has_left_the_house_need_not_sign_for_a_change(cast, matter):
    change = approved(cast, matter)
    flows.apply_change(change_id=change.pk, by=cast.supplies_liaison)
    leaver, *others = [row.person for row in change.readings.select_related("person")]
    for person in others:
        flows.read_change(change_id=change.pk, by=person)
    with pytest.raises(NotReady):
        flows.verify_change(change_id=change.pk, by=cast.office_head)

    with as_actor(SYSTEM):
        type(leaver).objects.filter(pk=leaver.pk).update(is_active=False)
    verified = flows.verify_change(change_id=change.pk, by=cast.office_head)

    assert verified.state == ChangeState.VERIFIED
