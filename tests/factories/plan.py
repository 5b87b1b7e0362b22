from datetime import UTC, date, datetime

from requests.models import (
    Deliverable,
    EscalationStep,
    Milestone,
    Plan,
    PlanChannel,
    PlanMember,
    PlannedMeeting,
    PlanResource,
    PlanRisk,
    PlanTask,
    ResourceRequest,
    TaskMeasure,
)
from tests.factories import line
from tests.factories.requests import saved_matter

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)
DAY = date(2026, 9, 22)


@line(Plan, change=("goal", "可用率98%", "可用率99%"))
def plan(cast, n):
    return Plan(matter=saved_matter(cast, n), drafted_by=cast.officer, drafted_at=MONDAY)


def saved_plan(cast, n):
    row = plan(cast, n)
    row.save()
    return row


@line(PlanMember, change=("duties", "记录", "记录和催办"))
def member(cast, n):
    return PlanMember(
        plan=saved_plan(cast, n), department=cast.supplies, person=cast.supplies_head, role="lead"
    )


@line(Milestone, change=("remark", "齐全", "基本齐全"))
def milestone(cast, n):
    return Milestone(
        plan=saved_plan(cast, n), name="定稿", standard="签认", due_on=DAY, acceptor=cast.officer
    )


@line(PlanTask, change=("name", "数据字典", "数据字典（二）"))
def task(cast, n):
    return PlanTask(
        plan=saved_plan(cast, n), wbs="1.1", owner=cast.supplies_clerk, department=cast.supplies, department_name="物资部",
        standard="评审通过", begins_on=DAY, ends_on=DAY, resources="2人周",
    )  # fmt: skip


def saved_task(cast, n):
    row = task(cast, n)
    row.save()
    return row


@line(TaskMeasure, change=("target", "98", "99"))
def measure(cast, n):
    return TaskMeasure(task=saved_task(cast, n), side="output", name="覆盖率", unit="%")


@line(PlanResource, change=("text", "采购员1名", "采购员2名"))
def plan_resource(cast, n):
    return PlanResource(plan=saved_plan(cast, n), kind="people", department=cast.supplies, needed_on=DAY)


@line(Deliverable, change=("name", "数据字典", "数据字典（二）"))
def deliverable(cast, n):
    return Deliverable(plan=saved_plan(cast, n), standard="评审通过", acceptor=cast.officer, due_on=DAY)


@line(PlanChannel, change=("agenda", "进展", "进展和问题"))
def channel(cast, n):
    return PlanChannel(
        plan=saved_plan(cast, n), frequency="weekly", place="301", attendees="项目组", recorder=cast.secretary
    )


@line(EscalationStep, change=("level", "小组", "协调办"))
def escalation(cast, n):
    return EscalationStep(plan=saved_plan(cast, n), person=cast.office_head, days=3)


@line(PlanRisk, change=("remark", "可控", "上升"))
def risk(cast, n):
    return PlanRisk(
        plan=saved_plan(cast, n), text="单价敏感", kind="security", likelihood=3, effect=5, owner=cast.supplies_clerk,
        response="分级授权", trigger="越权查询",
    )  # fmt: skip


@line(PlannedMeeting, change=("meeting_id", 1, 2))
def planned_meeting(cast, n):
    row = channel(cast, n)
    row.agenda = "进展"
    row.save()
    return PlannedMeeting(matter=row.plan.matter, channel=row, starts_at=MONDAY, wished_at=MONDAY)


@line(ResourceRequest, change=("task", "1.1", "1.2"))
def resource_request(cast, n):
    return ResourceRequest(
        matter=saved_matter(cast, n), department=cast.staffing, department_name="人力资源部", kind="people", text="焊工2名",
        needed_on=DAY, asked_by=cast.officer, asked_at=MONDAY,
    )  # fmt: skip
