"""The head of the office rules: on every point, on a basis, and never in the own cause."""

from datetime import date

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import Invalid, NotReady, NotYours
from disputes import flows
from disputes.models import Dispute, Ruling
from disputes.states import DisputeState
from organization.models import Department, Post
from requests import flows as matters
from requests.models import CoordinationRequest
from requests.states import Outcome, Stage
from supervision.models import Obligation
from tests.cast import SINCE
from tests.disputes import world


@pytest.fixture
def dispute(cast):
    return world.to_be_ruled(cast)


@pytest.fixture(autouse=True)
def tuesday():
    with at_moment(world.moment(15)):
        yield


def test_a_ruling_decides_the_matter_and_hands_out_its_items(cast, dispute):
    ruling = world.rule(cast, dispute)

    matter = CoordinationRequest.objects.get()
    assert ruling.number == "裁〔2026〕1号"
    assert (matter.stage, matter.decision_way, matter.decision_document) == (
        Stage.EXECUTION,
        "ruling",
        ruling.number,
    )
    assert matter.decided_by == cast.office_head
    assert matter.questions.get().outcome == Outcome.SETTLED
    assert matter.items.get().state == "issued"
    assert not world.owed(dispute, "rule")


def test_the_ruling_is_served_on_the_heads(cast, dispute):
    world.rule(cast, dispute)

    for head in (cast.supplies_head, cast.staffing_head):
        assert head.notices.filter(dedupe_key__contains="ruled").exists()


def test_every_point_is_answered(cast, dispute):
    with pytest.raises(Invalid) as refusal:
        world.rule(cast, dispute, decisions={})

    assert "decisions" in refusal.value.fields
    assert not Ruling.objects.exists()


@pytest.mark.parametrize("missing", ["facts", "basis", "duty_note"])
def test_facts_basis_and_what_becomes_of_duties_are_written(cast, dispute, missing):
    with pytest.raises(Invalid) as refusal:
        world.rule(cast, dispute, **{missing: " "})

    assert list(refusal.value.fields) == [missing]
    assert Dispute.objects.get().state == DisputeState.RULING


def test_nothing_is_ruled_before_it_was_asked_for(cast):
    dispute = world.negotiated(cast)

    with pytest.raises(NotReady):
        world.rule(cast, dispute)

    assert not Ruling.objects.exists()


@pytest.mark.parametrize("person", ["officer", "supplies_head", "chair", "auditor", "records_admin"])
def test_others_do_not_rule(cast, dispute, person):
    with pytest.raises(NotYours):
        world.rule(cast, dispute, by=getattr(cast, person))

    assert not Ruling.objects.exists()


def post(cast, kind, department):
    with as_actor(SYSTEM):
        Post.objects.create(user=cast.office_head, department=department, kind=kind, since=SINCE)
    vars(cast.office_head).pop("authority", None)


def test_the_top_leader_rules_only_where_the_head_of_the_office_must_not(cast, dispute):
    with pytest.raises(NotYours, match=cast.office_head.name):
        world.rule(cast, dispute, by=cast.arbiter)

    dispute.refresh_from_db()
    assert dispute.state == DisputeState.RULING
    assert not Ruling.objects.exists()


def test_somebody_of_a_side_does_not_rule(cast, dispute):
    post(cast, "staff", cast.staffing)

    with pytest.raises(NotYours, match="belong"):
        world.rule(cast, dispute)

    assert not Ruling.objects.exists()


def test_the_leader_in_charge_of_a_side_does_not_rule(cast, dispute):
    with as_actor(SYSTEM):
        Department.objects.filter(pk=cast.staffing.pk).update(leader_in_charge=cast.office_head)
    vars(cast.office_head).pop("authority", None)

    with pytest.raises(NotYours, match="answers to you"):
        world.rule(cast, dispute)

    assert not Ruling.objects.exists()


