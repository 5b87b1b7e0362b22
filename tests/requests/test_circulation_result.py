"""R063, R057, Q13: each opinion has its answer, the result goes back, the issued paper may decide the matter."""

import pytest

from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from meetings.flows.wishes import draft_wished
from meetings.models import Meeting
from requests import flows
from requests.models import CoordinationRequest, MeetingWish
from supervision.states import Kind
from tests.requests import circulation_world as papers
from tests.requests import world


def test_r063_no_sign_off_while_an_opinion_is_unanswered(cast):
    paper = papers.both_sign(cast, papers.routing(cast), staffing="conditions")
    assert world.owed(paper, Kind.CONSOLIDATE).holder == cast.officer

    with pytest.raises(NotReady):
        flows.sign_off(circulation_id=paper.pk, by=cast.office_head)

    assert papers.now(paper).state == "consolidating"


def test_r063_what_is_not_adopted_hears_why(cast):
    paper = papers.both_sign(cast, papers.routing(cast), staffing="conditions")
    with pytest.raises(Invalid):
        papers.answer(paper, cast.staffing, "partly", " ")

    papers.answer(paper, cast.staffing, "partly")

    assert papers.row(paper, cast.staffing).state == "partly"
    assert world.told(cast.staffing_head, "has its answer")
    assert world.owed(paper, Kind.APPROVE_OFFICE).holder == cast.office_head


def test_s35_nobody_signs_off_what_they_drafted(cast):
    paper = papers.both_sign(cast, papers.routing(cast, by=cast.office_head))

    with pytest.raises(NotYours):
        flows.sign_off(circulation_id=paper.pk, by=cast.office_head)

    assert world.owed(paper, Kind.APPROVE_OFFICE).holder == cast.chair


def test_peers_13_given_back_it_returns_to_its_drafter_and_goes_round_again(cast):
    paper = papers.both_sign(cast, papers.routing(cast))
    flows.give_back_paper(circulation_id=paper.pk, by=cast.office_head, reason="写明数量。")
    assert world.owed(paper, Kind.CONSOLIDATE).holder == cast.officer

    with at_moment(world.moment(14)):
        flows.change_text(
            circulation_id=paper.pk, by=cast.officer, text="采购三套，9月20日前。", note="写明日期。"
        )
        paper = flows.start_circulation(circulation_id=paper.pk, by=cast.officer)

    assert (paper.state, paper.version) == ("routing", 2)
    assert papers.both_sign(cast, paper).state == "consolidating"


def test_r063_the_result_returns_to_each_department_which_signs_for_it(cast):
    paper = papers.signed_off(cast)
    row = papers.row(paper, cast.staffing)
    assert world.owed(row, Kind.RECEIPT) is not None

    flows.read_result(countersign_id=row.pk, by=cast.staffing_liaison)

    assert papers.row(paper, cast.staffing).read_by == cast.staffing_liaison
    assert world.owed(row, Kind.RECEIPT) is None


def test_s35_signed_off_no_opinion_changes_any_more(cast):
    paper = papers.signed_off(cast)

    with pytest.raises(NotReady):
        papers.sign(paper, cast.staffing_head, "disagree", "岗位不符。")

    assert papers.row(paper, cast.staffing).opinion == "agree"


@pytest.fixture
def opposed(cast):
    """Both departments disagree and are not followed."""
    question = world.deciding(cast).questions.get()
    paper = papers.draft(cast, question.matter, question=question)
    with at_moment(world.moment(10, 11)):
        flows.start_circulation(circulation_id=paper.pk, by=cast.officer)
    papers.both_sign(cast, paper, "disagree", "disagree")
    with at_moment(world.moment(11, 10)):
        papers.answer(paper, cast.supplies)
        papers.answer(paper, cast.staffing)
    return papers.now(paper)


def test_s35_two_unresolved_disagreements_call_for_a_meeting_with_both(cast, opposed):
    with pytest.raises(NotReady):
        flows.sign_off(circulation_id=opposed.pk, by=cast.office_head)

    with at_moment(world.moment(11, 11)):
        draft_wished(world.moment(11, 11))

    seats = Meeting.objects.get().invitations.values_list("person", flat=True)
    assert MeetingWish.objects.get().reason == "sign"
    assert {cast.supplies_liaison.pk, cast.staffing_liaison.pk} <= set(seats)


def test_r058_left_open_the_question_bears_the_difference_of_each_department(cast, opposed):
    flows.leave_open(circulation_id=opposed.pk, by=cast.officer)

    question = opposed.question
    question.refresh_from_db()
    assert question.outcome == "not_agreed"
    assert set(question.differences.values_list("department", flat=True)) == {
        cast.supplies.pk,
        cast.staffing.pk,
    }


def test_s35_one_disagreement_answered_holds_nothing_up(cast):
    paper = papers.both_sign(cast, papers.routing(cast), staffing="disagree")
    papers.answer(paper, cast.staffing)

    flows.sign_off(circulation_id=paper.pk, by=cast.office_head)

    assert papers.now(paper).state == "signed_off"
    assert not MeetingWish.objects.exists()


def test_q13_an_issued_paper_decides_the_matter_with_its_number_as_the_document(cast):
    """R059: what a department keeps to stands beside the agreement."""
    matter = world.deciding(cast)
    with at_moment(world.moment(10, 10)):
        world.draft_item(cast, matter)
    paper = papers.draft(cast, matter, decides=True)
    flows.start_circulation(circulation_id=paper.pk, by=cast.officer)
    papers.both_sign(cast, paper, staffing="conditions")
    papers.answer(paper, cast.staffing)
    flows.sign_off(circulation_id=paper.pk, by=cast.office_head)

    paper = flows.issue_paper(circulation_id=paper.pk, by=cast.officer)

    matter = CoordinationRequest.objects.get(pk=matter.pk)
    assert (matter.stage, matter.decision_way, matter.decision_document) == (
        "execution",
        "cosign",
        paper.number,
    )
    assert matter.decided_by == cast.office_head
    assert matter.questions.get().reservations.get().department == cast.staffing


def test_q13_a_paper_that_decides_nothing_leaves_the_matter_where_it_is(cast):
    paper = papers.issued(cast)

    assert paper.number == "协调〔2026〕1号"
    assert CoordinationRequest.objects.get(pk=paper.matter_id).stage == "decision"


def test_r024_the_office_says_what_silence_means_for_a_kind(cast):
    given = {"name": "会议通知", "silence": "deemed", "is_used": True}
    with pytest.raises(Invalid):
        flows.write_paper_kind(by=cast.office_head, is_routine=False, **given)
    with pytest.raises(NotYours):
        flows.write_paper_kind(by=cast.officer, is_routine=True, **given)

    assert flows.write_paper_kind(by=cast.office_head, is_routine=True, **given).silence == "deemed"
