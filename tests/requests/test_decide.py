"""R057, R058, R061. The decision: unanimous opinions, outcomes of questions, items with owner and date, blocks."""

import pytest

from audit.acting import as_actor, at_moment
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.states import DecisionWay, ItemState, Opinion, Outcome, Stage
from supervision.states import Kind, State
from tests.requests import world

THURSDAY, FRIDAY = world.moment(10, 10), world.moment(11, 10)


def ready(cast, **opinions):
    matter = world.deciding(cast, **opinions)
    with at_moment(THURSDAY):
        world.draft_item(cast, matter)
    return matter


def decide(cast, matter, *, by=None, resolution="由物资部采购发放。"):
    with at_moment(FRIDAY):
        return flows.decide_as_office(matter_id=matter.pk, by=by or cast.office_head, resolution=resolution)


def still_deciding(matter):
    matter.refresh_from_db()
    return matter.stage == Stage.DECISION and not matter.items.exclude(state=ItemState.DRAFTED).exists()


def test_unanimous_opinions_let_the_head_of_the_office_decide(cast):
    matter = decide(cast, ready(cast))

    assert (matter.stage, matter.decision_way, matter.decided_by) == (
        Stage.EXECUTION, DecisionWay.OFFICE, cast.office_head,
    )  # fmt: skip
    assert matter.questions.get().outcome == Outcome.AGREED
    assert world.owed(matter, Kind.DECIDE) is None
    assert world.told(cast.clerk, "has been decided")


@pytest.mark.parametrize("opinion", [Opinion.DISAGREE, Opinion.CONDITIONS])
def test_one_objection_calls_for_a_meeting(cast, opinion):
    matter = ready(cast, staffing=opinion)

    with pytest.raises(NotReady, match=r"unanimous|一致"):
        decide(cast, matter)

    assert still_deciding(matter)


def test_a_missing_opinion_keeps_the_matter_undecided(cast):
    """R055: nobody is passed over."""
    matter = world.prepared(cast)
    with at_moment(world.moment(10)):
        flows.start_decision(matter_id=matter.pk, by=cast.officer)
    with at_moment(THURSDAY):
        world.draft_item(cast, matter)

    with pytest.raises(NotReady):
        decide(cast, matter)

    assert still_deciding(matter)


def test_a_decision_without_an_item_is_refused(cast):
    """R057, R061: of minutes, letter and task list the list is always there."""
    matter = world.deciding(cast)

    with pytest.raises(NotReady):
        decide(cast, matter)

    assert still_deciding(matter)


def test_a_decision_needs_its_resolution(cast):
    matter = ready(cast)

    with pytest.raises(Invalid):
        decide(cast, matter, resolution=" ")

    assert still_deciding(matter)


@pytest.mark.parametrize("name", ["clerk", "officer", "supplies_head", "chair", "secretary", "auditor"])
def test_nobody_but_the_head_of_the_office_decides_as_the_office(cast, name):
    matter = ready(cast)

    with pytest.raises(NotYours):
        decide(cast, matter, by=getattr(cast, name))

    assert still_deciding(matter)


def test_the_head_of_the_office_does_not_decide_the_own_matter(cast):
    cast.clerk = cast.office_head
    matter = ready(cast)

    with pytest.raises(NotYours):
        decide(cast, matter)

    assert still_deciding(matter)


def test_a_meeting_decides_only_when_every_question_has_its_outcome(cast):
    matter = ready(cast, staffing=Opinion.DISAGREE)
    act = {
        "matter_id": matter.pk, "by": cast.secretary, "decided_by": cast.chair, "way": DecisionWay.MEETING,
        "resolution": "由物资部采购。", "document": "纪〔2026〕1号",
    }  # fmt: skip

    with pytest.raises(NotReady):
        flows.decide(**act)
    assert still_deciding(matter)

    with at_moment(FRIDAY):
        flows.record_outcome(
            question_id=matter.questions.get().pk, by=cast.secretary, outcome=Outcome.AGREED,
            resolution="由物资部采购。",
        )  # fmt: skip
        matter = flows.decide(**act)
    assert (matter.stage, matter.decided_by) == (Stage.EXECUTION, cast.chair)


def test_a_meeting_that_the_applicant_chaired_decides_nothing(cast):
    matter = ready(cast)
    with at_moment(FRIDAY):
        flows.record_outcome(
            question_id=matter.questions.get().pk, by=cast.secretary, outcome=Outcome.AGREED,
            resolution="由物资部采购。",
        )  # fmt: skip

        with pytest.raises(NotYours):
            flows.decide(
                matter_id=matter.pk, by=cast.secretary, decided_by=cast.clerk, way=DecisionWay.MEETING,
                resolution="由物资部采购。", document="纪〔2026〕1号",
            )  # fmt: skip

    assert still_deciding(matter)


@pytest.mark.parametrize("outcome", [Outcome.DEFERRED, Outcome.NOT_AGREED, Outcome.IN_DISPUTE])
def test_the_office_does_not_decide_over_a_question_that_was_left_apart(cast, outcome):
    matter = ready(cast)
    with as_actor(cast.secretary):
        matter.questions.update(outcome=outcome)

    with pytest.raises(NotReady, match=r"deferred|暂缓|搁置"):
        decide(cast, matter)

    assert still_deciding(matter)


