"""R077: a late task of the plan goes up the escalation path, level by level, each person once."""

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from coordination.flows import tick
from requests import flows
from requests.models import CoordinationRequest, PlanTask
from supervision import flows as supervision
from supervision.states import Kind
from tests.requests import plan_world, world

PATH = [("项目组", "supplies_head", 2), ("计划发展部", "planning_head", 5)]


def late_task(cast):
    """Task 1.1 is due on Thursday 2026-09-17; the path has two levels."""
    plan = plan_world.drafted(cast)
    with at_moment(world.moment(14, 10)):
        rows = [{"level": level, "person": getattr(cast, who), "days": days} for level, who, days in PATH]
        flows.write_plan_part(plan_id=plan.pk, by=cast.officer, part="escalation", rows=rows)
        plan_world.approve(cast, plan)
    return PlanTask.objects.get(wbs="1.1")


def told(task):
    rows = TransitionLog.objects.of("item", task.item_id).filter(verb="escalate").order_by("at")
    return [row.params["level"] for row in rows]


def test_each_level_has_its_turn_when_the_days_of_the_one_before_are_used_up(cast):
    task = late_task(cast)

    found = {}
    for day in (17, 18, 20, 21):  # the 20th is a Sunday that is worked
        with at_moment(world.moment(day, 10)):
            flows.escalate_late_tasks(world.moment(day, 10))
        found[day] = told(task)

    assert found == {17: [], 18: ["项目组"], 20: ["项目组"], 21: ["项目组", "计划发展部"]}
    assert CoordinationRequest.objects.visible_to(cast.planning_head).exists()


def test_nobody_is_asked_twice_nor_at_night_nor_for_what_is_done(cast):
    task = late_task(cast)
    tick(now=world.moment(18, 10))
    tick(now=world.moment(18, 10, 1))
    assert told(task) == ["项目组"]

    tick(now=world.moment(21, 22))
    with at_moment(world.moment(21, 9)):
        flows.start(item_id=task.item_id, by=task.owner, first_step="已开始。")
        flows.submit_item(item_id=task.item_id, by=task.owner, result="完成。", evidence_note=world.SEEN)
        flows.close_item(item_id=task.item_id, by=cast.office_head)
    tick(now=world.moment(22, 10))

    assert told(task) == ["项目组"]


def test_a_second_lateness_goes_to_the_next_level_and_not_to_nobody(cast):
    task = late_task(cast)
    tick(now=world.moment(18, 10))
    assert told(task) == ["项目组"]
    with at_moment(world.moment(18, 11)), as_actor(SYSTEM):
        supervision.change_due(
            obligation_id=world.owed(task.item, Kind.EXECUTE).pk, due_at=world.moment(22, 17, 30)
        )

    tick(now=world.moment(23, 10))

    assert told(task) == ["项目组", "计划发展部"]
