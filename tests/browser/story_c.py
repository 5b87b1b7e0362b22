"""Story C, 采购与库存数据共享一期 (domain §7.3), until its dispute opens: what its people do in the browser, and the way between."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from coordination.demo.player import moment
from disputes.models import Dispute
from meetings import flows as meetings
from meetings.models import Meeting
from requests import flows
from requests.approval_states import Check
from requests.models import ChangeRequest, CoordinationRequest, Question
from tests.browser.story import Office, met

TITLE = "集团采购与库存数据共享一期"
GOAL = "库存日报每日9:00前可用率不低于98%，重复录入减少60%。"
QUESTIONS = ("是否通过协作计划？", "供应商主数据由谁维护？")
PARTIES = {"WZ": "linjia", "CW": "luomin", "JH": "guming", "JX": "chenqiming"}
MARKS = {"fit": "5", "feasibility": "4", "complexity": "4", "risk": "3", "resource_limits": "3"}


FORM = {
    "title": TITLE, "category": "重大项目", "phone": "内线6601", "goal": GOAL, "amount": "480000",
    "served_goal": "2026年数字化建设目标",
    "background": "采购与库存数据分散在三个系统，库存日报靠人工汇总，常有差错。", "initial_scope": "采购、库存、供应商主数据。",
    "expected_result": "库存日报自动生成，供应商主数据有唯一来源。", "wished_departments": ["物资部", "财务部", "计划发展部", "检修部"],
}  # fmt: skip


def filed(office: Office) -> CoordinationRequest:
    """09-08: the information centre files; every core department was asked before (R034)."""
    office.at("2026-09-08 09:00")
    office.seat("moxin", "/requests/new/")
    office.send()
    office.fill(FORM)
    for number, (code, login) in enumerate(PARTIES.items()):
        office.add_row("attempts")
        asked = {"department": office.player.department(code).name, "person_name": office.person(login).name}
        told = {"means": "当面", "our_goal": "商请参与数据共享", "answer": "同意", "next_step": "提交立项"}
        office.fill({**asked, "held_at": "2026-09-07 10:00", **told}, f"attempts-{number}-")
    office.page.get_by_text("草稿已自动保存").wait_for()
    office.send()
    return CoordinationRequest.objects.get()


def applied(office: Office, matter: CoordinationRequest) -> None:
    """The office is asked for the project application before it can accept; it stands there drawn from the request."""
    office.at("2026-09-08 14:00")
    office.seat("dingxiaolei", f"/requests/{matter.pk}/")
    office.take_turn("填写立项申请书")
    assert office.value("title") == TITLE
    with office.player.at("2026-09-08 15:00"):
        officer = office.person("dingxiaolei")
        flows.write_application(
            matter_id=matter.pk, by=officer,
            fields={
                "lead_person": office.person("zhaoyiming"), "lead_department": office.player.department("XX"),
                "content": "字典、清洗、接口、日报四步。", "benefit": "每年减少重复录入约1200小时。",
                "goals": [{"indicator": "日报可用率", "target": "98", "unit": "%", "due_on": date(2026, 12, 11)}],
                "may_call_meetings": True, "may_assign_items": True, "days_up_to": 5, "starts_on": date(2026, 9, 21),
                "ends_on": date(2026, 12, 11), "milestones": [{"text": "库存日报上线", "day": date(2026, 11, 27)}],
                "resources": [{"kind": "people", "text": "业务骨干各1名", "source": "参与部门"}],
                "budget": Decimal(480_000), "risks": [{"text": "单价敏感、口径不一", "measure": "先定数据字典"}],
            },
        )  # fmt: skip
        flows.submit_application(matter_id=matter.pk, by=officer)


def approved(office: Office, matter: CoordinationRequest, login: str, when: str, **more: str) -> None:
    """One level looks at five things and approves."""
    office.at(when)
    office.seat(login, f"/requests/{matter.pk}/")
    office.take_turn("批准")
    office.fill({**{f"check_{check.value}": "是" for check in Check}, **more})
    office.send()


def prepared(office: Office, matter: CoordinationRequest) -> None:
    """Accepted, sent out, answered, planned: everybody agrees but on who keeps the data of the suppliers."""
    home, player, officer = f"/requests/{matter.pk}/", office.player, office.person("dingxiaolei")
    office.at("2026-09-15 16:00")
    office.seat("dingxiaolei", home)
    office.take_turn("受理")
    office.fill(
        {"lead_department": "信息中心", "co_departments": FORM["wished_departments"], **MARKS, **met(),
         "assessment": "重大项目，三级审批已通过。"}
    )  # fmt: skip
    office.send()
    office.at("2026-09-16 09:30")
    office.seat("dingxiaolei", home)
    office.take_turn("写准备材料")
    office.fill(
        {
            "facts": "三系统字段已比对。",
            "scope": "采购、库存、供应商主数据。",
            "expected_goal": GOAL,
            "questions": "\n".join(QUESTIONS),
        }
    )
    office.send()
    office.take_turn("送达材料")
    office.send()
    _opinions(office, matter)
    with player.at("2026-09-21 09:00"):
        plan = flows.start_plan(matter_id=matter.pk, by=officer)
        flows.write_plan_task(
            plan_id=plan.pk, by=officer, measures=[{"side": "output", "name": "字段覆盖率", "target": "≥98", "unit": "%"}],
            helpers=[],
            fields={
                "wbs": "1.1", "name": "数据字典", "owner": office.person("zhaoyiming"), "begins_on": date(2026, 9, 21),
                "ends_on": date(2026, 10, 16), "standard": "五部门签认。", "resources": "信息中心2人周。", "predecessors": "",
                "weight": 1, "is_critical": False, "milestone": None,
            },
        )  # fmt: skip
        flows.start_decision(matter_id=matter.pk, by=officer)


def _opinions(office: Office, matter: CoordinationRequest) -> None:
    """The finance department agrees on a condition only, with its reason; the others agree."""
    office.at("2026-09-17 10:00")
    for row in matter.participants.select_related("department"):
        office.seat(
            PARTIES.get(row.department.code, "zhaoyiming"), f"/requests/{matter.pk}/opinions/{row.pk}/"
        )
        objects = row.department.code == "CW"
        office.fill({"opinion": "有条件同意" if objects else "同意"})
        if objects:
            office.fill({"reason": "供应商准入在物资部，主数据应由物资部维护。"})
        office.send()


def held(office: Office, matter: CoordinationRequest) -> Question:
    """09-28, the joint meeting of September: the plan is passed, the data of the suppliers is not agreed."""
    player, officer, chair = office.player, office.person("dingxiaolei"), office.person("songyaqin")
    matter.refresh_from_db()
    with player.at("2026-09-21 10:00"):
        meeting = meetings.plan(
            by=officer, title="9月联席会议", kind="joint", starts_at=moment("2026-09-28 09:30"),
            ends_at=moment("2026-09-28 10:30"), place="协调办301", chair=chair, recorder=office.person("heting"),
            attendees=[office.person(login) for login in ("zhaoyiming", *PARTIES.values())],
            items=[{"text": row.text, "matter": matter, "question": row} for row in matter.questions.all()],
        )  # fmt: skip
        for late in meeting.items.filter(is_late=True):
            meetings.agree_to_late_item(item_id=late.pk, by=chair)
        meetings.call(meeting_id=meeting.pk, by=officer)
    with player.at("2026-09-28 09:25"):
        for seat in meeting.invitations.filter(capacity="attend"):
            meetings.mark_arrival(invitation_id=seat.pk, by=office.person("heting"))
    with player.at("2026-09-28 09:30"):
        meetings.open_session(meeting_id=meeting.pk, by=chair)
    _results(office, meeting)
    _minutes(office, meeting)
    return Question.objects.get(matter=matter, text=QUESTIONS[1])


def _results(office: Office, meeting: Meeting) -> None:
    department = office.player.department
    first, second = meeting.items.order_by("order")
    with office.player.at("2026-09-28 10:00"):
        meetings.record_result(
            item_id=first.pk, by=office.person("heting"), result="agreed", resolution="通过协作计划。",
            actions=[{"text": "编制采购与库存数据字典", "standard": "五部门签认", "department": department("XX"),
                      "assignee": office.person("zhaoyiming"), "due_on": date(2026, 10, 16)}],
        )  # fmt: skip
        meetings.record_result(
            item_id=second.pk, by=office.person("heting"), result="not_agreed",
            differences=[
                {"department": department("WZ"), "position": "财务付款信息应由财务部维护。"},
                {"department": department("CW"), "position": "供应商准入在物资部，应由物资部维护。"},
            ],
        )  # fmt: skip


def _minutes(office: Office, meeting: Meeting) -> None:
    player, chair, recorder = office.player, office.person("songyaqin"), office.person("heting")
    with player.at("2026-09-28 10:30"):
        minutes = meetings.close(meeting_id=meeting.pk, by=chair)
    with player.at("2026-09-28 14:30"):
        meetings.send_for_confirmation(minutes_id=minutes.pk, by=recorder)
        for word in minutes.confirmations.select_related("person"):
            meetings.confirm(minutes_id=minutes.pk, by=office.person(word.person.username))
    with player.at("2026-09-30 09:30"):
        meetings.sign(minutes_id=minutes.pk, by=chair)
    with player.at("2026-09-30 10:00"):
        meetings.publish(minutes_id=minutes.pk, by=recorder)


NEW_SCOPE = "采购、库存、供应商主数据；增加备件条码字段，日更改为每4小时。"
IMPACTS = {
    "impact_goal": "日报改为每4小时更新，可用率目标不变。", "impact_scope": "增加备件条码字段1项。",
    "impact_resource": "增加1人周、费用26,000.00元。", "impact_time": "工期增加5日。", "impact_risk": "接口压力增大。",
}  # fmt: skip


def change_asked(office: Office, matter: CoordinationRequest) -> ChangeRequest:
    """10-12: a department asks for a wider scope while the question of the suppliers is still open; of the frame of the
    project the level that approved it decides (R094)."""
    office.at("2026-10-12 10:00")
    office.seat("chenqiming", f"/requests/{matter.pk}/?tab=changes")
    office.follow("申请变更")
    office.fill(
        {
            "object": "范围",
            "value": NEW_SCOPE,
            "cause": "内部原因",
            "cause_text": "备件领用需要扫码，库存要更快更新。",
            **IMPACTS,
        }
    )
    office.send()
    return ChangeRequest.objects.get()


def change_carried_out(office: Office, change: ChangeRequest) -> None:
    """Assessed on 10-15, approved by who approved the project on 10-19, read by everybody concerned until 10-21."""
    player, officer = office.player, office.person("dingxiaolei")
    player.do(
        "2026-10-15 15:00",
        flows.assess_change,
        change_id=change.pk,
        by=officer,
        assessment="影响可控，建议批准。",
    )
    player.do(
        "2026-10-19 10:00",
        flows.answer_change,
        change_id=change.pk,
        by=office.person("fanchangqing"),
        approve=True,
    )
    player.do("2026-10-19 15:00", flows.apply_change, change_id=change.pk, by=office.person("shilei"))
    with player.at("2026-10-21 10:00"):
        for reading in change.readings.select_related("person"):
            flows.read_change(change_id=change.pk, by=reading.person)
        flows.verify_change(change_id=change.pk, by=officer)
    change.refresh_from_db()


def disputed(office: Office, matter: CoordinationRequest) -> Dispute:
    """10-13: the supplies department takes the question that was not agreed to a dispute, from the page of the matter."""
    office.at("2026-10-13 09:30")
    office.seat("linjia", f"/requests/{matter.pk}/")
    office.take_turn("登记争议")
    assert "财务付款信息应由财务部维护。" in office.text()
    office.fill(
        {
            "kind": "职责", "parties": ["物资部", "财务部"], "tried": "09-28会上当面协商，10-12电话沟通，未达成一致。",
            "blocked_what": "供应商主数据清洗、接口联调无法开始。", "interim_arrangement": "裁定前由物资部按现行做法维护。",
            "claim": "明确供应商主数据由谁维护。",
        }
    )  # fmt: skip
    office.send()
    return Dispute.objects.get()
