"""Plans as they are written, handed in and in force; the matter is the one of world.py, decided on 2026-09-11.

Two stages: 1.1 and 1.2 (after 1.1) belong to the first, 2.1 (after 1.2) to the second; all of them owned in supplies but 2.1, which
is the staffing department's. The project lead is the clerk of supplies, who heads nothing.
"""

from __future__ import annotations

from datetime import date

from audit.acting import at_moment
from requests import flows
from requests.change_states import IMPACTS
from requests.models import Plan
from requests.plan_reach import asks_for_change, reach_of
from tests.kept import kept
from tests.requests import world

MEASURE = {"side": "output", "name": "字段覆盖率", "target": "≥98", "unit": "%"}
TASK = {
    "standard": "评审通过并印发。", "resources": "信息中心2人周。", "predecessors": "", "weight": 1, "is_critical": False,
    "milestone": None,
}  # fmt: skip


def write_task(
    cast,
    plan,
    wbs,
    name,
    owner,
    begins,
    ends,
    *,
    by=None,
    measures=(MEASURE,),
    helpers=(),
    task_id=None,
    **more,
):
    fields = {**TASK, "wbs": wbs, "name": name, "owner": owner, "begins_on": begins, "ends_on": ends, **more}
    return flows.write_plan_task(
        plan_id=plan.pk,
        by=by or cast.supplies_clerk,
        fields=fields,
        measures=list(measures),
        helpers=list(helpers),
        task_id=task_id,
    )


def parts(cast):
    """The rows of the five parts that are written in rows."""
    return {
        "team": [
            {"department": cast.supplies, "person": cast.supplies_clerk, "role": "lead", "duties": "组织实施"},
            {"department": cast.staffing, "person": cast.staffing_liaison, "role": "recorder", "duties": "记录"},
        ],
        "milestones": [
            {"name": "方案定稿", "standard": "三方签认", "due_on": date(2026, 9, 22), "acceptor": cast.officer},
            {"name": "上线", "standard": "连续五日可用", "due_on": date(2026, 10, 16), "acceptor": cast.officer},
        ],
        "deliverables": [
            {"name": "数据字典", "standard": "评审通过", "acceptor": cast.officer, "due_on": date(2026, 9, 22)}
        ],
        "channels": [
            {
                "form": "meeting", "frequency": "fortnightly", "weekday": 2, "starts_at": "14:00", "place": "协调办301",
                "attendees": "项目组", "agenda": "进展和问题", "recorder": cast.staffing_liaison,
            }
        ],
        "escalation": [{"level": "协调办公室", "person": cast.office_head, "days": 3}],
        "risks": [
            {
                "text": "单价敏感", "kind": "security", "likelihood": 3, "effect": 5, "owner": cast.supplies_clerk,
                "response": "分级授权", "trigger": "出现越权查询", "measure": "help",
            }
        ],
    }  # fmt: skip


def write_parts(cast, plan, **changes):
    for part, rows in {**parts(cast), **changes}.items():
        flows.write_plan_part(plan_id=plan.pk, by=cast.officer, part=part, rows=rows)


@kept
def drafted(cast) -> Plan:
    """A whole first version, written on Monday 2026-09-14 09:30 while the matter is carried out."""
    return written(cast, world.executing(cast))


def written(cast, matter) -> Plan:
    with at_moment(world.moment(14, 9, 30)):
        plan = flows.start_plan(matter_id=matter.pk, by=cast.supplies_liaison)
        write_parts(cast, plan)
        first, second = plan.milestones.all()
        write_task(
            cast,
            plan,
            "1.1",
            "数据字典",
            cast.supplies_clerk,
            date(2026, 9, 14),
            date(2026, 9, 17),
            milestone=first,
            weight=2,
        )
        write_task(
            cast, plan, "1.2", "供应商主数据清洗", cast.supplies_liaison, date(2026, 9, 17), date(2026, 9, 22), milestone=first,
            predecessors="1.1", helpers=[cast.planning_liaison],
        )  # fmt: skip
        write_task(
            cast, plan, "2.1", "库存日报上线", cast.staffing_liaison, date(2026, 9, 22), date(2026, 9, 30), milestone=second,
            predecessors="1.2",
        )  # fmt: skip
    return Plan.objects.get(pk=plan.pk)


@kept
def submitted(cast) -> Plan:
    plan = drafted(cast)
    with at_moment(world.moment(14, 10)):
        flows.submit_plan(plan_id=plan.pk, by=cast.supplies_clerk)
    return Plan.objects.get(pk=plan.pk)


@kept
def in_force(cast) -> Plan:
    """Approved by the officer on Monday 2026-09-14 10:30."""
    plan = submitted(cast)
    with at_moment(world.moment(14, 10, 30)):
        flows.approve_plan(plan_id=plan.pk, by=cast.officer)
    return Plan.objects.get(pk=plan.pk)


@kept
def second_version(cast) -> Plan:
    """A draft of version 2 on Tuesday 2026-09-15 09:00, still the same as the one in force."""
    plan = in_force(cast)
    with at_moment(world.moment(15)):
        return flows.start_plan(matter_id=plan.matter_id, by=cast.supplies_clerk, reason="增加备件条码字段。")


def approve(cast, plan):
    """By the office; one that moves the decision with its change request, at the level of the decision."""
    before = Plan.objects.in_force().filter(matter=plan.matter_id).first()
    if before is not None and asks_for_change(plan.matter, reach_of(before, plan)):
        change = approved_change(cast, plan)
        flows.apply_change(change_id=change.pk, by=cast.supplies_liaison)
        return Plan.objects.get(pk=plan.pk)
    submitted = flows.submit_plan(plan_id=plan.pk, by=cast.supplies_clerk)
    return flows.approve_plan(plan_id=plan.pk, by=submitted.approver or cast.officer)


def ask_change(cast, plan, *, by=None, **changes):
    """A change request that names the version."""
    given = {
        "object": "plan", "value": f"V{plan.version}", "cause": "external", "cause_text": "供货推迟。",
        "impacts": dict.fromkeys(IMPACTS, "无影响"), **changes,
    }  # fmt: skip
    return flows.ask_change(matter_id=plan.matter_id, by=by or cast.supplies_clerk, **given)


def assessed_change(cast, plan):
    change = ask_change(cast, plan)
    return flows.assess_change(change_id=change.pk, by=cast.officer, assessment="影响可控，建议同意。")


def approved_change(cast, plan):
    change = assessed_change(cast, plan)
    return flows.answer_change(change_id=change.pk, by=change.approver, approve=True)
