"""Q23: what a denied oral order leaves behind: nothing that runs, nothing that nobody can end, and a matter like every other."""

from datetime import date

import pytest
from django.urls import reverse

from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from disputes import flows as disputes
from organization import flows as organization
from requests import flows, guards
from requests.change_states import IMPACTS
from requests.models import CoordinationRequest
from requests.states import ItemState, Stage
from supervision.flows import hand_over_closed_accounts, hand_over_ended_posts
from supervision.models import Obligation
from supervision.states import Kind
from tests.disputes.world import DISPUTE
from tests.requests import oral_world as oral
from tests.requests import plan_world as plans
from tests.requests import world

NO_ORDER = "我没有下过这个指令。"


def fresh(matter) -> CoordinationRequest:
    return CoordinationRequest.objects.get(pk=matter.pk)


def handed_out(cast):
    """One item of an oral start, handed out."""
    matter = oral.begun(cast)
    with at_moment(world.moment(7, 9, 40)):
        item = world.draft_item(cast, matter)
        flows.issue_rework(matter_id=matter.pk, by=cast.officer)
    return matter, item


def reported_done(cast):
    matter, item = handed_out(cast)
    with at_moment(world.moment(7, 9, 45)):
        flows.start(item_id=item.pk, by=cast.supplies_clerk, first_step="联系供货。")
        flows.submit_item(
            item_id=item.pk, by=cast.supplies_clerk, result="已支护。", evidence_note=world.SEEN
        )
    return matter, item


def carried_out(cast):
    matter, item = reported_done(cast)
    with at_moment(world.moment(7, 9, 50)):
        flows.close_item(item_id=item.pk, by=cast.officer)
        flows.complete_execution(matter_id=matter.pk, by=cast.supplies_liaison, summary="已恢复供煤。")
    return matter


def change_goal(cast, matter, **changes):
    return flows.ask_change(
        matter_id=matter.pk, by=cast.clerk, object="goal", value="当日20时前恢复供煤。", cause="internal", cause_text="道路中断。",
        impacts=dict.fromkeys(IMPACTS, "无影响"), **changes,
    )  # fmt: skip


def deny(cast, matter, **changes):
    return oral.answer(cast, matter, confirm=False, reason=NO_ORDER, **changes)


def leave(cast, *people):
    """Their accounts are closed, and the tick hands over what they owed."""
    with at_moment(world.moment(8)):
        for person in people:
            organization.deactivate_person(user_id=person.pk, by=cast.system_admin)
        hand_over_ended_posts(world.moment(8))
        hand_over_closed_accounts(world.moment(8))


def test_denied_it_wants_no_papers_for_the_form_is_completed_like_every_other(cast):
    matter = oral.begun(cast)

    deny(cast, matter)

    assert guards.papers_have_followed(fresh(matter))


def suspended(cast, matter):
    with at_moment(world.moment(7, 9, 50)):
        return flows.suspend(
            matter_id=matter.pk, by=cast.office_head, reason="道路中断。", until=date(2026, 9, 15), interim_measure="无需。"
        )  # fmt: skip


def test_of_a_suspended_matter_the_order_is_denied_and_nothing_stands_still_any_more(cast):
    matter, item = handed_out(cast)
    suspended(cast, matter)

    deny(cast, matter)

    found = fresh(matter)
    assert (found.stage, found.is_suspended, found.suspension_reason) == (Stage.PROPOSAL, False, "")
    item.refresh_from_db()
    assert item.state == ItemState.CANCELLED
    assert world.owed(found, Kind.RESTART) is None
    assert world.owed(found, Kind.ACCEPT).state == "open"
    assert not Obligation.objects.of_case(matter.pk).filter(state="suspended").exists()


def test_of_a_suspended_matter_the_order_is_confirmed_from_its_page(cast, client):
    matter = oral.begun(cast)
    suspended(cast, matter)
    client.force_login(cast.repair_head)

    address = reverse("requests:oral_answer", args=[matter.pk])
    assert address in client.get(f"/requests/{matter.pk}/").content.decode()
    assert client.get(address).status_code == 200
    oral.answer(cast, matter)

    found = fresh(matter)
    assert (found.oral_order.is_confirmed, found.is_suspended) == (True, True)