def test_who_negotiated_does_not_rule(cast):
    dispute = world.registered(cast)
    world.talk(cast, dispute, people=[cast.office_head, cast.staffing_head])
    flows.to_ruling(dispute_id=dispute.pk, by=cast.supplies_liaison)

    with pytest.raises(NotYours, match="negotiated"):
        world.rule(cast, dispute)

    assert [duty.holder for duty in world.owed(dispute, "rule")] == [cast.arbiter]
    assert world.rule(cast, Dispute.objects.get(), by=cast.arbiter).ruled_by == cast.arbiter


def test_a_stayed_ruling_keeps_the_matter_blocked_until_its_day(cast, dispute):
    world.rule(cast, dispute, is_stayed=True, stay_reason="预算待批", stayed_until=date(2026, 9, 18))
    before = CoordinationRequest.objects.get().stage

    with at_moment(world.moment(18)):
        flows.act_on_lapses(world.moment(18))

    assert (before, CoordinationRequest.objects.get().stage) == (Stage.DECISION, Stage.EXECUTION)
    assert Dispute.objects.get().ended_at is not None


def test_a_stay_has_its_reason_and_its_day(cast, dispute):
    for gaps in ({"stay_reason": "", "stayed_until": date(2026, 9, 18)}, {"stay_reason": "预算待批"}):
        with pytest.raises(Invalid):
            world.rule(cast, dispute, is_stayed=True, **gaps)

    assert not Ruling.objects.exists()


STAY = {"is_stayed": True, "stay_reason": "预算待批"}


def test_no_item_falls_due_before_its_stay_ends(cast, dispute):
    with pytest.raises(Invalid) as refusal:
        world.rule(cast, dispute, **STAY, stayed_until=date(2026, 9, 25))

    assert list(refusal.value.fields) == ["items"]
    assert not Ruling.objects.exists()


def test_a_stay_that_ends_late_moves_the_dates_that_have_passed(cast, dispute):
    world.rule(cast, dispute, **STAY, stayed_until=date(2026, 9, 18))
    with at_moment(world.moment(29)):
        flows.act_on_lapses(world.moment(29))

    item = CoordinationRequest.objects.get().items.get()
    duty = Obligation.objects.of("item", item.pk).get(kind="execute")
    assert (item.state, duty.due_at.date()) == ("issued", date(2026, 9, 30))


def test_a_stay_that_cannot_end_does_not_hold_up_the_others(cast, dispute, caplog):
    world.rule(cast, dispute, **STAY, stayed_until=date(2026, 9, 18))
    second = world.to_be_ruled(cast)
    with at_moment(world.moment(15)):
        world.rule(cast, second, **STAY, stayed_until=date(2026, 9, 18))
    with as_actor(SYSTEM):
        dispute.items.update(text="")

    with at_moment(world.moment(18)):
        flows.act_on_lapses(world.moment(18))

    assert Dispute.objects.get(pk=dispute.pk).ended_at is None
    assert Dispute.objects.get(pk=second.pk).ended_at is not None
    assert "failed for" in caplog.text


def suspend(cast):
    matter = CoordinationRequest.objects.get()
    return matters.suspend(
        matter_id=matter.pk, by=cast.office_head, reason="等待合同谈判。", until=date(2026, 9, 24),
        interim_measure="借用备用劳保服。",
    )  # fmt: skip


def test_a_ruling_on_a_suspended_matter_decides_it_when_the_matter_goes_on(cast, dispute):
    """Q13, Q20: the last question is settled; nobody has to decide once more."""
    matter = suspend(cast)

    ruling = world.rule(cast, dispute)
    waiting = CoordinationRequest.objects.get()
    drafted = waiting.items.get().state
    matters.resume(matter_id=matter.pk, by=cast.officer)

    assert (waiting.stage, drafted) == (Stage.DECISION, "drafted")
    matter.refresh_from_db()
    assert (matter.stage, matter.decision_document) == (Stage.EXECUTION, ruling.number)
    assert (matter.decided_by, matter.decision_way) == (cast.office_head, "ruling")
    assert matter.items.get().state == "issued"
