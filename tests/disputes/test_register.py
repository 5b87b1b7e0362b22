"""R058: a dispute is registered from a question that was not agreed, with where each side stands and a next date."""

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import Invalid, NotReady, NotYours
from disputes import flows
from disputes.models import Dispute
from disputes.states import DisputeState
from requests.states import Outcome
from tests.disputes import world


@pytest.fixture
def question(cast):
    return world.not_agreed(cast)


@pytest.fixture
def friday():
    with at_moment(world.moment(11, 10)):
        yield


def test_the_points_of_difference_come_with_it_by_themselves(cast, question, friday):
    dispute = world.register(cast, question)

    point = dispute.points.get()
    assert point.text == question.text
    assert {row.party.department_name: row.position for row in point.positions.all()} == {
        "物资部": "应由人力资源部列支",
        "人力资源部": "专项资金不能用于外包人员",
    }


def test_it_takes_its_number_and_has_a_next_date_and_an_owner(cast, question, friday):
    dispute = world.register(cast, question)

    assert dispute.number == "争〔2026〕1号"
    assert (dispute.owner, f"{dispute.next_on}") == (cast.officer, "2026-09-18")


def test_it_blocks_its_question_until_it_ends(cast, question, friday):
    dispute = world.register(cast, question)

    question.refresh_from_db()
    assert question.outcome == Outcome.IN_DISPUTE
    assert question.matter.blocks.get(until=None).number == dispute.number


def test_both_sides_owe_the_talk_and_are_told(cast, question, friday):
    dispute = world.register(cast, question)

    assert {duty.holder_department for duty in world.owed(dispute, "negotiate")} == {
        cast.supplies,
        cast.staffing,
    }
    assert cast.staffing_liaison.notices.filter(number=dispute.number).exists()
    assert cast.staffing_head.notices.filter(number=dispute.number).exists()


@pytest.mark.parametrize("missing", ["tried", "blocked_what", "interim_arrangement", "kind", "parties"])
def test_what_is_missing_is_named_and_nothing_is_registered(cast, question, friday, missing):
    gap = [cast.supplies] if missing == "parties" else ""
    with pytest.raises(Invalid) as refusal:
        world.register(cast, question, **{missing: gap})

    assert list(refusal.value.fields) == [missing]
    assert not Dispute.objects.exists()
    assert not question.matter.blocks.exists()


def test_a_reason_stands_in_for_talks_that_were_not_possible(cast, question, friday):
    dispute = world.register(cast, question, tried="", exemption_reason="对方负责人出差，联系不上。")

    assert dispute.exemption_reason


def test_a_question_has_one_open_dispute_at_a_time(cast, question, friday):
    world.register(cast, question)

    with pytest.raises(NotReady, match="already"):
        world.register(cast, question)

    assert Dispute.objects.count() == 1


def test_a_settled_question_is_not_disputed(cast, question, friday):
    with as_actor(SYSTEM):
        question.outcome, question.resolution = Outcome.AGREED, "同意"
        question.save()

    with pytest.raises(NotReady):
        world.register(cast, question)

    assert not Dispute.objects.exists()


@pytest.mark.parametrize("person", ["clerk", "planning_liaison", "auditor", "outsider", "supplies_clerk"])
def test_who_speaks_for_no_side_registers_nothing(cast, question, friday, person):
    with pytest.raises(NotYours):
        world.register(cast, question, by=getattr(cast, person))

    assert not Dispute.objects.exists()


def test_the_registrant_takes_it_back_and_the_matter_goes_on(cast, question, friday):
    dispute = world.register(cast, question)

    flows.withdraw(dispute_id=dispute.pk, by=cast.supplies_liaison, reason="双方已私下谈妥再议。")

    dispute = Dispute.objects.get()
    question.refresh_from_db()
    assert (dispute.state, question.outcome) == (DisputeState.WITHDRAWN, Outcome.NOT_AGREED)
    assert not question.matter.blocks.filter(until=None).exists()
    assert not world.owed(dispute, "negotiate")


@pytest.mark.parametrize(("person", "reason"), [("staffing_liaison", "撤"), ("supplies_liaison", " ")])
def test_it_is_not_taken_back_by_others_or_without_a_reason(cast, question, friday, person, reason):
    dispute = world.register(cast, question)

    with pytest.raises((NotYours, Invalid)):
        flows.withdraw(dispute_id=dispute.pk, by=getattr(cast, person), reason=reason)

    assert Dispute.objects.get().state == DisputeState.REGISTERED