def test_agreed_needs_the_resolution_and_not_agreed_two_positions(cast):
    """R058: the point of difference of each department."""
    question = world.deciding(cast).questions.get()

    with pytest.raises(Invalid):
        flows.record_outcome(question_id=question.pk, by=cast.secretary, outcome=Outcome.AGREED)
    with pytest.raises(Invalid):
        flows.record_outcome(
            question_id=question.pk, by=cast.secretary, outcome=Outcome.NOT_AGREED,
            differences=[{"department": cast.supplies, "position": "应由人力资源部归口。"}],
        )  # fmt: skip

    question.refresh_from_db()
    assert question.outcome == Outcome.OPEN
    assert not question.differences.exists()


def test_a_settled_question_is_not_settled_again(cast):
    question = world.executing(cast).questions.get()

    with pytest.raises(NotReady):
        flows.record_outcome(
            question_id=question.pk, by=cast.secretary, outcome=Outcome.AGREED, resolution="另议。"
        )


def test_items_of_settled_questions_do_not_wait_for_the_rest(cast):
    matter = world.accepted(cast)
    with at_moment(world.moment(8)):
        flows.write_preparation(
            matter_id=matter.pk,
            by=cast.officer,
            **{**world.PREPARATION, "questions": ["谁采购？", "谁付款？"]},
        )
        flows.deliver_material(matter_id=matter.pk, by=cast.officer)
        world.opine(cast, matter, staffing=Opinion.DISAGREE)
    with at_moment(world.moment(10)):
        flows.start_decision(matter_id=matter.pk, by=cast.officer)
        first, second = matter.questions.all()
        settled = world.draft_item(cast, matter, question=first)
        waiting = world.draft_item(cast, matter, question=second)
        flows.record_outcome(
            question_id=first.pk, by=cast.secretary, outcome=Outcome.AGREED, resolution="物资部采购。"
        )
        decided = flows.decide_if_ready(
            matter_id=matter.pk, by=cast.secretary, way=DecisionWay.MEETING, resolution="部分议定",
            document="纪〔2026〕1号",
        )  # fmt: skip

    settled.refresh_from_db()
    waiting.refresh_from_db()
    assert decided is None
    assert (settled.state, waiting.state) == (ItemState.ISSUED, ItemState.DRAFTED)


def test_sent_back_to_preparation_once(cast):
    matter = world.deciding(cast)

    with pytest.raises(Invalid):
        flows.send_back_to_preparation(matter_id=matter.pk, by=cast.office_head, reason=" ")
    with at_moment(THURSDAY):
        matter = flows.send_back_to_preparation(
            matter_id=matter.pk, by=cast.office_head, reason="缺合同条款。"
        )
    assert matter.stage == Stage.PREPARATION
    assert world.owed(matter, Kind.DECIDE) is None
    assert world.owed(matter, Kind.PREPARE).holder == cast.officer

    with at_moment(FRIDAY):
        flows.start_decision(matter_id=matter.pk, by=cast.officer)
    with pytest.raises(NotReady):
        flows.send_back_to_preparation(matter_id=matter.pk, by=cast.office_head, reason="再议。")


def test_a_dispute_blocks_the_decision_until_it_ends(cast):
    matter = ready(cast)
    with at_moment(THURSDAY), as_actor(cast.officer):
        flows.block(
            matter_id=matter.pk, question_id=matter.questions.get().pk, subject_type="dispute", subject_id=1,
            number="争〔2026〕1号", reason="采购责任有争议",
        )  # fmt: skip
    assert world.owed(matter, Kind.DECIDE).state == State.SUSPENDED

    with pytest.raises(NotReady):
        decide(cast, matter)
    assert still_deciding(matter)

    with at_moment(FRIDAY), as_actor(cast.officer):
        assert flows.unblock(subject_type="dispute", subject_id=1) == 1
    assert world.owed(matter, Kind.DECIDE).state == State.OPEN


def test_a_dispute_about_the_whole_matter_stops_its_items_until_it_ends(cast):
    item = world.started(cast)
    act = {"subject_type": "dispute", "subject_id": 1}

    with at_moment(world.moment(14, 10)), as_actor(cast.officer):
        flows.block(matter_id=item.matter_id, number="争〔2026〕1号", reason="谁付钱", **act)
    assert world.owed(item, Kind.EXECUTE).state == State.SUSPENDED

    with at_moment(world.moment(15, 10)), as_actor(cast.officer):
        flows.unblock(**act)
    assert world.owed(item, Kind.EXECUTE).state == State.OPEN


def test_a_dispute_about_one_question_stops_the_items_of_that_question_only(cast):
    matter = world.deciding(cast)
    with at_moment(THURSDAY):
        own = world.draft_item(cast, matter, question=matter.questions.get())
        other = world.draft_item(cast, matter)
    decide(cast, matter)

    with at_moment(world.moment(14, 10)), as_actor(cast.officer):
        flows.block(
            matter_id=matter.pk, question_id=matter.questions.get().pk, subject_type="dispute", subject_id=1,
            number="争〔2026〕1号", reason="谁付钱",
        )  # fmt: skip

    assert world.owed(own, Kind.EXECUTE).state == State.SUSPENDED
    assert world.owed(other, Kind.EXECUTE).state == State.OPEN


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_issue_the_items_once(cast):
    matter = ready(cast)

    results = world.both_at_once(lambda: decide(cast, matter), lambda: decide(cast, matter))

    assert sorted(type(result).__name__ for result in results) == ["CoordinationRequest", "NotReady"]
    assert matter.items.get().number == "督〔2026〕1号"