def test_what_was_held_by_a_suspension_and_goes_out_afterwards_is_what_was_asked_for(cast):
    matter = oral.begun(cast)
    suspended(cast, matter)
    with at_moment(world.moment(7, 10)):
        world.draft_item(cast, matter, source_number="裁〔2026〕1号")
        assert world.owed(matter, Kind.ISSUE_ACTION_ITEMS)

        flows.resume(matter_id=matter.pk, by=cast.office_head)

    assert fresh(matter).items.get().number
    assert world.owed(matter, Kind.ISSUE_ACTION_ITEMS) is None


def test_a_denial_ends_what_is_drafted_too(cast):
    matter = oral.begun(cast)
    with at_moment(world.moment(7, 9, 45)):
        item = world.draft_item(cast, matter)

    deny(cast, matter)

    item.refresh_from_db()
    assert (item.state, item.cancel_reason) == (ItemState.CANCELLED, NO_ORDER)


def test_a_denial_ends_what_was_reported_done(cast):
    matter, item = reported_done(cast)

    deny(cast, matter)

    item.refresh_from_db()
    assert item.state == ItemState.CANCELLED
    assert world.owed(item, Kind.VERIFY) is None


def test_a_denial_ends_the_changes_under_way(cast):
    matter = oral.begun(cast)
    with at_moment(world.moment(7, 9, 45)):
        change = change_goal(cast, matter)

    deny(cast, matter)

    change.refresh_from_db()
    assert change.state == "withdrawn"
    assert guards.no_change_is_under_way(fresh(matter))


def test_a_denial_ends_the_plan_and_a_new_version_can_be_begun(cast):
    matter = oral.begun(cast)
    plan = plans.written(cast, matter)
    with at_moment(world.moment(14, 10)):
        plans.approve(cast, plan)

    deny(cast, matter, at=world.moment(14, 11))

    plan.refresh_from_db()
    assert plan.state == "superseded"
    with at_moment(world.moment(14, 12)):
        flows.accept(
            matter_id=matter.pk, by=cast.officer, lead_department=cast.supplies, co_departments=[cast.staffing],
            conditions=world.all_met(), **world.ASSESSMENT,
        )  # fmt: skip
        assert flows.start_plan(matter_id=matter.pk, by=cast.supplies_liaison).version == 2


def test_a_denial_leaves_a_dispute_owed_until_it_is_settled(cast):
    matter = oral.begun(cast)
    with at_moment(world.moment(7, 9, 45)):
        dispute = disputes.register(
            matter_id=matter.pk, by=cast.supplies_liaison, parties=[cast.supplies, cast.staffing], points=["钢材由谁出？"],
            **DISPUTE,
        )  # fmt: skip

    deny(cast, matter)

    duties = Obligation.objects.of(dispute.SUBJECT, dispute.pk).open()
    assert {duty.holder_department for duty in duties} == {cast.supplies, cast.staffing}


def test_after_a_denial_the_material_is_sent_to_everybody_again(cast):
    matter = oral.begun(cast)

    deny(cast, matter)

    assert not matter.participants.exclude(notified_at=None).exists()
    assert not guards.every_participant_is_notified(fresh(matter))


def test_a_denied_matter_whose_items_were_cancelled_can_be_withdrawn_and_merged(cast):
    matter, _item = handed_out(cast)
    deny(cast, matter)
    assert guards.nothing_was_handed_out(fresh(matter))

    flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="已另行处理。")

    assert fresh(matter).stage == Stage.WITHDRAWN


def test_what_was_carried_out_stays_when_the_order_is_denied_and_the_office_hears_it(cast):
    matter = carried_out(cast)

    order = deny(cast, matter)

    assert (fresh(matter).stage, order.answer) == (Stage.FEEDBACK, "denied")
    assert world.owed(matter, Kind.CONFIRM_ORDER) is None
    assert world.told(cast.office_head, "gave no such order")


def test_what_was_carried_out_keeps_its_papers_owed_after_a_denial(cast):
    matter = carried_out(cast)
    deny(cast, matter)
    assert not guards.papers_have_followed(fresh(matter))

    oral.hand_in(cast, matter)

    assert guards.papers_have_followed(fresh(matter))


