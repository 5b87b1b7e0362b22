"""R036–R038, Q5–Q8: three levels approve a major matter, one after the other, by three persons, none of them a party."""

import pytest
from django.db import IntegrityError, transaction

from archive import contents
from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.approval_states import ApplicationState, ApprovalLevel
from requests.models import ApprovalStep, CoordinationRequest, ProjectApplication
from requests.states import RejectionGround, Stage
from supervision.models import Obligation
from supervision.states import Kind, State
from tests.requests import approval_world as approvals
from tests.requests import world
from tests.requests.approval_world import ALL_SO, answer


def paper_of(matter):
    return ProjectApplication.objects.get(matter=matter)


def stage(matter):
    return CoordinationRequest.objects.get(pk=matter.pk).stage


def waiting(matter):
    step = paper_of(matter).steps.open().first()
    return step and (step.level, step.asked, step.round)


def accept(cast, matter, **changes):
    given = {
        "lead_department": cast.supplies,
        "co_departments": [],
        **world.ASSESSMENT,
        **changes,
    }
    return flows.accept(matter_id=matter.pk, by=cast.officer, conditions=world.all_met(), **given)


# --- the chain ---


def test_three_levels_approve_in_order_and_then_it_can_be_accepted(cast):
    matter = approvals.approved(cast)

    answered = paper_of(matter).steps.values_list("level", "answered_by")
    assert list(answered) == [
        ("department", cast.repair_head.pk), ("office", cast.office_head.pk), ("leader", cast.chair.pk),
    ]  # fmt: skip
    assert accept(cast, matter).stage == Stage.PREPARATION


@pytest.mark.parametrize("begin", ["major", "in_approval", "at_the_top"])
def test_a_missing_level_blocks_the_acceptance(cast, begin):
    matter = getattr(approvals, begin)(cast)

    with pytest.raises(NotReady):
        accept(cast, matter)

    assert stage(matter) == Stage.PROPOSAL


def test_a_simple_matter_needs_its_acceptance_only(cast):
    assert accept(cast, world.filed(cast)).stage == Stage.PREPARATION


def test_the_departments_of_the_acceptance_count_too(cast):
    matter = world.filed(cast)
    flows.write_approval_rule(by=cast.office_head, departments_from=2, levels="department")

    with pytest.raises(NotReady, match="部门初审"):
        accept(cast, matter, co_departments=[cast.staffing])

    assert stage(matter) == Stage.PROPOSAL


def test_each_level_owes_its_answer_and_the_acceptance_waits(cast):
    matter = approvals.at_the_office(cast)

    duties = Obligation.objects.of_case(matter.pk)
    assert duties.open().get(kind=Kind.APPROVE_OFFICE).holder == cast.office_head
    assert not duties.open().filter(kind=Kind.APPROVE_DEPARTMENT).exists()
    assert duties.get(kind=Kind.ACCEPT).state == State.SUSPENDED


def test_only_who_holds_the_level_answers_it(cast):
    matter = approvals.in_approval(cast)

    for person in (cast.clerk, cast.officer, cast.office_head, cast.chair, cast.auditor, cast.supplies_head):
        with pytest.raises(NotYours):
            answer(matter, person)

    assert waiting(matter) == (ApprovalLevel.DEPARTMENT, cast.repair_head, 1)


def test_nobody_approves_two_levels(cast):
    with as_actor(SYSTEM):
        cast.supplies.posts.filter(user=cast.supplies_head).update(user=cast.repair_head)
        cast.repair.leader_in_charge = cast.repair_head
        cast.repair.save()
    matter = approvals.at_the_top(cast)

    assert waiting(matter)[1] == cast.chair
    with pytest.raises(NotYours):
        answer(matter, cast.repair_head)


def test_the_database_refuses_a_second_level_of_one_person_and_the_own_approval(cast):
    step = paper_of(approvals.at_the_office(cast)).steps.open().get()

    for person in (cast.repair_head, cast.clerk):
        with pytest.raises(IntegrityError), transaction.atomic(), as_actor(SYSTEM):
            ApprovalStep.objects.filter(pk=step.pk).update(
                outcome="approved", answered_by=person, answered_at=world.moment(9)
            )


def test_a_head_who_filed_it_is_a_party_and_the_leader_stands_in(cast):
    with as_actor(SYSTEM):
        CoordinationRequest.objects.filter(pk=approvals.major(cast).pk).update(filed_by=cast.repair_head)
    matter = CoordinationRequest.objects.get()
    flows.write_application(matter_id=matter.pk, by=cast.officer, fields=approvals.paper(cast))
    flows.submit_application(matter_id=matter.pk, by=cast.officer)

    step = paper_of(matter).steps.get()
    assert (step.asked, step.on_behalf_of) == (cast.chair, cast.repair_head)
    answer(matter, cast.chair)
    answer(matter, cast.office_head)
    assert waiting(matter)[1] == cast.arbiter


