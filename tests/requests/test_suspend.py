"""Suspending a matter: every clock stops and goes on with what was left."""

from datetime import date

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows, guards
from requests.models import ActionItem, CoordinationRequest, HeldDecision
from requests.states import SUSPENDABLE, ItemState, Stage
from supervision.states import Kind, State
from tests.requests import world

UNTIL = date(2026, 9, 24)


def suspend(cast, matter, *, by=None, **changes):
    given = {"reason": "等待合同谈判。", "until": UNTIL, "interim_measure": "借用备用劳保服。", **changes}
    with at_moment(world.moment(14)):
        return flows.suspend(matter_id=matter.pk, by=by or cast.office_head, **given)


def test_suspended_every_clock_of_the_matter_stands_still(cast):
    item = world.started(cast)

    matter = suspend(cast, item.matter)

    assert matter.is_suspended
    assert world.owed(item, Kind.EXECUTE).state == State.SUSPENDED
    assert world.owed(matter, Kind.RESTART).holder == cast.officer
    assert world.owed(matter, Kind.RESTART).state == State.OPEN


def test_resumed_the_item_has_as_many_working_days_left_as_before(cast):
    item = world.started(cast)
    suspend(cast, item.matter)

    with at_moment(world.moment(16)):
        matter = flows.resume(matter_id=item.matter_id, by=cast.officer)

    assert not matter.is_suspended
    execution = world.owed(item, Kind.EXECUTE)
    assert (execution.state, execution.due_at) == (State.OPEN, world.moment(24, 17, 30))
    assert execution.original_due_at == world.moment(22, 17, 30)
    assert world.owed(matter, Kind.RESTART) is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"interim_measure": " "}, "interim_measure"),
        ({"until": date(2026, 9, 14)}, "until"),
        ({"until": date(2026, 10, 30)}, "until"),
    ],
    ids=["no reason", "no interim measure", "not in the future", "more than 20 working days"],
)
def test_reason_interim_measure_and_a_near_restart_are_needed(cast, change, field):
    matter = world.executing(cast)

    with pytest.raises(Invalid) as refused:
        suspend(cast, matter, **change)

    assert list(refused.value.fields) == [field]
    matter.refresh_from_db()
    assert not matter.is_suspended


@pytest.mark.parametrize("name", ["officer", "clerk", "supplies_head", "secretary", "auditor"])
def test_only_the_head_of_the_office_suspends(cast, name):
    matter = world.executing(cast)

    with pytest.raises(NotYours):
        suspend(cast, matter, by=getattr(cast, name))

    matter.refresh_from_db()
    assert not matter.is_suspended


def test_in_execution_the_chair_suspends_too(cast):
    assert suspend(cast, world.executing(cast), by=cast.chair).is_suspended
    with pytest.raises(NotYours):
        suspend(cast, world.deciding(cast), by=cast.chair)


def test_a_matter_is_suspended_once_and_only_under_way(cast):
    with pytest.raises(NotReady):
        suspend(cast, world.filed(cast))
    matter = suspend(cast, world.executing(cast))

    with pytest.raises(NotReady):
        suspend(cast, matter)


def test_nothing_moves_on_while_suspended(cast):
    matter = suspend(cast, world.prepared(cast))
    participant = matter.participants.get(department=cast.staffing)

    with pytest.raises(NotReady):
        flows.give_opinion(participant_id=participant.pk, by=cast.staffing_liaison, opinion="agree")
    with pytest.raises(NotReady):
        flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="已自行解决。")

    participant.refresh_from_db()
    assert participant.opinion == ""


def test_no_transition_runs_while_the_matter_is_suspended(cast):
    """One table over all: every transition that leaves a stage in which a matter can be suspended, and every one of
    its items, names the suspension among its guards."""
    open_ones = [
        transition.name
        for model, guard, states in (
            (CoordinationRequest, guards.is_not_suspended, SUSPENDABLE),
            (ActionItem, guards.its_matter_is_not_suspended, ItemState.values),
        )
        for transition in model._meta.get_field(
            "stage" if model is CoordinationRequest else "state"
        ).get_all_transitions(model)
        if transition.source in states and guard not in transition.conditions
    ]

    assert open_ones == []


def test_no_act_on_an_item_runs_while_its_matter_is_suspended(cast):
    item = world.submitted(cast)
    suspend(cast, item.matter)
    day = date(2026, 9, 28)

    for act in (
        lambda: flows.close_item(item_id=item.pk, by=cast.officer),
        lambda: flows.send_back(item_id=item.pk, by=cast.officer, defects="少一套。", due_on=day),
    ):
        with at_moment(world.moment(15)), pytest.raises(NotReady, match=r"suspended|中止"):
            act()

    item.refresh_from_db()
    assert item.state == ItemState.SUBMITTED