def test_after_the_start_the_keeper_owes_the_first_item_until_one_is_handed_out(cast):
    matter = oral.begun(cast)
    duty = world.owed(matter, Kind.ISSUE_ACTION_ITEMS)
    with at_moment(world.moment(7, 10)):
        world.draft_item(cast, matter)

        flows.issue_rework(matter_id=matter.pk, by=cast.officer)

    assert duty.holder == cast.officer
    assert world.owed(matter, Kind.ISSUE_ACTION_ITEMS) is None


def test_without_any_item_it_is_not_reported_carried_out(cast):
    matter = oral.begun(cast)

    with pytest.raises(NotReady) as refused, at_moment(world.moment(7, 10)):
        flows.complete_execution(matter_id=matter.pk, by=cast.supplies_liaison, summary="完成。")

    assert "尚未交办行动项" in str(refused.value)
    assert fresh(matter).stage == Stage.EXECUTION


def test_whoever_only_changes_posts_answers_the_own_order(cast):
    matter = oral.begun(cast)
    post = cast.repair_head.posts.current().get()

    with at_moment(world.moment(8)):
        organization.end_post(post_id=post.pk, by=cast.system_admin)
        hand_over_ended_posts(world.moment(8))

    assert world.owed(matter, Kind.CONFIRM_ORDER).holder == cast.repair_head


def test_the_order_of_somebody_who_has_left_is_closed_by_the_head_of_the_office_with_a_reason(cast):
    matter = oral.begun(cast)
    leave(cast, cast.repair_head)
    assert world.owed(matter, Kind.CONFIRM_ORDER).holder == cast.office_head
    with pytest.raises(NotYours):
        oral.answer(cast, matter, confirm=False, reason="本人已离职。", by=cast.officer)
    with pytest.raises(Invalid):
        oral.answer(cast, matter, confirm=True, by=cast.office_head)

    order = oral.answer(cast, matter, confirm=False, reason="本人已离职。", by=cast.office_head)

    assert (order.answer, fresh(matter).stage) == ("left", Stage.EXECUTION)
    assert world.owed(matter, Kind.CONFIRM_ORDER) is None


def test_the_page_of_such_an_order_offers_the_head_of_the_office_only_to_close_it(client, cast):
    matter = oral.begun(cast)
    leave(cast, cast.repair_head)
    client.force_login(cast.office_head)

    page = client.get(reverse("requests:oral_answer", args=[matter.pk])).content.decode()

    assert "下达人已离职，未确认" in page
    assert "是，我确认" not in page
    assert 'value="yes"' not in page


def test_the_papers_of_an_applicant_who_has_left_come_from_the_department(cast):
    matter = oral.begun(cast)
    leave(cast, cast.clerk)

    with pytest.raises(NotYours):
        oral.hand_in(cast, matter, by=cast.supplies_liaison)
    oral.hand_in(cast, matter, by=cast.repair_liaison)

    assert world.owed(matter, Kind.PAPERS) is None


def test_the_order_of_a_change_whose_giver_has_left_is_closed_and_the_change_goes_on(cast):
    matter = oral.begun(cast)
    with at_moment(world.moment(7, 10)):
        change = change_goal(cast, matter, ordered_by=cast.repair_head)
    leave(cast, cast.repair_head)
    with pytest.raises(Invalid):
        flows.confirm_order(change_id=change.pk, by=cast.office_head, is_given=True)

    flows.confirm_order(change_id=change.pk, by=cast.office_head, is_given=False, note="本人已离职。")

    assert world.owed(change, Kind.CONFIRM_ORDER) is None
    assert fresh(matter).expected_goal == "当日20时前恢复供煤。"
    with pytest.raises(NotReady):
        flows.confirm_order(change_id=change.pk, by=cast.office_head, is_given=False, note="再次。")


def test_the_page_of_such_a_change_offers_to_close_it_and_takes_no_other_answer(client, cast):
    matter = oral.begun(cast)
    with at_moment(world.moment(7, 10)):
        change = change_goal(cast, matter, ordered_by=cast.repair_head)
    leave(cast, cast.repair_head)
    client.force_login(cast.office_head)
    address = reverse("requests:change_order", args=[change.pk])

    page = client.get(address).content.decode()
    refused = client.post(address, {"is_given": "yes"})

    assert "下达人已离职，未确认" in page
    assert 'value="yes"' not in page
    assert refused.status_code == 422
    assert world.owed(change, Kind.CONFIRM_ORDER) is not None
