"""The heads agree and sign; the matter goes on with what they agreed."""

from datetime import date

import pytest

from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from disputes import flows
from disputes.models import Dispute
from disputes.states import DisputeState
from requests import flows as matters
from requests.models import CoordinationRequest
from requests.states import Outcome, Stage
from tests.disputes import world

TEXT = "费用由人力资源部列支，物资部采购。"


@pytest.fixture
def dispute(cast):
    return world.negotiated(cast)


@pytest.fixture(autouse=True)
def monday_of_story():
    with at_moment(world.moment(14)):
        yield


def propose(cast, dispute, by=None):
    return flows.propose_settlement(
        dispute_id=dispute.pk, by=by or cast.supplies_head, agreement=TEXT, items=[world.item(cast)]
    )


def test_with_the_last_signature_the_matter_is_decided_and_its_items_go_out(cast, dispute):
    propose(cast, dispute)
    flows.sign_settlement(dispute_id=dispute.pk, by=cast.staffing_head)

    matter = CoordinationRequest.objects.get()
    assert Dispute.objects.get().state == DisputeState.SETTLED
    assert (matter.stage, matter.decision_way, matter.resolution) == (Stage.EXECUTION, "settled", TEXT)
    assert [item.assignee for item in matter.items.filter(state="issued")] == [cast.supplies_clerk]
    assert matter.questions.get().outcome == Outcome.SETTLED
    assert not matter.blocks.filter(until=None).exists()


def test_one_signature_settles_nothing(cast, dispute):
    propose(cast, dispute)

    assert Dispute.objects.get().state == DisputeState.NEGOTIATION
    assert CoordinationRequest.objects.get().stage == Stage.DECISION
    assert cast.staffing_head.notices.filter(dedupe_key__contains="proposed").exists()


def test_a_new_text_needs_every_signature_again(cast, dispute):
    propose(cast, dispute)
    propose(cast, dispute, by=cast.staffing_head)

    assert [party.signed_by for party in dispute.parties.all()] == [None, cast.staffing_head]
    assert dispute.items.count() == 1


@pytest.mark.parametrize("person", ["supplies_liaison", "office_head", "planning_head", "arbiter"])
def test_only_the_heads_of_the_sides_sign(cast, dispute, person):
    with pytest.raises(NotYours):
        propose(cast, dispute, by=getattr(cast, person))

    assert Dispute.objects.get().agreement == ""


def test_an_agreement_has_words(cast, dispute):
    with pytest.raises(Invalid):
        flows.propose_settlement(dispute_id=dispute.pk, by=cast.supplies_head, agreement=" ")

    assert not dispute.parties.filter(signed_at__isnull=False).exists()


def test_nobody_signs_twice_or_an_empty_page(cast, dispute):
    with pytest.raises(NotReady, match="no text"):
        flows.sign_settlement(dispute_id=dispute.pk, by=cast.staffing_head)
    propose(cast, dispute)
    with pytest.raises(NotReady, match="already"):
        flows.sign_settlement(dispute_id=dispute.pk, by=cast.supplies_head)

    assert Dispute.objects.get().state == DisputeState.NEGOTIATION


def test_the_sides_may_agree_while_the_ruling_is_awaited(cast, dispute):
    flows.to_ruling(dispute_id=dispute.pk, by=cast.supplies_liaison)
    propose(cast, dispute)
    flows.sign_settlement(dispute_id=dispute.pk, by=cast.staffing_head)

    assert Dispute.objects.get().state == DisputeState.SETTLED
    assert not world.owed(dispute, "rule")


def test_an_agreement_on_a_suspended_matter_decides_it_when_the_matter_goes_on(cast, dispute):
    """Q13, Q20."""
    matter = matters.suspend(
        matter_id=dispute.matter_id, by=cast.office_head, reason="等待合同谈判。", until=date(2026, 9, 24),
        interim_measure="借用备用劳保服。",
    )  # fmt: skip
    propose(cast, dispute)

    flows.sign_settlement(dispute_id=dispute.pk, by=cast.staffing_head)
    stood = CoordinationRequest.objects.get().stage
    matters.resume(matter_id=matter.pk, by=cast.officer)

    matter.refresh_from_db()
    assert (stood, matter.stage) == (Stage.DECISION, Stage.EXECUTION)
    assert (matter.decision_way, matter.decision_document) == ("settled", dispute.number)
    assert matter.items.get().state == "issued"
