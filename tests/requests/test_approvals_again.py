"""Approvals that are touched again (R036, §2): a paper written over another hand, one taken back, departments that join."""

import pytest

from audit.acting import at_moment
from audit.models import TransitionLog
from audit.refusals import Conflict, Invalid, NotReady
from requests import flows
from requests.approval_states import ApplicationState
from requests.flows.applications import seen_of_application
from requests.models import CoordinationRequest, ProjectApplication
from requests.states import Stage
from tests.requests import approval_world as approvals
from tests.requests import world
from tests.requests.approval_world import answer


def paper_of(matter):
    return ProjectApplication.objects.get(matter=matter)


def write(matter, by, **given):
    return flows.write_application(matter_id=matter.pk, by=by, **{"fields": {}, **given})


def waiting(matter):
    step = paper_of(matter).steps.open().first()
    return step and (step.level, step.asked)


def story(matter, verb):
    return TransitionLog.objects.of_case(matter.pk).filter(verb=verb)


# --- two at one paper, and what was approved ---


def test_a_stale_form_writes_over_nobody_and_hears_who_was_first(cast):
    matter = approvals.major(cast)
    stale = seen_of_application(write(matter, cast.officer, fields=approvals.paper(cast)))
    write(matter, cast.planning_liaison, fields={"title": "统一配置二期"}, seen=stale)

    with pytest.raises(Conflict, match="顾明"):
        write(matter, cast.officer, fields={"title": "别的项目"}, seen=stale)

    assert paper_of(matter).title == "统一配置二期"


def test_approvals_are_taken_back_only_when_that_is_meant_and_the_story_names_them(cast):
    matter = approvals.approved(cast)

    with pytest.raises(Invalid, match="范长青") as refused:
        write(matter, cast.officer, fields={"title": "别的项目"})

    assert list(refused.value.fields) == ["takes_back"]
    assert paper_of(matter).state == ApplicationState.APPROVED
    write(matter, cast.officer, fields={"title": "别的项目"}, takes_back=True)
    assert story(matter, "call_back_application").get().params["names"] == "郑国栋、宋雅琴、范长青"
    assert world.told(cast.chair, "no longer counts")


def test_what_cannot_be_handed_in_anew_keeps_its_approvals(cast):
    matter = approvals.approved(cast)

    with pytest.raises(Invalid):
        flows.hand_in_application(
            matter_id=matter.pk, by=cast.officer, fields={"content": ""}, takes_back=True
        )

    assert paper_of(matter).state == ApplicationState.APPROVED
    assert not story(matter, "call_back_application").exists()


# --- departments that join ---


def join(cast, matter, *departments):
    return flows.change_participants(
        matter_id=matter.pk, by=cast.officer, lead_department=cast.supplies, co_departments=departments
    )


def prepare(cast, matter):
    with at_moment(world.moment(8)):
        flows.write_preparation(matter_id=matter.pk, by=cast.officer, **world.PREPARATION)
        flows.deliver_material(matter_id=matter.pk, by=cast.officer)


def decide(cast, matter):
    with at_moment(world.moment(10)):
        return flows.start_decision(matter_id=matter.pk, by=cast.officer)


def test_departments_that_join_bring_the_approvals_along_and_the_decision_waits_for_them(cast):
    matter = world.accepted(cast)
    flows.write_approval_rule(by=cast.office_head, departments_from=3, levels="department")
    join(cast, matter, cast.staffing, cast.planning)
    prepare(cast, matter)

    with pytest.raises(NotReady, match="立项申请书"):
        decide(cast, matter)

    departments = [
        {
            "department": row.department,
            "answer": "willing",
            "condition": "",
            "person": "林佳",
            "day": "2026-09-04",
        }
        for row in matter.participants.select_related("department")
    ]
    with at_moment(world.moment(8, 10)):
        write(matter, cast.officer, fields=approvals.paper(cast, departments=departments))
        flows.submit_application(matter_id=matter.pk, by=cast.officer)
        answer(matter, cast.repair_head)
    assert decide(cast, matter).stage == Stage.DECISION


