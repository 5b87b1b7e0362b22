"""§3.5: what stands still goes on: a paper freed by a meeting, pulled back, given back, or not followed up."""

import pytest

from audit.acting import as_actor, at_moment
from audit.refusals import NotReady
from disputes import flows as registering
from requests import flows
from requests.models import Circulation
from supervision.models import Obligation
from supervision.states import Kind
from tests.disputes import world as disputes
from tests.meetings import world as meetings
from tests.requests import circulation_world as papers
from tests.requests import oral_world as oral
from tests.requests import world


def opposed(cast, *, on_question=False, matter=None) -> Circulation:
    """Two departments disagree, were answered, and stand against it still."""
    matter = matter or world.deciding(cast)
    paper = papers.draft(cast, matter, question=matter.questions.get() if on_question else None)
    with at_moment(world.moment(10, 11)):
        flows.start_circulation(circulation_id=paper.pk, by=cast.officer)
    papers.both_sign(cast, paper, "disagree", "disagree")
    with at_moment(world.moment(11, 10)):
        for department in (cast.supplies, cast.staffing):
            papers.answer(paper, department)
    return papers.now(paper)


def meet(cast, paper, outcome):
    """The meeting has spoken of the paper's question."""
    with at_moment(world.moment(14)), as_actor(cast.secretary):
        flows.record_outcome(
            question_id=paper.question_id, by=cast.secretary, outcome=outcome,
            resolution="由物资部采购。" if outcome == "agreed" else "",
        )  # fmt: skip


def not_ours(cast) -> tuple[Circulation, object]:
    """Staffing says that it is not its duty; the office owes the ruling."""
    paper = papers.routing(cast)
    row = papers.sign(
        paper, cast.staffing_head, "not_ours", "职责清单第3条。", proposed_department=cast.planning
    )
    return papers.now(paper), row


def pull_back(cast, paper):
    with at_moment(world.moment(11, 11)):
        return flows.pull_back(circulation_id=paper.pk, by=paper.drafted_by, reason="数量有误。")


def given_back(cast) -> Circulation:
    paper = papers.both_sign(cast, papers.routing(cast))
    with at_moment(world.moment(11, 11)):
        return flows.give_back_paper(circulation_id=paper.pk, by=cast.office_head, reason="写明数量。")


def test_what_a_meeting_settled_goes_on_to_its_signer_and_the_drafter_hears_it(cast):
    paper = opposed(cast, on_question=True)
    assert world.owed(paper, Kind.APPROVE_OFFICE) is None

    meet(cast, paper, "agreed")

    assert world.owed(paper, Kind.APPROVE_OFFICE).holder == cast.office_head
    assert world.told(cast.officer, "the paper goes on")


def test_what_a_meeting_left_open_is_the_drafters_again(cast):
    paper = opposed(cast, on_question=True)

    meet(cast, paper, "deferred")

    assert world.owed(paper, Kind.CONSOLIDATE).holder == cast.officer
    assert world.told(cast.officer, "still stand against each other")


def test_left_open_it_is_recorded_as_not_agreed_and_nothing_is_owed_on_it(cast):
    paper = opposed(cast, on_question=True)
    meet(cast, paper, "deferred")

    flows.leave_open(circulation_id=paper.pk, by=cast.officer)

    assert world.owed(paper, Kind.CONSOLIDATE) is None


def test_a_paper_on_the_whole_matter_goes_on_when_the_matter_is_decided(cast):
    paper = opposed(cast)
    with at_moment(world.moment(10, 12)):
        world.draft_item(cast, paper.matter)

    with at_moment(world.moment(14)):
        flows.decide_as_office(matter_id=paper.matter_id, by=cast.office_head, resolution="由物资部采购。")

    assert world.owed(paper, Kind.APPROVE_OFFICE).holder == cast.office_head


def test_a_paper_without_a_question_is_the_drafters_again_once_a_meeting_of_the_execution_has_spoken(cast):
    paper = opposed(cast, matter=oral.begun(cast))
    assert world.owed(paper, Kind.CONSOLIDATE) is None

    meetings.published(
        cast, matter=paper.matter, items=[{"text": "三套劳保服由谁采购？", "matter": paper.matter}],
        attendees=[cast.supplies_liaison, cast.staffing_liaison, cast.repair_head],
    )  # fmt: skip

    assert world.owed(paper, Kind.CONSOLIDATE).holder == cast.officer


def test_a_ruling_of_the_execution_gives_a_paper_without_a_question_back_too(cast):
    paper = opposed(cast, matter=oral.begun(cast))
    with at_moment(world.moment(14)):
        dispute = registering.register(
            matter_id=paper.matter_id, by=cast.officer, parties=[cast.supplies, cast.staffing], points=["由谁采购？"],
            **{**disputes.DISPUTE, "exemption_reason": "抢险不能等。"},
        )  # fmt: skip
        disputes.talk(cast, dispute, held_at=world.moment(14, 8))
        registering.to_ruling(dispute_id=dispute.pk, by=cast.supplies_liaison)
        disputes.rule(cast, dispute)

    assert world.owed(paper, Kind.CONSOLIDATE).holder == cast.officer


def test_pulled_back_no_ruling_is_owed_and_the_office_hears_it(cast):
    paper, row = not_ours(cast)
    assert world.owed(row, Kind.DUTY_RULING)

    flows.pull_back(circulation_id=paper.pk, by=cast.office_head, reason="数量有误。")

    assert world.owed(row, Kind.DUTY_RULING) is None
    assert world.told(cast.officer, "has been pulled back")


def test_sent_round_again_the_ruling_is_owed_again(cast):
    paper, row = not_ours(cast)
    pull_back(cast, paper)

    with at_moment(world.moment(14)):
        flows.start_circulation(circulation_id=paper.pk, by=cast.officer)

    assert world.owed(row, Kind.DUTY_RULING)


def test_given_back_the_drafters_duty_is_done_when_it_goes_round_again(cast):
    paper = given_back(cast)
    assert world.owed(paper, Kind.CONSOLIDATE)

    with at_moment(world.moment(14)):
        flows.start_circulation(circulation_id=paper.pk, by=cast.officer)

    ended = Obligation.objects.of(Circulation.SUBJECT, paper.pk).filter(kind=Kind.CONSOLIDATE)
    assert {duty.outcome for duty in ended} == {"done"}


def test_not_followed_up_nothing_is_owed_and_who_signed_hears_it(cast):
    paper = given_back(cast)

    flows.drop_paper(circulation_id=paper.pk, by=cast.officer, reason="改由会议议定。")

    assert (
        not Obligation.objects.of_case(paper.matter_id)
        .open()
        .filter(subject_type=Circulation.SUBJECT)
        .exists()
    )
    assert world.told(cast.staffing_head, "is not followed up")


def test_what_is_not_followed_up_is_not_dropped_twice(cast):
    paper = given_back(cast)
    flows.drop_paper(circulation_id=paper.pk, by=cast.officer, reason="改由会议议定。")

    with pytest.raises(NotReady):
        flows.drop_paper(circulation_id=paper.pk, by=cast.officer, reason="再次。")

    assert papers.now(paper).pulled_reason == "改由会议议定。"
