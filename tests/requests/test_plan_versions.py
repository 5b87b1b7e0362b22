"""R094, §3.6, Q12: who agrees to a later version of the plan follows from how far it reaches; a project needs its plan."""

from datetime import date
from decimal import Decimal

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from organization.models import Post, User
from requests import flows
from requests.models import CoordinationRequest, Plan
from requests.plan_states import PlanState
from requests.states import Category, Stage
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import plan_world, world


@pytest.fixture
def version(cast):
    """A second version of the plan in force, begun on Monday 2026-09-14 11:00; the head of the office decided the matter."""
    plan = plan_world.drafted(cast)
    with at_moment(world.moment(14, 10)):
        plan_world.approve(cast, plan)
    with at_moment(world.moment(14, 11)):
        return flows.start_plan(matter_id=plan.matter_id, by=cast.supplies_liaison, reason="供货推迟。")


def task(cast, plan, wbs, **changes):
    row = plan.tasks.get(wbs=wbs)
    given = {
        "name": row.name, "owner": row.owner, "begins": row.begins_on, "ends": row.ends_on, "weight": row.weight,
        "predecessors": row.predecessors, "milestone": row.milestone, "helpers": list(row.helpers.all()),
        "task_id": row.pk, **changes,
    }  # fmt: skip
    return plan_world.write_task(cast, plan, wbs, by=cast.supplies_liaison, **given)


def need(cast, plan, *rows):
    return flows.write_plan_part(plan_id=plan.pk, by=cast.supplies_liaison, part="resources", rows=rows)


def submit(cast, plan, day=14, hour=12):
    with at_moment(world.moment(day, hour)):
        return flows.submit_plan(plan_id=plan.pk, by=cast.supplies_liaison)


def state(plan):
    return Plan.objects.get(pk=plan.pk).state


def owed(plan, kind):
    return Obligation.objects.of(Plan.SUBJECT, plan.pk).open().filter(kind=kind).first()


MONEY = {
    "kind": "money",
    "text": "接口开发费",
    "needed_on": date(2026, 9, 21),
    "task": "1.2",
    "amount": Decimal(48_000),
}


@pytest.mark.parametrize("what", ["goal", "owner", "end", "money"])
def test_what_the_decision_settled_is_moved_at_the_level_of_the_decision_only(cast, version, what):
    with at_moment(world.moment(14, 11)):
        if what == "goal":
            flows.write_plan_goal(plan_id=version.pk, by=cast.supplies_liaison, goal="年底前穿上。")
        elif what == "owner":
            task(cast, version, "1.2", owner=cast.supplies_head)
        elif what == "money":
            need(cast, version, {**MONEY, "department": cast.planning})
        else:
            task(cast, version, "2.1", ends=date(2026, 10, 30))
        with pytest.raises(NotReady, match="变更"):
            flows.submit_plan(plan_id=version.pk, by=cast.supplies_liaison)
        assert state(version) == PlanState.DRAFT

        change = plan_world.assessed_change(cast, version)

        assert Obligation.objects.open().get(kind=Kind.CHANGE_APPROVE).holder == cast.office_head
        with pytest.raises(NotYours, match="宋雅琴"):
            flows.answer_change(change_id=change.pk, by=cast.supplies_head, approve=True)
        flows.answer_change(change_id=change.pk, by=cast.office_head, approve=True)
        flows.apply_change(change_id=change.pk, by=cast.supplies_liaison)
    assert state(version) == PlanState.IN_FORCE


def test_money_has_its_amount_and_a_resource_names_a_task_of_the_plan(cast, version):
    with at_moment(world.moment(14, 11)), pytest.raises(Invalid) as refused:
        need(cast, version, {**MONEY, "department": cast.planning, "task": "9.9", "amount": None})

    assert set(refused.value.fields) == {"rows-0-amount", "rows-0-task"}
    assert not version.resources.exists()


def test_a_new_version_begins_with_the_resources_of_the_one_before(cast, version):
    with at_moment(world.moment(14, 11)):
        need(cast, version, {**MONEY, "department": cast.planning})
    with at_moment(world.moment(14, 14)):
        plan_world.approve(cast, version)
        third = flows.start_plan(matter_id=version.matter_id, by=cast.supplies_liaison, reason="再调整。")

    assert [row.amount for row in third.resources.all()] == [48_000]


def test_one_task_that_moves_inside_its_float_needs_the_lead_only_and_is_logged(cast, version):
    with at_moment(world.moment(14, 11)):
        task(cast, version, "2.1", ends=date(2026, 10, 12))
    submit(cast, version)

    assert state(version) == PlanState.IN_FORCE
    line = TransitionLog.objects.of_case(version.matter_id).get(verb="adjust_plan")
    assert (line.params["before"], line.params["after"]) == (
        "2026-09-22 – 2026-09-30",
        "2026-09-22 – 2026-10-12",
    )
    assert version.tasks.get(wbs="2.1").item.agreed_due_on == date(2026, 10, 12)


