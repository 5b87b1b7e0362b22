"""The plan of a project (domain §7.3): six parts, five tasks in two stages, one of them disputed, one well under way."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from coordination.demo.player import Player
from requests import flows
from requests.late_items import late_items
from requests.models import CoordinationRequest, Plan
from supervision.calendar import working_days

PLANNED = "关于仓储与财务台账自动对账的协作需求"
# Number, task, owner, first and last working day from the approval, predecessors, stage, weight, standard, measure, critical.
TASKS: tuple[tuple[Any, ...], ...] = (
    ("1.1", "数据字典编制与评审", "zhaoyiming", 0, 4, "", 0, 2, "字典评审通过并印发", ("字段覆盖率", "≥98", "%"), True),
    ("1.2", "供应商主数据清洗", "linjia", 4, 9, "1.1", 0, 3, "重复主数据清零，抽查合格", ("重复主数据", "0", "条"), True),
    ("1.3", "财务科目与物料编码对照", "luomin", 2, 7, "", 0, 2, "对照表经双方签认", ("对照完成率", "100", "%"), False),
    ("2.1", "接口联调", "moxin", 10, 16, "1.2、1.3", 1, 3, "六个接口连续五日无错误", ("接口数", "6", "个"), True),
    ("2.2", "库存日报上线", "zhaoyiming", 17, 22, "2.1", 1, 2, "每日9点前可用", ("可用率", "≥98", "%"), True),
)  # fmt: skip


def play(player: Player, when: datetime, _idea: Any, pk: int, _today: date) -> None:
    """Written and handed in by the lead department, approved by the office; a task is disputed the same afternoon."""
    with player.at(when):
        flows.set_up_group(
            matter_id=pk, by=player.person("dingxiaolei"), name="仓储与财务对账协调小组", purpose="推进自动对账，协调数据口径",
            lead_department=player.department("XX"), begins_on=when.date(), end_condition="验收并归档",
            members=[
                {"department": player.department(code), "person": player.person(login)}
                for code, login in (("WZ", "linjia"), ("CW", "luomin"), ("FW", "fengqing"))
            ],
        )  # fmt: skip
        plan = flows.start_plan(matter_id=pk, by=player.person("shilei"))
        flows.write_plan_goal(
            plan_id=plan.pk, by=player.person("shilei"), goal="库存日报每日9点前可用率≥98%，重复录入减少60%。"
        )
        for part, rows in _parts(player, when.date()).items():
            flows.write_plan_part(plan_id=plan.pk, by=player.person("shilei"), part=part, rows=rows)
        stages = list(plan.milestones.all())
        for task in TASKS:
            _write(player, plan, task, stages, when.date())
        _resources(player, plan)
        flows.submit_plan(plan_id=plan.pk, by=player.person("shilei"))
        flows.approve_plan(plan_id=plan.pk, by=player.person("dingxiaolei"))
        for login in ("zhaoyiming", "luomin"):
            _accept(player, plan, login)
        _agree(player, pk, when.date())
        disputed = {plan.tasks.get(wbs="1.2").pk: "付款信息不由物资部产生，建议财务部共同负责。"}
        flows.answer_tasks(plan_id=plan.pk, by=player.person("linjia"), disputed=disputed)
        _begin(player, plan)


def _resources(player: Player, plan: Plan) -> None:
    """R079: one need is granted in part, the money still waits for the head of finance."""
    for asked in flows.ask_resources(plan_id=plan.pk, by=player.person("shilei")):
        if asked.department.code == "XX":
            flows.answer_resource(
                request_id=asked.pk, by=player.person("shilei"), outcome="partly", granted="1名，每周3天。",
                reason="另1名在保障月度结账，9月底后可增派。",
            )  # fmt: skip


def _agree(player: Player, pk: int, day: date) -> None:
    """What the two who do the work agreed on is told to their heads."""
    flows.record_agreement(
        matter_id=pk, by=player.person("zhaoyiming"), agreed_on=day,
        text="对照表先按财务科目大类编制，明细科目在接口联调前补齐；财务部每周三提供一次对照结果。",
        sides=[
            {"department": player.department("XX"), "person": player.person("zhaoyiming")},
            {"department": player.department("CW"), "person": player.person("luomin")},
        ],
    )  # fmt: skip


def draft(player: Player, idea: Any, pk: int, today: date) -> None:
    """Q12: a project comes to its decision with a plan that is begun; the rest is written while it is carried out."""
    officer = player.person("dingxiaolei")
    plan = flows.start_plan(matter_id=pk, by=officer)
    flows.write_plan_task(
        plan_id=plan.pk, by=officer,
        fields={
            "wbs": "1.1", "name": "实施方案编制与评审", "owner": player.person(idea.in_charge), "standard": "方案经各部门签认。",
            "begins_on": _day(today, 1), "ends_on": _day(today, 10), "predecessors": "", "resources": "各部门业务骨干1名",
            "weight": 1, "is_critical": True, "milestone": None,
        },
        measures=[{"side": "output", "name": "方案", "target": "1", "unit": "份"}],
    )  # fmt: skip


def _begin(player: Player, plan: Plan) -> None:
    item_id = plan.tasks.get(wbs="1.1").item_id or 0
    flows.start(
        item_id=item_id, by=player.person("zhaoyiming"), first_step="先列出物资、财务两部门的字段清单。"
    )


def report(player: Player, when: datetime) -> None:
    """Today: the first task is well under way."""
    matter = CoordinationRequest.objects.get(title=PLANNED)
    task = matter.plans.get().tasks.get(wbs="1.1")
    calendar = working_days()
    day = calendar.next_day(calendar.local(when).date())
    player.do(
        when, flows.report, item_id=task.item_id, by=player.person("zhaoyiming"), percent=70, done="已完成物资、财务字段清单。",
        next_step="提交评审", next_on=day, difficulty="无", expected_on=day,
    )  # fmt: skip
    _review(player, when, matter)


def _review(player: Player, when: datetime, matter: CoordinationRequest) -> None:
    """The project lead looks at the whole; what is late has its cause and its measure."""
    tasks = [
        {"item": one.item, "cause": "communication", "cause_text": "双方口径未对齐。", "measure": "help",
         "measure_text": "协调办公室召集物资部、财务部碰头，统一口径。"}
        for one in late_items(matter, when)
    ]  # fmt: skip
    player.do(
        when, flows.review_progress, matter_id=matter.pk, by=player.person("zhaoyiming"), tasks=tasks,
        note="数据字典即将提交评审，对照表按计划推进；供应商主数据的责任待明确。",
    )  # fmt: skip


def _accept(player: Player, plan: Plan, login: str) -> None:
    person = player.person(login)
    tasks = plan.tasks.filter(owner=person, consent="waiting").values_list("pk", flat=True)
    flows.answer_tasks(plan_id=plan.pk, by=person, accepted=list(tasks))


def _day(first: date, n: int) -> date:
    return working_days().next_day(first, n) if n else first


def _write(player: Player, plan: Plan, task: tuple[Any, ...], stages: list[Any], first: date) -> None:
    wbs, name, owner, begins, ends, after, stage, weight, standard, measure, is_critical = task
    flows.write_plan_task(
        plan_id=plan.pk, by=player.person("shilei"),
        fields={
            "wbs": wbs, "name": name, "owner": player.person(owner), "standard": standard, "begins_on": _day(first, begins),
            "ends_on": _day(first, ends), "predecessors": after, "resources": "信息中心2人周，业务部门各1人", "weight": weight,
            "is_critical": is_critical, "milestone": stages[stage],
        },
        measures=[{"side": "output", "name": measure[0], "target": measure[1], "unit": measure[2]}],
        helpers=[player.person("sunyifan")],
    )  # fmt: skip


def _parts(player: Player, first: date) -> dict[str, list[dict[str, Any]]]:
    person, department = player.person, player.department
    return {
        "team": [
            {"department": department(code), "person": person(login), "role": role, "duties": duties}
            for code, login, role, duties in (
                ("XX", "zhaoyiming", "lead", "组织实施，召集例会"),
                ("XX", "moxin", "recorder", "记录例会，整理资料"),
                ("WZ", "linjia", "delegate", "物资数据与编码"),
                ("CW", "luomin", "delegate", "财务科目与付款信息"),
                ("FW", "fengqing", "risk", "信息安全与授权"),
            )
        ],
        "milestones": [
            {"name": "数据就绪", "standard": "字典、清洗、对照三项签认", "due_on": _day(first, 9), "acceptor": person("dingxiaolei")},
            {"name": "日报上线", "standard": "连续五日9点前可用", "due_on": _day(first, 22), "acceptor": person("dingxiaolei")},
        ],
        "resources": [
            {"kind": "people", "text": "数据治理人员2名，每周3天", "department": department("XX"), "needed_on": _day(first, 0)},
            {
                "kind": "money", "text": "接口开发费", "department": department("CW"), "needed_on": _day(first, 10),
                "amount": Decimal(48_000),
            },
        ],
        "deliverables": [
            {"name": "集团数据字典", "standard": "评审通过并印发", "acceptor": person("dingxiaolei"), "due_on": _day(first, 4)},
            {"name": "库存日报", "standard": "可用率≥98%", "acceptor": person("wuhaitao"), "due_on": _day(first, 22)},
        ],
        "channels": [
            {
                "form": "meeting", "frequency": "fortnightly", "weekday": 2, "starts_at": time(14, 0), "place": "信息中心201",
                "attendees": "项目团队", "agenda": "进展、问题、风险", "recorder": person("moxin"),
            }
        ],
        "escalation": [
            {"level": "项目组", "person": person("zhaoyiming"), "days": 3},
            {"level": "协调办公室", "person": person("songyaqin"), "days": 5},
            {"level": "委员会", "person": person("fanchangqing"), "days": 5},
        ],
        "risks": [
            {
                "text": "单价数据泄露", "kind": "security", "likelihood": 3, "effect": 5, "owner": person("fengqing"),
                "response": "单价字段只对物资部、财务部开放", "trigger": "出现越权查询记录", "measure": "",
            },
            {
                "text": "两部门口径不一", "kind": "duty", "likelihood": 4, "effect": 3, "owner": person("luomin"),
                "response": "先按现行口径并行，提交联席会议", "trigger": "对照表两次退回", "measure": "help",
            },
        ],
    }  # fmt: skip
