"""Plans: one that is drafted, one handed in, one in force, one with a version after it, one with a disputed task and a stage that is done."""

from datetime import date

from requests import flows
from requests.models import ActionItem
from tests.permissions import row
from tests.permissions.verbs import REASON, SEE_ITEM, flat, statuses
from tests.requests import plan_world

# Of the house, and whoever helps with a task.
SEE = (*SEE_ITEM, "nobody")
WRITE = ("office", "supplies_liaison", "supplies_head", "supplies_clerk")
SEE_DRAFT = (*WRITE, "auditor", "staffing_liaison")
OWNERS = ("supplies_liaison", "supplies_head", "member")


def build(world):
    world.plan_draft = plan_world.drafted(world)
    world.plan_submitted = plan_world.submitted(world)
    world.plan_in_force = plan_world.in_force(world)
    world.plan_second = plan_world.second_version(world)
    for thing in (world.plan_draft, world.plan_second):
        flows.write_plan_part(plan_id=thing.pk, by=world.officer, part="resources", rows=[need(world)])
    [world.asked_resource] = flows.ask_resources(plan_id=world.plan_draft.pk, by=world.officer)
    plan = plan_world.in_force(world)
    world.task_disputed, world.stage_done = plan.tasks.get(wbs="2.1"), plan.milestones.first()
    flows.answer_tasks(
        plan_id=plan.pk, by=world.staffing_head, disputed={world.task_disputed.pk: "不属本部门。"}
    )
    for item in ActionItem.objects.filter(plan_tasks__milestone=world.stage_done):
        flows.cancel_item(item_id=item.pk, by=world.office_head, reason="不再需要。")


def need(world):
    return {"kind": "people", "text": "焊工2名", "department": world.staffing, "needed_on": date(2026, 9, 15)}


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


def matter_of(thing):
    return lambda world: {"pk": getattr(world, thing).matter_id}


def first_task(world):
    return {"pk": world.plan_draft.tasks.first().pk}


def stage_of(world):
    return {"pk": world.plan_in_force.milestones.first().pk}


def risk_of(world):
    return {"pk": world.plan_in_force.risks.get().pk}


def task_data(world):
    return {
        "wbs": "3.1", "name": "验收", "owner": world.supplies_clerk.pk, "standard": "签认", "begins_on": "2026-09-28",
        "ends_on": "2026-09-30", "resources": "无", "weight": 1, "measures-TOTAL_FORMS": 1, "measures-INITIAL_FORMS": 0,
        "measures-0-side": "output", "measures-0-name": "通过率", "measures-0-target": "100", "measures-0-unit": "%",
        "measures": [{"side": "output", "name": "通过率", "target": "100", "unit": "%"}],
    }  # fmt: skip


def steps(world):
    row = {"level": "小组", "person": world.supplies_head.pk, "days": 3}
    return {
        "rows-TOTAL_FORMS": 1,
        "rows-INITIAL_FORMS": 0,
        **{f"rows-0-{name}": value for name, value in row.items()},
    }


def steps_of_api(world):
    return {"part": "escalation", "rows": [{"level": "小组", "person": world.supplies_head.pk, "days": 3}]}


READ_CONFLICTS = {
    "readers": 200, "repair_head": 200, "repair_liaison": 200, "supplies_head": 200, "supplies_liaison": 200, "member": 200,
    "nobody": 200,
}  # fmt: skip
PART = {"part": "escalation"}
RISK = {"likelihood": 1, "effect": 2, "state": "open", "remark": "可控。"}


def page(name, kwargs, sees, may, data=None, *, form=True):
    """The form where there is one, and handing it in."""
    rows = [row("POST", f"requests:{name}", 404, kwargs=kwargs, data=data, **statuses(sees, may, 302))]
    if form:
        rows.append(row("GET", f"requests:{name}", 404, kwargs=kwargs, **statuses(sees, may, 200)))
    return rows


def api(name, kwargs, sees, may, data=None, done=200):
    return row(
        "POST", f"api:{name}", 404, anonymous=401, kwargs=kwargs, data=data, **statuses(sees, may, done)
    )


def seen(name, kwargs, sees, **more):
    return row("GET", name, 404, kwargs=kwargs, **dict.fromkeys(flat(sees), 200), **more)


def part_of(thing):
    return lambda world: {"pk": getattr(world, thing).pk, **PART}


