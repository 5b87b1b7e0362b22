"""A major matter on its way through the three approvals: filed on Monday 2026-09-07, its paper handed in that afternoon.

All three levels approve that same Monday, so that it is decided with the other matters of the week. The lead is the
liaison of the planning department: by post a stranger to the matter.
"""

from __future__ import annotations

from datetime import date

from audit.acting import at_moment
from requests import flows
from requests.approval_states import Check
from requests.models import ActionItem, CoordinationRequest
from requests.states import Category
from tests.kept import kept
from tests.requests import plan_world, world

ALL_SO = {check.value: {"is_so": True, "comment": ""} for check in Check}
TALK = {
    "person_name": "林佳", "held_at": world.moment(4), "means": "phone", "our_goal": "商借三套", "answer": "conditions",
    "reason": "需检修部承担费用。",
}  # fmt: skip


def paper(cast, **changes):
    """Everything that form F2 asks for."""
    return {
        "title": "劳保用品统一配置", "content": "统一配置标准和流程。", "benefit": "每年减少重复采购约两万元。",
        "goals": [{"indicator": "统一配置的班组", "target": "12", "unit": "个", "due_on": date(2026, 12, 25)}],
        "departments": [
            {"department": cast.supplies, "answer": "conditions", "condition": "费用由检修部承担。", "person": "林佳",
             "day": date(2026, 9, 4)},
        ],
        "lead_person": cast.planning_liaison, "lead_department": cast.supplies, "may_call_meetings": True,
        "may_assign_items": True, "days_up_to": 5, "starts_on": date(2026, 9, 14), "ends_on": date(2026, 12, 31),
        "milestones": [{"text": "标准印发", "day": date(2026, 10, 30)}],
        "resources": [{"kind": "people", "text": "采购员1名", "source": "物资部"}],
        "risks": [{"text": "供货推迟", "measure": "提前两周下单"}], **changes,
    }  # fmt: skip


@kept
def major(cast, **fields) -> CoordinationRequest:
    """Filed as a major project; nobody has begun its paper. The supplies department was asked before."""
    matter = world.filed(cast, category=Category.PROJECT, **fields)
    with at_moment(world.moment(7)):
        flows.record_attempt(matter_id=matter.pk, by=cast.clerk, department=cast.supplies, **TALK)
    return matter


@kept
def in_approval(cast, **changes) -> CoordinationRequest:
    """Handed in by the officer on Monday 14:30; the head of the repair department has it."""
    matter = major(cast)
    with at_moment(world.moment(7, 14, 30)):
        flows.write_application(matter_id=matter.pk, by=cast.officer, fields=paper(cast, **changes))
        flows.submit_application(matter_id=matter.pk, by=cast.officer)
    return matter


def begin_plan(cast, matter):
    """Q12: a project comes to its decision with a plan that is begun."""
    plan = flows.start_plan(matter_id=matter.pk, by=cast.officer)
    plan_world.write_task(
        cast,
        plan,
        "1.1",
        "配置标准",
        cast.supplies_clerk,
        date(2026, 9, 14),
        date(2026, 9, 17),
        by=cast.officer,
    )
    return plan


def answer(matter, by, outcome="approved", **more):
    given = {"checks": ALL_SO, **more}
    return flows.answer_approval(matter_id=matter.pk, by=by, outcome=outcome, **given)


@kept
def at_the_office(cast, **changes) -> CoordinationRequest:
    """The department has approved; the head of the office has it."""
    matter = in_approval(cast, **changes)
    with at_moment(world.moment(7, 15)):
        answer(matter, cast.repair_head)
    return matter


@kept
def at_the_top(cast, **changes) -> CoordinationRequest:
    """The office has approved; the leader in charge has it."""
    matter = at_the_office(cast, **changes)
    with at_moment(world.moment(7, 15, 30)):
        answer(matter, cast.office_head)
    return matter


@kept
def approved(cast, **changes) -> CoordinationRequest:
    matter = at_the_top(cast, **changes)
    with at_moment(world.moment(7, 16)):
        answer(matter, cast.chair)
    return matter


@kept
def deciding(cast, **changes) -> CoordinationRequest:
    """Accepted and prepared; ready to be decided on Thursday 2026-09-10, its one item drafted."""
    matter = approved(cast, **changes)
    with at_moment(world.moment(7, 16, 30)):
        flows.record_attempt(matter_id=matter.pk, by=cast.clerk, department=cast.staffing, **TALK)
        flows.accept(
            matter_id=matter.pk, by=cast.officer, lead_department=cast.supplies, co_departments=[cast.staffing],
            conditions=world.all_met(), **world.ASSESSMENT,
        )  # fmt: skip
    with at_moment(world.moment(8)):
        flows.write_preparation(matter_id=matter.pk, by=cast.officer, **world.PREPARATION)
        flows.deliver_material(matter_id=matter.pk, by=cast.officer)
        begin_plan(cast, matter)
    with at_moment(world.moment(9)):
        world.opine(cast, matter)
    with at_moment(world.moment(10)):
        flows.start_decision(matter_id=matter.pk, by=cast.officer)
        world.draft_item(cast, matter)
    return CoordinationRequest.objects.get(pk=matter.pk)


@kept
def executing(cast, **changes) -> ActionItem:
    """Decided on Friday 2026-09-11; its one item is issued to the clerk of supplies."""
    matter = deciding(cast, **changes)
    with at_moment(world.moment(11, 10)):
        flows.decide_as_office(matter_id=matter.pk, by=cast.office_head, resolution="由物资部采购发放。")
    return ActionItem.objects.get(matter=matter)
