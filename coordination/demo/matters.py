"""Some twenty matters at every stage and of every light, dated from today, so that each page has something to show."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from coordination.demo.player import SHANGHAI, Player
from organization import people
from requests import flows
from requests.models import CoordinationRequest
from supervision.calendar import working_days


class Idea(NamedTuple):
    """One matter of the demo: who files what, who works on it, how far it comes."""

    title: str
    by: str
    lead: str
    others: tuple[str, ...]
    goal: str
    background: str
    until: str  # the last act that is played
    ago: int  # working days before today when it was filed
    urgency: str = "normal"
    category: str = "internal"
    due_in: int = 5  # working days from today to the due date of its item; negative is overdue
    percent: int = 0


# The acts in the order in which a matter meets them; an idea is played up to and including its `until`.
ACTS = (
    "file", "return", "accept", "prepare", "opinions", "start", "decide", "acknowledge", "report", "submit", "close",
    "complete", "confirm",
)  # fmt: skip

IDEAS = (
    Idea(
        "关于检修区域临时用电分工的协作需求",
        "chenqiming",
        "JX",
        ("WZ", "XX"),
        "检修期间每个临时用电点都有一个部门负责，开工前挂牌到位。",
        "上次检修有两处临时用电点无人认领，班组自行接线，安监提出整改。",
        "file",
        0,
        "urgent",
    ),
    Idea(
        "关于食堂就餐卡与门禁卡合一的协作需求",
        "xujing",
        "RL",
        ("XX", "CW"),
        "新员工入职当天用一张卡就能进门、就餐。",
        "现在两张卡分别由两个部门发放，新员工平均要等六个工作日。",
        "file",
        1,
    ),
    Idea(
        "关于仓库叉车年检资料补齐的协作需求",
        "linjia",
        "WZ",
        ("JX", "FW"),
        "五台叉车的年检资料在检验机构规定日期前全部补齐。",
        "检验机构退回两次，缺维修记录和操作证复印件，分散在两个部门。",
        "file",
        4,
    ),
    Idea(
        "关于厂区班车线路调整的协作需求",
        "zhouliqun",
        "RL",
        ("CW", "JX"),
        "早班职工七点半前全部到岗，线路与排班一致。",
        "检修改为三班后，现有两条线路的到达时间对不上。",
        "return",
        2,
    ),
    Idea(
        "关于劳务人员进厂培训签到的协作需求",
        "tianyuan",
        "RL",
        ("XX", "JX"),
        "培训签到数据当日进入人员台账，不再手工抄录。",
        "培训现场用纸质签到，月底由两个部门分别录入，常有出入。",
        "accept",
        1,
    ),
    Idea(
        "关于备件编码与财务科目对应的协作需求",
        "sunyifan",
        "WZ",
        ("CW", "XX"),
        "每个备件编码对应一个费用科目，月结不再人工调整。",
        "每月约有三百条出库记录需要财务人工改科目。",
        "prepare",
        4,
    ),
    Idea(
        "关于外委检修人员住宿安排的协作需求",
        "chenqiming",
        "JX",
        ("RL", "CW"),
        "大修开始前一百二十名外委人员住宿落实到人到房。",
        "往年由各班组自行联系，费用口径不一，报销拖延。",
        "prepare",
        8,
        "urgent",
    ),
    Idea(
        "关于合同电子签章推行范围的协作需求",
        "guming",
        "JH",
        ("FW", "XX", "CW"),
        "年底前一般采购合同全部改用电子签章。",
        "三个部门对适用范围理解不同，已退回两批合同。",
        "opinions",
        6,
    ),
    Idea(
        "关于会议室预约系统接入统一身份认证的协作需求",
        "zhaoyiming",
        "XX",
        ("RL", "XTB"),
        "职工用统一账号预约会议室，离职当日自动停用。",
        "会议室预约仍用单独账号，离职人员仍可预约。",
        "start",
        9,
    ),
    Idea(
        "关于供应商主数据清洗的协作需求",
        "linjia",
        "WZ",
        ("CW", "FW", "XX"),
        "同一供应商只有一条主数据，停用的不能再下单。",
        "供应商主数据重复约六百条，付款曾付错账户一次。",
        "start",
        10,
        "normal",
        "digital",
    ),
    Idea(
        "关于检修备件预算口径说明的协作需求",
        "luomin",
        "CW",
        ("JX", "WZ"),
        "检修备件预算按统一口径编报，第四季度起执行。",
        "检修部与物资部上报口径不同，预算会上两次退回。",
        "acknowledge",
        16,
        "normal",
        "internal",
        -2,
    ),
    Idea(
        "关于仓库二号门门禁权限的协作需求",
        "sunyifan",
        "WZ",
        ("XX", "JX"),
        "二号门按班组授权，夜间进出都有记录。",
        "二号门长期用公用卡，夜间进出无法追溯，上月盘点少了两卷电缆。",
        "report",
        15,
        "normal",
        "internal",
        1,
        60,
    ),
    Idea(
        "关于机组检修围栏统一标识的协作需求",
        "zhouliqun",
        "JX",
        ("WZ",),
        "检修围栏标识全厂统一，旧标识全部撤换。",
        "三种标识并存，外来人员多次走错区域，安监要求限期统一。",
        "report",
        14,
        "normal",
        "safety",
        8,
        30,
    ),
    Idea(
        "关于职工医院药品冷链断电应急的协作需求",
        "liangsiyuan",
        "YX",
        ("YW", "XK", "JX"),
        "药房冷链断电十分钟内有备用电源接替并报警。",
        "上月断电二十五分钟，两批药品报损，备用电源由谁维护说法不一。",
        "report",
        12,
        "urgent",
        "safety",
        -4,
        40,
    ),
    Idea(
        "关于培训教室投影设备更新的协作需求",
        "tianyuan",
        "RL",
        ("XX", "CW"),
        "三间培训教室设备满足远程授课要求。",
        "现有投影与远程授课软件不兼容，两次课改期。",
        "submit",
        18,
        "normal",
        "internal",
        3,
        100,
    ),
    Idea(
        "关于厂区快递统一收发点的协作需求",
        "xujing",
        "RL",
        ("XTB", "WZ"),
        "快递统一收发，不再进入生产区域。",
        "快递车辆每日进入生产区域十余次，门岗登记和车间收件各管一段。",
        "submit",
        17,
        "normal",
        "service",
        0,
        100,
    ),
    Idea(
        "关于废旧物资处置流程的协作需求",
        "wuhaitao",
        "WZ",
        ("CW", "FW"),
        "废旧物资从鉴定到处置不超过二十个工作日。",
        "废旧电缆堆放八个月未处置，占用库位，鉴定和处置分属两个部门。",
        "close",
        24,
        "normal",
        "internal",
        -1,
        100,
    ),
    Idea(
        "关于电子发票归集的协作需求",
        "duanrui",
        "CW",
        ("XX", "WZ"),
        "电子发票开具次日自动归集到报销系统。",
        "发票分散在经办人邮箱，重复报销两笔，归集由谁负责没有规定。",
        "complete",
        26,
        "normal",
        "digital",
        -2,
        100,
    ),
    Idea(
        "关于高温岗位防暑用品发放的协作需求",
        "zhouliqun",
        "WZ",
        ("JX", "RL"),
        "高温岗位人员六月起按月领到防暑用品。",
        "去年发放名单漏报外委人员，引起投诉，名单由三个部门分别报送。",
        "confirm",
        30,
        "normal",
        "service",
        -3,
        100,
    ),
)


def play(player: Player, today: date) -> list[CoordinationRequest]:
    """File every idea, oldest first, then carry each as far as it goes, in the order of time."""
    calendar = working_days()
    acts: list[tuple[datetime, int, int, str]] = []
    for index, idea in enumerate(IDEAS):
        day = _working_day(today, -idea.ago)
        for step, act in enumerate(_acts_until(idea.until)):
            when = datetime.combine(day, time(8, 40 + index % 20), SHANGHAI) + timedelta(
                minutes=3 * index + step
            )
            acts.append((when, index, step, act))
            if day < today and act not in ("return", "accept"):
                day = min(calendar.next_day(day), _working_day(today, 0))
    found: dict[int, CoordinationRequest] = {}
    for when, index, _step, act in sorted(acts):
        idea = IDEAS[index]
        if act == "file":
            found[index] = _file(player, when, idea)
        else:
            globals()[f"_{act}"](player, when, idea, found[index].pk, today)
    return [CoordinationRequest.objects.get(pk=matter.pk) for matter in found.values()]


def _acts_until(last: str) -> list[str]:
    return [act for act in ACTS[: ACTS.index(last) + 1] if act != "return" or last == "return"]


def _working_day(today: date, n: int) -> date:
    """The n-th working day from today; day 0 is today itself or the last working day before it."""
    calendar = working_days()
    day = today
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    step = 1 if n > 0 else -1
    for _ in range(abs(n)):
        day += timedelta(days=step)
        while not calendar.is_working(day):
            day += timedelta(days=step)
    return day


def _file(player: Player, when: datetime, idea: Idea) -> CoordinationRequest:
    applicant = player.person(idea.by)
    own = applicant.department
    codes = [code for code in (idea.lead, *idea.others) if own is None or code != own.code]
    matter: CoordinationRequest = player.do(
        when, flows.file_at_once, by=applicant, departments=player.departments(*codes),
        fields={
            "title": idea.title, "category": idea.category, "urgency": idea.urgency, "background": idea.background,
            "goal": idea.goal, "expected_result": f"{idea.goal}形成书面约定并印发。", "initial_scope": "涉及的部门和岗位见背景。",
            "organization_goal": "2026年管理提升目标",
        },
    )  # fmt: skip
    return matter


def _return(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    player.do(
        when, flows.return_for_revision, matter_id=pk, by=player.person("dingxiaolei"),
        gaps=[("scope", "请写明涉及哪几条线路、哪几个班次。"), ("material", "请附现行时刻表。")],
    )  # fmt: skip


def _accept(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    player.do(
        when, flows.accept, matter_id=pk, by=player.person("dingxiaolei"), lead_department=player.department(idea.lead),
        co_departments=player.departments(*idea.others), fit=4, feasibility=4, priority=3,
        assessment="涉及两个以上部门，职责有交叉，宜由办公室协调。",
    )  # fmt: skip


def _prepare(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    with player.at(when):
        officer = player.person("dingxiaolei")
        flows.write_preparation(
            matter_id=pk, by=officer, facts=f"已向相关部门核实：{idea.background}", scope="限于本件所列部门。",
            expected_goal=idea.goal, questions=[f"{idea.goal.rstrip('。')}，由谁负责、何时完成？"],
        )  # fmt: skip
        flows.deliver_material(matter_id=pk, by=officer)


def _opinions(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    """In a matter that stops here, one department objects and the last is still silent."""
    rows = list(CoordinationRequest.objects.get(pk=pk).participants.select_related("department"))
    stops_here = idea.until == "opinions"
    for index, row in enumerate(rows[:-1] if stops_here else rows):
        opinion, reason = ("agree", "")
        if stops_here and index == 1:
            opinion, reason = "disagree", "现行制度只允许在小额采购中使用，须先修订制度。"
        with player.at(when):
            flows.give_opinion(
                participant_id=row.pk,
                by=_speaker(player, row.department.code),
                opinion=opinion,
                reason=reason,
            )


def _start(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    player.do(
        when, flows.start_decision, matter_id=pk, by=player.person("dingxiaolei"),
        override_reason="事项紧急，各部门已回复意见。",
    )  # fmt: skip


def _decide(player: Player, when: datetime, idea: Idea, pk: int, today: date) -> None:
    with player.at(when):
        doer = _speaker(player, idea.lead)
        flows.draft_item(
            matter_id=pk, by=player.person("dingxiaolei"), text=f"落实：{idea.goal}", standard="书面约定已印发，现场抽查符合。",
            department=player.department(idea.lead), assignee=doer, due_on=max(_working_day(today, idea.due_in), when.date()),
            question=CoordinationRequest.objects.get(pk=pk).questions.first(),
        )  # fmt: skip
        flows.decide_as_office(
            matter_id=pk,
            by=player.person("songyaqin"),
            resolution=f"各部门意见一致，{idea.goal.rstrip('。')}，由牵头部门落实。",
        )


def _item(pk: int) -> Any:
    return CoordinationRequest.objects.get(pk=pk).items.get()


def _acknowledge(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    item = _item(pk)
    player.do(when, flows.acknowledge, item_id=item.pk, by=item.assignee)


def _report(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    item = _item(pk)
    player.do(
        when, flows.report, item_id=item.pk, by=item.assignee, percent=idea.percent or 50, done="方案已定，现场正在实施。",
        next_step="完成剩余点位", difficulty="",
    )  # fmt: skip


def _submit(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    item = _item(pk)
    player.do(
        when, flows.submit_item, item_id=item.pk, by=item.assignee, result="约定已印发，现场已逐项核对。"
    )


def _close(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    player.do(
        when,
        flows.close_item,
        item_id=_item(pk).pk,
        by=player.person("dingxiaolei"),
        note="现场抽查三处，均符合。",
    )


def _complete(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    player.do(
        when,
        flows.complete_execution,
        matter_id=pk,
        by=_speaker(player, idea.lead),
        summary=f"已达到目标：{idea.goal}",
    )


def _confirm(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    with player.at(when):
        applicant = player.person(idea.by)
        flows.answer_survey(
            matter_id=pk, by=applicant, suggestion="希望今后一次说清需要哪些材料。",
            marks={"speed": 4, "attitude": 5, "quality": 4, "information": 3, "support": 4, "overall": 4},
        )  # fmt: skip
        flows.confirm(matter_id=pk, by=applicant, feedback="问题已解决。")


def _speaker(player: Player, code: str) -> Any:
    """Whoever answers for a department: its liaison, else its head."""
    return people.liaisons(player.department(code).pk)[0]