def test_nobody_works_on_passes_on_or_extends_an_item_while_its_matter_is_suspended(cast):
    item = world.issued(cast)
    with at_moment(world.moment(11, 15)):
        wish = flows.ask_extension(
            item_id=item.pk,
            by=cast.supplies_clerk,
            wished_on=date(2026, 9, 24),
            reason="等货。",
            progress="已询价。",
        )
    suspend(cast, item.matter)

    for act in (
        lambda: flows.acknowledge(item_id=item.pk, by=cast.supplies_clerk),
        lambda: flows.submit_item(
            item_id=item.pk, by=cast.supplies_clerk, result="三人已签领。", evidence_note=world.SEEN
        ),
        lambda: flows.reassign(
            item_id=item.pk, by=cast.officer, assignee=cast.supplies_liaison, note="材料已交接。"
        ),
        lambda: flows.cancel_item(item_id=item.pk, by=cast.office_head, reason="不再需要。"),
        lambda: flows.answer_extension(extension_id=wish.pk, by=cast.supplies_head, approve=True),
    ):
        with at_moment(world.moment(15)), pytest.raises(NotReady, match=r"suspended|中止"):
            act()

    item.refresh_from_db()
    assert (item.state, item.assignee) == (ItemState.ISSUED, cast.supplies_clerk)
    with at_moment(world.moment(15)), as_actor(SYSTEM):
        assert flows.deem_received(item_id=item.pk, by=SYSTEM) is None


def test_what_a_ruling_brings_to_a_suspended_matter_is_issued_when_it_goes_on(cast):
    matter = suspend(cast, world.executing(cast))
    with at_moment(world.moment(15)):
        world.draft_item(cast, matter, source_number="争〔2026〕1号")
        world.draft_item(cast, matter)

        with as_actor(cast.officer):
            assert flows.issue_items(matter_id=matter.pk) == 0
        flows.resume(matter_id=matter.pk, by=cast.office_head)

    assert [item.source_number for item in matter.items.filter(state=ItemState.DRAFTED)] == [""]
    assert matter.items.filter(source_number="争〔2026〕1号", state=ItemState.ISSUED).exists()


def test_what_is_not_suspended_is_not_resumed(cast):
    with pytest.raises(NotReady):
        flows.resume(matter_id=world.executing(cast).pk, by=cast.office_head)


def settled_while_suspended(cast, *, question="agreed", document="纪〔2026〕1号", **held):
    """Ready to be decided, suspended; minutes then bring the outcome of its only question, an item and the decision."""
    matter = suspend(cast, world.deciding(cast))
    with at_moment(world.moment(15)), as_actor(cast.secretary):
        flows.write_item(
            matter=matter,
            department=cast.supplies,
            assignee=cast.supplies_clerk,
            source_number=document,
            **world.ITEM,
        )
        flows.record_outcome(
            question_id=matter.questions.get().pk, by=cast.secretary, outcome=question,
            resolution="由物资部采购。" if question == "agreed" else "",
        )  # fmt: skip
        given = {
            "way": "meeting",
            "resolution": "由物资部采购。",
            "document": document,
            "decided_by": cast.chair,
        }
        flows.decide_if_ready(matter_id=matter.pk, by=cast.secretary, **{**given, **held})
    return matter


def go_on(cast, matter):
    with at_moment(world.moment(16)):
        flows.resume(matter_id=matter.pk, by=cast.office_head)
    matter.refresh_from_db()
    return matter


def test_what_settled_the_last_question_while_suspended_decides_when_it_goes_on(cast):
    """Q13, Q20: nothing happens while it is suspended; then it goes on by itself, in the name of who decided."""
    matter = settled_while_suspended(cast)
    matter.refresh_from_db()
    assert (matter.stage, matter.items.get().state) == (Stage.DECISION, ItemState.DRAFTED)

    go_on(cast, matter)

    assert (matter.stage, matter.decided_by, matter.decision_way) == (Stage.EXECUTION, cast.chair, "meeting")
    assert (matter.resolution, matter.decision_document) == ("由物资部采购。", "纪〔2026〕1号")
    assert matter.items.get().state == ItemState.ISSUED
    assert world.owed(matter, Kind.DECIDE) is None
    assert not HeldDecision.objects.exists()


def test_a_question_deferred_while_suspended_still_waits_for_its_decision(cast):
    matter = settled_while_suspended(cast, question="deferred")

    go_on(cast, matter)

    assert (matter.stage, matter.decided_at) == (Stage.DECISION, None)
    assert world.owed(matter, Kind.DECIDE).state == State.OPEN
    assert not HeldDecision.objects.exists()


def test_nobody_decides_their_own_matter_by_its_going_on(cast):
    """§5, separation of duties: the applicant never decides."""
    matter = settled_while_suspended(cast, decided_by=cast.clerk)

    go_on(cast, matter)

    assert (matter.stage, matter.is_suspended) == (Stage.DECISION, False)


def test_the_later_of_two_decisions_held_back_is_the_one_that_counts(cast):
    matter = settled_while_suspended(cast)
    with at_moment(world.moment(15, 15)):
        flows.decide_if_ready(
            matter_id=matter.pk,
            by=cast.office_head,
            way="ruling",
            resolution="按裁定办理。",
            document="裁〔2026〕1号",
        )

    go_on(cast, matter)

    assert (matter.decision_document, matter.decided_by) == ("裁〔2026〕1号", cast.office_head)