def test_an_approved_paper_goes_on_to_the_levels_that_are_missing_and_no_level_is_asked_twice(cast):
    with at_moment(world.moment(7)):
        flows.write_approval_rule(by=cast.office_head, departments_from=1, levels="department")
        matter = world.filed(cast)
        write(matter, cast.officer, fields=approvals.paper(cast))
        flows.submit_application(matter_id=matter.pk, by=cast.officer)
        answer(matter, cast.repair_head)
        flows.accept(
            matter_id=matter.pk, by=cast.officer, lead_department=cast.supplies, co_departments=[],
            conditions=world.all_met(), **world.ASSESSMENT,
        )  # fmt: skip
        flows.write_approval_rule(by=cast.office_head, departments_from=2, levels="office")
        join(cast, matter, cast.planning)

        assert waiting(matter) == ("office", cast.office_head)
        assert story(matter, "ask_missing_levels").exists()
        answer(matter, cast.office_head)
    assert paper_of(matter).state == ApplicationState.APPROVED
    assert paper_of(matter).steps.filter(level="department").count() == 1


def test_a_department_that_is_dropped_again_takes_its_level_along(cast):
    matter = world.accepted(cast)
    flows.write_approval_rule(by=cast.office_head, departments_from=3, levels="department")
    join(cast, matter, cast.staffing, cast.planning)
    join(cast, matter, cast.staffing)
    prepare(cast, matter)

    assert decide(cast, matter).stage == Stage.DECISION


def test_whoever_is_no_longer_asked_hears_it_and_the_story_keeps_it(cast):
    with at_moment(world.moment(7)):
        flows.write_approval_rule(by=cast.office_head, departments_from=1, levels="department")
        matter = world.filed(cast)
        write(matter, cast.officer, fields=approvals.paper(cast))
        flows.submit_application(matter_id=matter.pk, by=cast.officer)
        answer(matter, cast.repair_head)
        flows.accept(
            matter_id=matter.pk, by=cast.officer, lead_department=cast.supplies, co_departments=[],
            conditions=world.all_met(), **world.ASSESSMENT,
        )  # fmt: skip
        flows.write_approval_rule(by=cast.office_head, departments_from=2, levels="office")
        join(cast, matter, cast.planning)
        join(cast, matter)

    assert waiting(matter) is None
    assert world.told(cast.office_head, "needs your approval no longer")
    assert story(matter, "ask_no_more").get().params["name"] == "宋雅琴"


def returned_in_preparation(cast):
    """The money of the paper asks for the department's approval, which gave it back; the rest is ready for the decision."""
    matter = world.accepted(cast)
    flows.write_approval_rule(by=cast.office_head, amount_from=50_000, levels="department")
    prepare(cast, matter)
    rows = [
        {"department": row.department, "answer": "willing", "condition": "", "person": "林佳", "day": "2026-09-04"}
        for row in matter.participants.select_related("department")
    ]  # fmt: skip
    with at_moment(world.moment(8, 10)):
        write(matter, cast.officer, fields=approvals.paper(cast, departments=rows, budget=60_000))
        flows.submit_application(matter_id=matter.pk, by=cast.officer)
        answer(matter, cast.repair_head, "returned", opinion="太贵。")
    with pytest.raises(NotReady):
        decide(cast, matter)
    return matter


def test_a_paper_written_with_less_money_that_asks_for_nothing_bars_the_decision_no_longer(cast):
    matter = returned_in_preparation(cast)

    with at_moment(world.moment(8, 11)):
        write(matter, cast.officer, fields={"budget": 100})

    assert decide(cast, matter).stage == Stage.DECISION


def test_a_paper_that_asks_for_nothing_is_settled_when_it_is_handed_in_while_prepared(cast):
    matter = returned_in_preparation(cast)

    with at_moment(world.moment(8, 11)):
        flows.hand_in_application(matter_id=matter.pk, by=cast.officer, fields={"budget": 100})

    assert story(matter, "settle_application").exists()
    assert waiting(matter) is None
    assert decide(cast, matter).stage == Stage.DECISION


def test_a_form_that_comes_back_with_more_money_brings_the_approvals_along(cast):
    matter = world.accepted(cast)
    with at_moment(world.moment(8)):
        flows.return_for_revision(matter_id=matter.pk, by=cast.officer, gaps=[("scope", "写明金额。")])
    with at_moment(world.moment(9)):
        flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields={"amount": 600_000})
        answers = {gap.pk: "已写明。" for gap in matter.gaps.open()}
        flows.resubmit(matter_id=matter.pk, by=cast.clerk, answers=answers)

    assert paper_of(matter).chain != "none"
    assert story(matter, "ask_missing_levels").exists()


def test_after_the_decision_departments_join_by_a_change_request_only(cast):
    matter = world.executing(cast)

    with pytest.raises(NotReady, match="变更"):
        join(cast, matter, cast.staffing, cast.planning)

    assert CoordinationRequest.objects.get(pk=matter.pk).participants.count() == 2