def test_edge_24_a_head_who_is_to_lead_the_project_is_a_party_and_the_leader_stands_in(cast):
    """Domain §9, 24: the applicant's own head is party to it, so never approves it."""
    matter = approvals.in_approval(cast, lead_person=cast.repair_head, lead_department=cast.repair)

    step = paper_of(matter).steps.get()
    assert (step.asked, step.on_behalf_of) == (cast.chair, cast.repair_head)
    with pytest.raises(NotYours):
        answer(matter, cast.repair_head)
    assert waiting(matter)[1] == cast.chair


# --- the ticks ---


def test_a_negative_tick_needs_its_comment_beside_it(cast):
    """R037: what is not so is explained."""
    matter = approvals.in_approval(cast)
    checks = {**ALL_SO, "risk": {"is_so": False, "comment": " "}}

    with pytest.raises(Invalid) as refused:
        answer(matter, cast.repair_head, checks=checks)

    assert list(refused.value.fields) == ["comment_risk"]
    assert waiting(matter)[0] == ApprovalLevel.DEPARTMENT
    answer(matter, cast.repair_head, checks={**ALL_SO, "risk": {"is_so": False, "comment": "供货有风险。"}})
    assert (
        "供货有风险。" in TransitionLog.objects.of_case(matter.pk).filter(verb="answer_approval").get().reason
    )


def test_every_check_is_answered_before_a_level_approves(cast):
    matter = approvals.in_approval(cast)

    with pytest.raises(Invalid) as refused:
        answer(matter, cast.repair_head, checks={})

    assert len(refused.value.fields) == 5
    assert waiting(matter)[0] == ApprovalLevel.DEPARTMENT


def test_money_is_approved_at_the_top_with_its_budget_line(cast):
    matter = approvals.at_the_top(cast, budget=480_000)

    with pytest.raises(Invalid) as refused:
        answer(matter, cast.chair)

    assert list(refused.value.fields) == ["budget_line"]
    assert answer(matter, cast.chair, budget_line="信息化建设费").outcome == "approved"


# --- return, reject ---


def test_a_level_returns_to_the_one_below_and_both_are_asked_again(cast):
    matter = approvals.at_the_top(cast)

    answer(matter, cast.chair, "returned", opinion="请补充费用测算。")

    assert waiting(matter) == (ApprovalLevel.OFFICE, cast.office_head, 2)
    with pytest.raises(NotReady):
        accept(cast, matter)
    answer(matter, cast.office_head)
    assert waiting(matter) == (ApprovalLevel.LEADER, cast.chair, 2)


def test_the_lowest_level_returns_to_the_writer_and_the_second_round_asks_everybody_again(cast):
    matter = approvals.at_the_office(cast)
    answer(matter, cast.office_head, "returned", opinion="目标不可衡量。")
    answer(matter, cast.repair_head, "returned", opinion="退回补充目标。")

    assert paper_of(matter).state == ApplicationState.DRAFTED
    assert world.told(cast.planning_liaison, "returned")
    assert world.owed(matter, Kind.ACCEPT).state == State.OPEN
    flows.submit_application(matter_id=matter.pk, by=cast.planning_liaison)
    assert waiting(matter) == (ApprovalLevel.DEPARTMENT, cast.repair_head, 3)
    with pytest.raises(NotReady):
        accept(cast, matter)


def test_a_return_and_a_refusal_need_their_reason(cast):
    matter = approvals.in_approval(cast)

    for outcome in ("returned", "rejected"):
        with pytest.raises(Invalid) as refused:
            answer(matter, cast.repair_head, outcome)
        assert list(refused.value.fields) == ["opinion"]

    assert waiting(matter)[0] == ApprovalLevel.DEPARTMENT


def test_what_is_not_approved_is_refused_and_may_be_reviewed_once(cast):
    matter = approvals.at_the_office(cast)
    answer(matter, cast.office_head, "rejected", opinion="与在建系统重复。")

    found = CoordinationRequest.objects.get(pk=matter.pk)
    assert (found.stage, found.rejection_ground) == (Stage.REJECTED, RejectionGround.NOT_APPROVED)
    assert not Obligation.objects.of_case(matter.pk).open().exclude(kind=Kind.REVIEW_WINDOW).exists()
    review = flows.ask_review(matter_id=matter.pk, by=cast.clerk, reason="范围不同，并不重复。")
    assert review.level == "chair"
    flows.answer_review(matter_id=matter.pk, by=cast.chair, overturn=True, reason="范围确有不同。")
    assert (stage(matter), paper_of(matter).state) == (Stage.PROPOSAL, ApplicationState.DRAFTED)