def test_a_task_that_pushes_the_next_one_is_no_internal_adjustment(cast, version):
    with at_moment(world.moment(14, 11)):
        task(cast, version, "1.1", ends=date(2026, 9, 16))
        task(cast, version, "1.2", begins=date(2026, 9, 16))
    submit(cast, version)

    assert state(version) == PlanState.SUBMITTED
    assert owed(version, Kind.APPROVE_OFFICE).holder == cast.officer


def test_a_version_waits_for_the_next_one_of_the_level_when_its_approver_has_left(cast, version):
    decided_anew(version)
    with at_moment(world.moment(14, 11)):
        flows.write_plan_goal(plan_id=version.pk, by=cast.supplies_liaison, goal="年底前穿上。")
    submit(cast, version)
    with as_actor(SYSTEM):
        User.objects.filter(pk=cast.office_head.pk).update(is_active=False)

    with at_moment(world.moment(14, 14)):
        flows.replace_plan_approvers(world.moment(14, 14))

    assert owed(version, Kind.CHANGE_APPROVE).holder == cast.chair


def test_a_project_is_not_decided_before_its_plan_is_begun(cast):
    matter = world.prepared(cast)
    with as_actor(SYSTEM):
        CoordinationRequest.objects.filter(pk=matter.pk).update(category=Category.PROJECT)

    with at_moment(world.moment(10)), pytest.raises(NotReady, match="计划"):
        flows.start_decision(matter_id=matter.pk, by=cast.officer)

    assert CoordinationRequest.objects.get(pk=matter.pk).stage == Stage.PREPARATION


def test_the_next_step_of_a_project_is_its_plan(cast, client):
    matter = world.prepared(cast)
    with at_moment(world.moment(9, 10)):
        world.opine(cast, matter)
    with as_actor(SYSTEM):
        CoordinationRequest.objects.filter(pk=matter.pk).update(category=Category.PROJECT)
    with at_moment(world.moment(9, 11)):
        flows.start_plan(matter_id=matter.pk, by=cast.supplies_head)  # begun, but without a task
    client.force_login(cast.officer)

    text = client.get(f"/requests/{matter.pk}/").content.decode()

    assert "请在决策前编写协作计划书" in text


def decided_anew(version):
    """Nothing is carried out while it is decided: no change request then, the level approves the version itself."""
    with as_actor(SYSTEM):
        CoordinationRequest.objects.filter(pk=version.matter_id).update(stage=Stage.DECISION)


def decided_by_the_chair(cast, version):
    """A version that moves the goal, of a matter that a meeting has decided."""
    decided_anew(version)
    with as_actor(SYSTEM):
        CoordinationRequest.objects.filter(pk=version.matter_id).update(
            decision_way="meeting", decided_by=cast.chair
        )
    with at_moment(world.moment(14, 11)):
        flows.write_plan_goal(plan_id=version.pk, by=cast.supplies_liaison, goal="年底前穿上。")
    submit(cast, version)


def test_the_level_of_the_decision_finds_the_version_that_waits_for_it_and_decides(cast, version, client):
    decided_by_the_chair(cast, version)
    client.force_login(cast.chair)

    with at_moment(world.moment(14, 14)):
        page = client.get(f"/requests/{version.matter_id}/plan/").content.decode()
        assert f"/plans/{version.pk}/approve/" in page
        assert client.post(f"/plans/{version.pk}/approve/").status_code == 302

    assert state(version) == PlanState.IN_FORCE


def test_whoever_has_left_the_level_approves_no_version_any_more(cast, version):
    decided_anew(version)
    with at_moment(world.moment(14, 11)):
        flows.write_plan_goal(plan_id=version.pk, by=cast.supplies_liaison, goal="年底前穿上。")
    submit(cast, version)
    with as_actor(SYSTEM):
        Post.objects.filter(user=cast.office_head).update(user=cast.planning_head)
    former = User.objects.get(pk=cast.office_head.pk)

    with at_moment(world.moment(14, 14)), pytest.raises(NotYours, match=cast.planning_head.name):
        flows.return_plan(plan_id=version.pk, by=former, reason="再商量。")

    assert state(version) == PlanState.SUBMITTED


def test_nobody_owes_a_post_for_a_version_that_has_its_answer(cast, version):
    decided_by_the_chair(cast, version)
    leaders = User.objects.filter(pk__in=[cast.chair.pk, cast.arbiter.pk])
    with at_moment(world.moment(14, 14)):
        for is_active in (False, True):
            with as_actor(SYSTEM):
                leaders.update(is_active=is_active)
            flows.replace_plan_approvers(world.moment(14, 14))
            assert (owed(version, Kind.FILL_POST) is None) == is_active
        flows.return_plan(plan_id=version.pk, by=cast.chair, reason="再商量。")

    assert not Obligation.objects.of(Plan.SUBJECT, version.pk).open().exists()


def test_a_task_that_moves_to_another_department_is_no_internal_adjustment(cast, version):
    with at_moment(world.moment(14, 11)):
        task(cast, version, "2.1", ends=date(2026, 10, 12))
        with as_actor(SYSTEM):
            version.tasks.filter(wbs="2.1").update(department=cast.planning)

    with pytest.raises(NotReady, match="责任部门"):
        submit(cast, version)

    assert state(version) == PlanState.DRAFT
