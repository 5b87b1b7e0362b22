"""Some twenty matters at every stage and of every light, dated from today, so that each page has something to show."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from coordination.demo import circulation, plan
from coordination.demo.ideas import IDEAS, OTHERWISE, SERVED, Idea
from coordination.demo.player import SHANGHAI, Player
from organization import people
from requests import flows
from requests.approval_states import Check
from requests.flows.conditions import all_met
from requests.models import CoordinationRequest
from supervision.calendar import working_days

# The acts in the order in which a matter meets them; an idea is played up to and including its `until`.
ACTS = (
    "file", "return", "paper", "first", "second", "third", "accept", "prepare", "opinions", "start", "decide", "plan", "acknowledge", "report", "submit", "close",
    "complete", "confirm",
)  # fmt: skip


# Only projects are approved before they are accepted (R036).
APPROVALS = ("paper", "first", "second", "third")

# What follows these happens on the same day; every other act is a working day after the one before.
SAME_DAY = ("return", "accept")


def play(player: Player, today: date) -> list[CoordinationRequest]:
    """File every idea, oldest first, then carry each as far as it goes, in the order of time."""
    calendar = working_days()
    acts: list[tuple[datetime, int, int, str]] = []
    for index, idea in enumerate(IDEAS):
        acts_of_idea = _acts_of(idea)
        moves = sum(act not in SAME_DAY for act in acts_of_idea[:-1])
        day = _working_day(today, -(idea.rest + moves))
        for step, act in enumerate(acts_of_idea):
            when = datetime.combine(day, time(8, 40 + index % 20), SHANGHAI) + timedelta(
                minutes=3 * index + step
            )
            acts.append((when, index, step, act))
            if act not in SAME_DAY:
                day = calendar.next_day(day)
    found: dict[int, CoordinationRequest] = {}
    for when, index, _step, act in sorted(acts):
        idea = IDEAS[index]
        if act == "file":
            found[index] = _file(player, when, idea)
        else:
            globals()[f"_{act}"](player, when, idea, found[index].pk, today)
    return [CoordinationRequest.objects.get(pk=matter.pk) for matter in found.values()]


def _acts_of(idea: Idea) -> list[str]:
    left_out = {"return", "plan"} - {idea.until} | (set() if idea.category == "project" else set(APPROVALS))
    return [act for act in ACTS[: ACTS.index(idea.until) + 1] if act not in left_out]


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
        attempts=[_talk(player, when, code) for code in codes] if idea.category == "project" else [],
        fields={
            "title": idea.title, "category": idea.category, "urgency": idea.urgency, "background": idea.background,
            "goal": idea.goal, "expected_result": f"{idea.goal}形成书面约定并印发。", "initial_scope": "涉及的部门和岗位见背景。",
            "served_goal": player.goal(SERVED.get(idea.category, OTHERWISE)),
        },
    )  # fmt: skip
    return matter


def _talk(player: Player, when: datetime, code: str) -> dict[str, Any]:
    """R034: before a project is filed every core department has been asked."""
    return {
        "department": player.department(code), "person_name": _speaker(player, code).name, "held_at": when - timedelta(days=3),
        "means": "in_person", "our_goal": "商请参与项目", "answer": "agreed", "reason": "", "next_step": "提交立项",
    }  # fmt: skip


def _paper(player: Player, when: datetime, idea: Idea, pk: int, today: date) -> None:
    """立项申请书 (F2), drawn from the request and completed by the office."""
    begins, ends = working_days().next_day(when.date()), _working_day(today, 60)
    with player.at(when):
        officer = player.person("dingxiaolei")
        flows.write_application(
            matter_id=pk, by=officer,
            fields={
                "lead_person": player.person(idea.in_charge), "lead_department": player.department(idea.lead),
                "goals": [{"indicator": idea.goal.rstrip("。")[:60], "target": "98", "unit": "%", "due_on": ends}],
                "may_call_meetings": True, "may_assign_items": True, "days_up_to": 5, "starts_on": begins, "ends_on": ends,
                "milestones": [{"text": "方案评审通过", "day": _working_day(today, 20)}, {"text": "上线试运行", "day": ends}],
                "resources": [{"kind": "people", "text": "各部门业务骨干1名", "source": "参与部门"}],
                "budget": Decimal(480_000), "risks": [{"text": "数据口径不一", "measure": "先定数据字典"}],
            },
        )  # fmt: skip
        flows.submit_application(matter_id=pk, by=officer)


def _approve(player: Player, when: datetime, pk: int, opinion: str, budget_line: str = "") -> None:
    step = CoordinationRequest.objects.get(pk=pk).application.steps.open().get()
    player.do(
        when, flows.answer_approval, matter_id=pk, by=player.person(step.asked.username), outcome="approved", opinion=opinion,
        checks={check.value: {"is_so": True, "comment": ""} for check in Check}, budget_line=budget_line,
    )  # fmt: skip


def _first(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    _approve(player, when, pk, "业务需要，同意上报。")


def _second(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    _approve(player, when, pk, "范围、职责清楚，同意。")


def _third(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    _approve(player, when, pk, "同意立项。", budget_line="信息化建设费")


def _return(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    player.do(
        when, flows.return_for_revision, matter_id=pk, by=player.person("dingxiaolei"),
        gaps=[("scope", "请写明涉及哪几条线路、哪几个班次。"), ("material", "请附现行时刻表。")],
    )  # fmt: skip


def _accept(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    player.do(
        when, flows.accept, matter_id=pk, by=player.person("dingxiaolei"), lead_department=player.department(idea.lead),
        co_departments=player.departments(*idea.others), fit=4, feasibility=4, complexity=3, risk=3, resource_limits=2,
        conditions=all_met(), assessment="涉及两个以上部门，职责有交叉，宜由办公室协调。",
    )  # fmt: skip


def _prepare(player: Player, when: datetime, idea: Idea, pk: int, today: date) -> None:
    with player.at(when):
        officer = player.person("dingxiaolei")
        flows.write_preparation(
            matter_id=pk, by=officer, facts=f"已向相关部门核实：{idea.background}", scope="限于本件所列部门。",
            expected_goal=idea.goal, questions=[f"{idea.goal.rstrip('。')}，由谁负责、何时完成？"],
        )  # fmt: skip
        flows.deliver_material(matter_id=pk, by=officer)
        if idea.category == "project":
            plan.draft(player, idea, pk, today)
        if idea.title == circulation.GOES_ROUND:
            circulation.send_round(player, pk)


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


_plan = plan.play


def _item(pk: int) -> Any:
    return CoordinationRequest.objects.get(pk=pk).items.get()


def _acknowledge(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    item = _item(pk)
    player.do(when, flows.acknowledge, item_id=item.pk, by=item.assignee)


def _report(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    item, day = _item(pk), when.date()
    player.do(
        when, flows.report, item_id=item.pk, by=item.assignee, percent=idea.percent or 50, done="方案已定，现场正在实施。",
        next_step="完成剩余点位", next_on=working_days().next_day(day), difficulty="无",
        expected_on=max(item.agreed_due_on, day),
    )  # fmt: skip


def _submit(player: Player, when: datetime, idea: Idea, pk: int, _today: date) -> None:
    item = _item(pk)
    player.do(
        when,
        flows.submit_item,
        item_id=item.pk,
        by=item.assignee,
        result="约定已印发，现场已逐项核对。",
        evidence_note="印发件存办公系统，现场记录可随时查看。",
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
        for row in CoordinationRequest.objects.get(pk=pk).participants.select_related("department"):
            speaker = _speaker(player, row.department.code)
            if speaker != applicant:
                flows.answer_survey(
                    matter_id=pk, by=player.person(speaker.username),
                    marks={"speed": 4, "attitude": 4, "quality": 4, "information": 4, "support": 5, "overall": 4},
                )  # fmt: skip


def _speaker(player: Player, code: str) -> Any:
    """Whoever answers for a department: its liaison, else its head."""
    return people.liaisons(player.department(code).pk)[0]