ROWS = [
    seen("requests:plan", matter_of("plan_in_force"), SEE),
    seen("requests:board", matter_of("plan_in_force"), SEE),
    seen("requests:gantt", matter_of("plan_in_force"), SEE),
    seen("requests:plan_changes", pk("plan_second"), SEE_DRAFT),
    *page("plan_start", matter_of("plan_in_force"), SEE, WRITE, REASON),
    *page("plan_goal", pk("plan_draft"), SEE_DRAFT, WRITE, {"goal": "可用率≥98%。"}),
    *page("plan_part", part_of("plan_draft"), SEE_DRAFT, WRITE, steps),
    *page("plan_task_new", pk("plan_draft"), SEE_DRAFT, WRITE, task_data),
    seen("requests:plan_workbook", pk("plan_in_force"), SEE),
    row("GET", "requests:plan_blank", 404, kwargs=pk("plan_draft"), **statuses(SEE_DRAFT, WRITE, 200)),
    row("GET", "requests:plan_import", 404, kwargs=pk("plan_draft"), **statuses(SEE_DRAFT, WRITE, 200)),
    row("POST", "requests:plan_import", 404, kwargs=pk("plan_draft"), **statuses(SEE_DRAFT, WRITE, 422)),
    *page("plan_task", first_task, SEE_DRAFT, WRITE, task_data),
    *page("plan_task_remove", first_task, SEE_DRAFT, WRITE, form=False),
    *page("plan_submit", pk("plan_draft"), SEE_DRAFT, WRITE, form=False),
    *page("plan_discard", pk("plan_draft"), SEE_DRAFT, WRITE, form=False),
    *page("plan_take_back", pk("plan_submitted"), SEE_DRAFT, WRITE, form=False),
    *page("plan_approve", pk("plan_submitted"), SEE_DRAFT, ("office",), form=False),
    *page("plan_return", pk("plan_submitted"), SEE_DRAFT, ("office",), REASON),
    row("POST", "requests:plan_answer", 404, kwargs=pk("plan_in_force"), **statuses(SEE, OWNERS, 302)),
    seen("requests:plan_answer", pk("plan_in_force"), SEE),
    *page("plan_uphold", pk("task_disputed"), SEE, ("office",), REASON),
    row("POST", "requests:milestone", 404, kwargs=pk("stage_done"), **statuses(SEE, ("office",), 302)),
    seen("requests:milestone", stage_of, SEE),
    *page("milestone_waive", stage_of, SEE, ("office_head",), REASON),
    row("POST", "requests:plan_risk", 404, kwargs=risk_of, data=RISK, **statuses(SEE, WRITE, 302)),
    seen("requests:plan_risk", risk_of, SEE),
    seen("api:matter_plan", matter_of("plan_in_force"), SEE, anonymous=401),
    api("matter_plan", matter_of("plan_in_force"), SEE, WRITE, REASON, 201),
    api("plan_goal", pk("plan_draft"), SEE_DRAFT, WRITE, {"goal": "可用率≥98%。"}),
    api("plan_part", pk("plan_draft"), SEE_DRAFT, WRITE, steps_of_api),
    api("plan_task", pk("plan_draft"), SEE_DRAFT, WRITE, task_data),
    api("plan_submit", pk("plan_draft"), SEE_DRAFT, WRITE),
    api("plan_take-back", pk("plan_submitted"), SEE_DRAFT, WRITE),
    api("plan_approve", pk("plan_submitted"), SEE_DRAFT, ("office",)),
    api("plan_return", pk("plan_submitted"), SEE_DRAFT, ("office",), REASON),
    api("plan_answer", pk("plan_in_force"), SEE, ("member",), lambda world: {"accepted": [world.plan_in_force.tasks.get(wbs="2.1").pk]}),
    api("plan-task_uphold", pk("task_disputed"), SEE, ("office",), REASON),
    api("milestone_accept", pk("stage_done"), SEE, ("office",)),
    api("milestone_waive", stage_of, SEE, ("office_head",), REASON),
    api("plan-risk_update", risk_of, SEE, WRITE, RISK),
    *page("ask_resources", pk("plan_second"), SEE_DRAFT, WRITE, form=False),
    seen("requests:resource_request", pk("asked_resource"), SEE_ITEM),
    row(
        "POST", "requests:resource_request", 404, kwargs=pk("asked_resource"), data={"outcome": "agreed"},
        **statuses(SEE_ITEM, ("staffing_head",), 302),
    ),
    *page("resource_withdraw", pk("asked_resource"), SEE_ITEM, WRITE, {"reason": "改用外包。"}),
    row("GET", "requests:resource_conflicts", 403, **READ_CONFLICTS),
    row("GET", "api:resource_conflicts", 403, anonymous=401, **READ_CONFLICTS),
    seen("api:matter_resources", matter_of("plan_draft"), SEE_ITEM, anonymous=401),
    api("plan_ask_resources", pk("plan_second"), SEE_DRAFT, WRITE, done=201),
    api("resource-request_answer", pk("asked_resource"), SEE_ITEM, ("staffing_head",), {"outcome": "agreed"}),
    api("resource-request_withdraw", pk("asked_resource"), SEE_ITEM, WRITE, {"reason": "改用外包。"}),
]  # fmt: skip
