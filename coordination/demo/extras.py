"""Beside the matters: a dispute under negotiation, a meeting that is called, a discussion; phrases and a saved tab."""

from __future__ import annotations

from datetime import datetime, timedelta

from coordination.demo import circulation, intake, papers, plan
from coordination.demo.player import Player
from disputes import flows as disputes
from meetings import flows as meetings
from organization import flows as organization
from requests import flows as requests
from requests.models import CoordinationRequest
from supervision.calendar import working_days

DISPUTED = "关于合同电子签章推行范围的协作需求"
TO_BE_CHANGED = "关于输煤系统远程巡检建设的协作需求"
TO_BE_DISCUSSED = "关于供应商主数据清洗的协作需求"


def play(player: Player, now: datetime) -> None:
    """Both happen on the last working morning before now."""
    calendar = working_days()
    today = calendar.local(now).date()
    day = today if calendar.is_working(today) else calendar.next_day(today, -1)
    moment = min(calendar.opening(day) + timedelta(hours=1), now)
    _dispute(player, moment)
    _meeting(player, moment)
    _comfort(player, moment)
    plan.report(player, moment)
    _change(player, moment)
    circulation.countersign(player, moment)
    circulation.consult(player, moment)
    intake.play(player, moment)
    papers.play(player, moment)


PHRASES = ("同意，请按期办理。", "请补充费用列支依据。", "本部门无异议。")


def _comfort(player: Player, moment: datetime) -> None:
    """A word on the matter and a message on record; stock phrases of a department; a filter kept as a tab."""
    matter = CoordinationRequest.objects.get(title=TO_BE_DISCUSSED)
    officer = player.person("dingxiaolei")
    player.do(
        moment, requests.comment, matter_id=matter.pk, by=officer,
        text=f"@宋雅琴，会前材料已请各部门准备，参见#{matter.number}。",
    )  # fmt: skip
    player.do(
        moment, requests.keep_message, matter_id=matter.pk, by=officer, channel="wecom", said_by="物资部 林佳",
        said_at=moment - timedelta(minutes=20), text="重复主数据清单已导出，共412条，会前发各部门核对。",
    )  # fmt: skip
    for text in PHRASES:
        player.do(
            moment,
            organization.keep_phrase,
            text=text,
            by=player.person("wuhaitao"),
            department=player.department("WZ"),
        )
    player.do(
        moment, requests.save_filter, page="matters", params={"tab": "active", "light": "bad"}, name="逾期未办",
        by=officer, is_shared=True,
    )  # fmt: skip


def _change(player: Player, moment: datetime) -> None:
    """A change of a project's scope, assessed by the office; it waits for the leader who approved the project."""
    matter = CoordinationRequest.objects.get(title=TO_BE_CHANGED)
    change = player.do(
        moment, requests.ask_change, matter_id=matter.pk, by=player.person("guming"), object="scope",
        value="限于本件所列部门；增加备件条码字段，巡检缺陷直接关联备件。", cause="external",
        cause_text="物资部十二月起启用备件条码。", alternatives="第二期再做，届时需停机两天。",
        impacts={
            "impact_goal": "无影响", "impact_scope": "增加一项数据接口", "impact_resource": "增加1人周",
            "impact_time": "增加5日", "impact_risk": "接口压力增大",
        },
    )  # fmt: skip
    player.do(
        moment, requests.assess_change, change_id=change.pk, by=player.person("dingxiaolei"),
        assessment="五方面影响已写全，费用在预算之内，建议同意。",
    )  # fmt: skip


def _dispute(player: Player, moment: datetime) -> None:
    matter = CoordinationRequest.objects.get(title=DISPUTED)
    player.do(
        moment, disputes.register, matter_id=matter.pk, by=player.person("dingxiaolei"), kind="duty",
        parties=player.departments("JH", "FW"), points=["电子签章的适用范围由哪个部门认定", "制度修订前能否先行试用"],
        claim="明确认定部门，先行试用小额合同。", tried="两部门已于会前当面沟通一次，法务部认为须先修订制度，未达成一致。",
        blocked_what="两批采购合同无法签订", interim_arrangement="裁定前仍用纸质签章，由计划发展部收发。",
    )  # fmt: skip


def _meeting(player: Player, moment: datetime) -> None:
    matter = CoordinationRequest.objects.get(title=TO_BE_DISCUSSED)
    calendar = working_days()
    begins = calendar.opening(calendar.next_day(calendar.local(moment).date(), 4)) + timedelta(hours=1)
    with player.at(moment):
        meeting = meetings.plan(
            by=player.person("dingxiaolei"), title="供应商主数据清洗专题协调会", starts_at=begins,
            ends_at=begins + timedelta(minutes=50), place="协调办301", chair=player.person("songyaqin"),
            recorder=player.person("heting"), preparation="请各部门带重复主数据清单。",
            attendees=[player.person(login) for login in ("linjia", "luomin", "fengqing", "zhaoyiming")],
            items=[
                {"text": question.text, "matter": matter, "question": question, "length": 30,
                 "department": player.department("WZ"), "presenter": player.person("linjia")}
                for question in matter.questions.all()
            ],
        )  # fmt: skip
        meetings.call(meeting_id=meeting.pk, by=player.person("dingxiaolei"))