def test_a_form_that_is_returned_for_completion_takes_its_approvals_along(cast):
    matter = approvals.approved(cast)
    with at_moment(world.moment(8)):
        flows.return_for_revision(matter_id=matter.pk, by=cast.officer, gaps=[("goal", "写明状态。")])

    assert paper_of(matter).state == ApplicationState.DRAFTED
    with at_moment(world.moment(9)):
        flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields={"goal": "9月24日前12个班组统一配置。"})
        answers = {gap.pk: "已写明。" for gap in matter.gaps.open()}
        flows.resubmit(matter_id=matter.pk, by=cast.clerk, answers=answers)
    with pytest.raises(NotReady):
        accept(cast, matter)


# --- the paper ---


def test_the_paper_is_drawn_from_the_request_and_all_gaps_are_named_at_once(cast):
    """R035: drawn from the request, completed by the lead."""
    matter = approvals.major(cast)
    paper = flows.write_application(matter_id=matter.pk, by=cast.officer, fields={})

    assert paper.title == matter.title
    assert [(row["name"], row["answer"]) for row in paper.departments] == [("物资部", "conditions")]
    with pytest.raises(Invalid) as refused:
        flows.submit_application(matter_id=matter.pk, by=cast.officer)
    assert set(refused.value.fields) >= {"goals", "milestones", "resources", "risks", "lead_person"}
    assert paper_of(matter).number is None


def test_the_proposed_lead_completes_it_and_nobody_else_but_the_office(cast):
    matter = approvals.major(cast)
    flows.write_application(
        matter_id=matter.pk, by=cast.officer, fields={"lead_person": cast.planning_liaison}
    )

    assert world.told(cast.planning_liaison, "proposed as lead")
    flows.write_application(matter_id=matter.pk, by=cast.planning_liaison, fields=approvals.paper(cast))
    for person in (cast.clerk, cast.supplies_head, cast.repair_head):
        with pytest.raises(NotYours):
            flows.submit_application(matter_id=matter.pk, by=person)
    assert flows.submit_application(matter_id=matter.pk, by=cast.planning_liaison).number == "立〔2026〕1号"


def test_what_is_being_approved_is_not_changed(cast):
    matter = approvals.in_approval(cast)

    with pytest.raises(NotReady):
        flows.write_application(matter_id=matter.pk, by=cast.officer, fields={"title": "别的项目"})

    assert paper_of(matter).title == "劳保用品统一配置"


def test_a_matter_without_a_rule_hands_in_no_paper(cast):
    matter = world.filed(cast)
    flows.write_application(matter_id=matter.pk, by=cast.officer, fields=approvals.paper(cast))

    with pytest.raises(NotReady):
        flows.submit_application(matter_id=matter.pk, by=cast.officer)

    assert paper_of(matter).number is None


# --- the rule ---


@pytest.mark.parametrize(
    ("fields", "needed"), [({"amount": 500_000}, True), ({"amount": 499_999}, False), ({}, False)]
)
def test_the_rule_looks_at_the_amount(cast, fields, needed):
    matter = world.filed(cast, **fields)

    if needed:
        with pytest.raises(NotReady):
            accept(cast, matter)
    else:
        accept(cast, matter)

    assert stage(matter) == (Stage.PROPOSAL if needed else Stage.PREPARATION)


def test_the_head_of_the_office_writes_the_rule_and_nobody_else(cast):
    rule = flows.write_approval_rule(by=cast.office_head, category="internal", levels="office")

    with pytest.raises(NotReady, match="协调办复审"):
        accept(cast, world.filed(cast))
    with pytest.raises(NotYours):
        flows.write_approval_rule(by=cast.officer, rule_id=rule.pk, category="internal", levels="none")
    with pytest.raises(Invalid):
        flows.write_approval_rule(by=cast.office_head, levels="none")
    rule.refresh_from_db()
    assert rule.levels == "office"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_the_last_level_at_once_one_wins(cast):
    matter = approvals.at_the_top(cast)
    with at_moment(world.moment(10)):
        results = world.both_at_once(
            *(lambda who=who: answer(matter, who) for who in (cast.chair, cast.arbiter))
        )

    assert sorted(type(result).__name__ for result in results) == ["ApprovalStep", "NotReady"]
    assert paper_of(matter).steps.filter(level="leader").count() == 1


def test_the_dossier_holds_the_paper_and_every_step_also_of_earlier_rounds(cast):
    matter = approvals.at_the_top(cast)
    answer(matter, cast.chair, "returned", opinion="请补充费用测算。")

    (entry,) = contents.approvals(matter)

    assert entry.number == "立〔2026〕1号"
    assert [(row["level"], row["round"], row["outcome"]) for row in entry.snapshot["steps"]] == [
        ("department", 1, "approved"), ("office", 1, "approved"), ("leader", 1, "returned"), ("office", 2, ""),
    ]  # fmt: skip
