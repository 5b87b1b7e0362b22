"""Story A, 劳保服 (domain §7.1), act by act, as its people play it in the browser."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from audit.acting import DEMO
from coordination.demo.founding import continue_registers
from coordination.demo.letters import complete_draft
from coordination.demo.player import moment
from coordination.demo.story import GOAL, TITLE
from meetings import flows as meetings
from meetings.models import Meeting
from requests.models import ActionItem, CoordinationRequest
from requests.retrospect_states import Dimension
from requests.states import Stage
from tests.browser.story import FOUND_WRONG, Office, met
from tests.documents.uploads import PDF

# In the order of the register: the loan is settled first, so its item is 96.
QUESTIONS = (
    "开工前是否由物资部先借3套？",
    "是否由检修部采购3套劳保服，费用列运行维持费？",
    "今后外包合同是否写明劳保用品配置清单和标准，由外包单位提供？",
)
FORM = {
    "title": TITLE,
    "category": "内部事务",
    "phone": "内线5526",
    "urgency": "急件",
    "background": "工艺班现有3名外包管焊工，09-28参加机组检修。09-11持物资领用单到物资部领取劳保服3套，未获同意。",
    "expected_result": "09-28前3套劳保服发到本人，并明确今后外包人员劳保用品由哪个部门归口。",
    "served_goal": "2026年机组检修安全目标",
    "initial_scope": "检修部工艺班3名外包管焊工",
    "wished_departments": ["物资部", "人力资源部", "计划发展部", "财务部"],
    "suggested_lead": "检修部",
    "wished_on": "2026-09-24",
}
TALK = {
    "department": "物资部",
    "person_name": "库房值班员",
    "held_at": "2026-09-11 15:30",
    "means": "当面",
    "our_goal": "领取劳保服3套",
    "answer": "不同意",
}
ROW = "attempts-0-"


def filed(office: Office, password: str) -> CoordinationRequest:
    """09-14: refused without a goal and without the reason of the refusal; then 协〔2026〕41号."""
    office.at("2026-09-14 14:00")
    continue_registers(by=DEMO)
    office.at("2026-09-14 14:20")
    office.log_in("zhouliqun", password)
    office.follow("提协调需求")
    office.send()
    office.fill(FORM)
    office.add_row("attempts")
    office.fill(TALK, ROW)
    _keep(office)
    office.send(status=FOUND_WRONG)

    assert "还没有填写" in office.error_beside("goal")
    assert "理由" in office.error_beside(f"{ROW}reason")
    assert office.value("title") == TITLE
    assert office.value("background") == FORM["background"]
    assert office.value(f"{ROW}person_name") == TALK["person_name"]
    matter = CoordinationRequest.objects.get()
    assert (matter.stage, matter.number) == (Stage.DRAFT, None)

    office.fill(
        {"goal": "请物资部发放劳保服", f"{ROW}reason": "对方未说明", f"{ROW}next_step": "提交协调需求"}
    )
    _keep(office)
    office.send()
    assert "协〔2026〕41号" in office.text()
    return CoordinationRequest.objects.get()


def _keep(office: Office) -> None:
    """The draft keeps itself; who waits for the word is never in its way."""
    office.page.get_by_text("草稿已自动保存").wait_for()


def completed(office: Office, matter: CoordinationRequest) -> None:
    """Returned the same afternoon with both gaps at once, completed the next morning."""
    home = f"/requests/{matter.pk}/"
    office.at("2026-09-14 16:05")
    office.seat("dingxiaolei", home)
    office.follow("退回补正")
    office.fill({"code": "目标不明确", "text": "请写明希望达到的状态，不写请谁做什么。"}, "gaps-0-")
    office.add_row("gaps")
    office.fill({"code": "缺对方拒绝的理由", "text": "请补记物资部不同意的理由。"}, "gaps-1-")
    office.send()

    office.at("2026-09-15 09:30")
    office.seat("zhouliqun", home)
    office.take_turn("补正")
    assert "请补记物资部不同意的理由。" in office.text()
    goal, reason = matter.gaps.open()
    office.fill(
        {
            "goal": GOAL, f"{ROW}reason": "劳保服专项资金仅用于公司员工",
            f"answer_{goal.pk}": "已改写为希望达到的状态。", f"answer_{reason.pk}": "已补记物资部的理由。",
        }
    )  # fmt: skip
    _keep(office)
    office.send()


def prepared(office: Office, matter: CoordinationRequest) -> None:
    """09-15: accepted, checked, sent to the five departments."""
    home = f"/requests/{matter.pk}/"
    office.at("2026-09-15 10:40")
    office.seat("dingxiaolei", home)
    office.take_turn("受理")
    office.fill(
        {
            "lead_department": "检修部", "co_departments": FORM["wished_departments"],
            "fit": "5", "feasibility": "4", "complexity": "3", "risk": "4", "resource_limits": "2", **met(),
            "assessment": "检修开工在即，涉及五个部门，谁受益谁承担，由检修部牵头。",
        }
    )  # fmt: skip
    office.send()
    office.at("2026-09-15 11:30")
    office.seat("dingxiaolei", home)
    office.take_turn("写准备材料")
    office.fill(
        {
            "facts": "已核实：3人为兴达劳务派遣，合同只写“甲方提供劳保用品”，未列明细；库存同款劳保服31套。",
            "scope": "检修部工艺班3名外包管焊工及今后同类外包人员", "expected_goal": GOAL,
            "questions": "\n".join(QUESTIONS),
        }
    )  # fmt: skip
    office.send()
    office.take_turn("送达材料")
    office.send()


def called(office: Office, matter: CoordinationRequest) -> Meeting:
    """09-18: hand-over 3 has made the draft of a special meeting for Sunday 09-20, which is a working day this year."""
    office.at("2026-09-18 16:10")
    office.seat("dingxiaolei", f"/requests/{matter.pk}/")
    assert "已流转3次" in office.text()
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.ends_at) == (moment("2026-09-20 09:30"), moment("2026-09-20 10:20"))
    assert (meeting.chair.name, meeting.recorder.name, meeting.planned_by) == ("宋雅琴", "何婷", None)
    assert "联〔2026〕115号" in meeting.items.get().suggestion
    office.follow("查看系统拟定的专题协调会")
    complete_draft(office.player, CoordinationRequest.objects.get(pk=matter.pk), meeting)
    meetings.add_material(
        meeting_id=meeting.pk, by=office.person("dingxiaolei"),
        uploads=[SimpleUploadedFile("劳保服库存.txt", "同款在库12套。".encode(), "text/plain")],
    )  # fmt: skip
    office.seat("dingxiaolei", f"/meetings/{meeting.pk}/")
    office.take_turn("发会议通知")
    office.send()
    meeting.refresh_from_db()
    assert meeting.number == "会〔2026〕18号"
    _replied(office, meeting)
    return meeting


def _replied(office: Office, meeting: Meeting) -> None:
    office.at("2026-09-18 16:30")
    office.seat("linjia", f"/meetings/{meeting.pk}/")
    office.take_turn("填写回执")
    office.fill({"reply": "参加"})
    office.send()
    for login in ("zhengguodong", "chenqiming", "xujing", "guming", "luomin", "maguoping"):
        meetings.answer(meeting_id=meeting.pk, by=office.person(login), reply="yes")


def opened(office: Office, meeting: Meeting) -> None:
    """09-20: everybody is there; without results the meeting cannot be closed."""
    live = f"/meetings/{meeting.pk}/live/"
    office.at("2026-09-20 09:30")
    office.seat("heting", live)
    arrivals = office.page.locator(".x-att").get_by_role("button", name="到会")
    for _seat in range(arrivals.count()):
        with office.page.expect_navigation():
            arrivals.first.click()
    office.seat("songyaqin", f"/meetings/{meeting.pk}/")
    office.take_turn("开会")
    office.send()
    office.follow("散会")
    office.send(status=FOUND_WRONG)
    assert "还没有结果的议题" in office.text()
    meeting.refresh_from_db()
    assert meeting.state == "in_session"


RESULTS: tuple[tuple[str, str, list[dict[str, Any]]], ...] = (
    (
        "2026-09-20 09:45", "物资部先借3套，到货后归还。",
        [
            {"text": "借出同款劳保服3套给检修部工艺班使用", "standard": "3名管焊工本人签领", "department": "物资部",
             "assignee": "林佳", "due_on": "2026-09-22", "is_interim": True},
        ],
    ),
    (
        "2026-09-20 09:55", "检修部发起采购3套，费用列运行维持费，预算1,350.00元。",
        [
            {"text": "提交3套劳保服采购申请，费用列运行维持费", "standard": "采购申请已审批", "department": "检修部",
             "assignee": "陈启明", "due_on": "2026-09-23"},
            {"text": "完成3套劳保服采购并到货验收入库", "standard": "到货3套，规格与公司同款一致", "department": "物资部",
             "assignee": "林佳", "due_on": "2026-10-15"},
            {"text": "归还借用的3套劳保服", "standard": "等额归还，出借方确认", "department": "检修部",
             "assignee": "周立群", "due_on": "2026-10-20", "verifier": "林佳", "report_every": "15"},
        ],
    ),
    (
        "2026-09-20 10:11", "今后外包合同写明配置清单和标准，由外包单位提供。",
        [
            {"text": "修订外包合同范本，写明劳保用品配置清单和标准", "standard": "范本经法务部审核后印发",
             "department": "计划发展部", "assignee": "顾明", "due_on": "2026-10-30", "co_departments": ["法务部"],
             "report_every": "10"},
        ],
    ),
)  # fmt: skip


def settled(office: Office, meeting: Meeting) -> None:
    """Three results with their action items; the reserved opinion of 人力资源部; then the meeting is closed."""
    for when, resolution, actions in RESULTS:
        office.at(when)
        office.seat("heting", f"/meetings/{meeting.pk}/live/")
        office.follow("通过")
        office.fill({"resolution": resolution})
        for number, action in enumerate(actions):
            if number:
                office.add_row("actions")
            office.fill(action, f"actions-{number}-")
        if resolution.startswith("今后"):
            office.add_row("reservations")
            office.fill({"department": "人力资源部", "text": "建议今后不再由甲方承担。"}, "reservations-0-")
        office.send()
    office.at("2026-09-20 10:20")
    office.seat("songyaqin", f"/meetings/{meeting.pk}/live/")
    office.take_turn("散会")
    office.send()


def published(office: Office, meeting: Meeting) -> list[ActionItem]:
    """Drafted, confirmed by those who were there, signed by the chair and not by the recorder: 纪〔2026〕18号."""
    paper = f"/meetings/{meeting.pk}/minutes/"
    office.at("2026-09-20 11:10")
    office.seat("heting", f"/meetings/{meeting.pk}/")
    office.take_turn("起草纪要")
    office.fill({"summary": "会议听取各部门意见，就三项议题形成一致。"})
    office.send()
    _confirmed(office, meeting)
    office.at("2026-09-21 09:20")
    office.turned_away("heting", f"{paper}sign/")
    office.seat("songyaqin", paper)
    office.take_turn("签发纪要")
    office.send()
    office.at("2026-09-21 15:10")
    office.seat("heting", paper)
    office.take_turn("印发")
    office.send()
    assert "纪〔2026〕18号" in office.text()
    items = list(ActionItem.objects.order_by("pk"))
    assert [item.number for item in items] == [f"督〔2026〕{number}号" for number in range(96, 101)]
    return items


def _confirmed(office: Office, meeting: Meeting) -> None:
    office.at("2026-09-20 14:10")
    office.seat("linjia", f"/meetings/{meeting.pk}/minutes/")
    office.take_turn("确认纪要")
    waiting = meeting.minutes.confirmations.filter(state="waiting").select_related("person")
    for word in waiting:
        meetings.confirm(minutes_id=meeting.minutes.pk, by=office.person(word.person.username))


# --- 督〔2026〕96号 to 100号 ---


def acknowledged(office: Office, items: list[ActionItem]) -> None:
    """09-21: everybody signs for the own item."""
    for minute, item in enumerate(items):
        office.at(f"2026-09-21 15:{40 + minute}")
        office.seat(item.assignee.username, f"/items/{item.pk}/")
        office.send()


def started(office: Office, item: ActionItem, when: str, first_step: str) -> None:
    office.at(when)
    office.seat(item.assignee.username, f"/items/{item.pk}/")
    office.follow("开始办理")
    office.fill({"first_step": first_step})
    office.send()


def done(office: Office, item: ActionItem, when: str, result: str, verifier: str = "dingxiaolei") -> None:
    """Reported with its evidence, closed by somebody else: the doer has no such page."""
    paper = {"name": "佐证.pdf", "mimeType": "application/pdf", "buffer": PDF}
    office.at(when)
    office.seat(item.assignee.username, f"/items/{item.pk}/")
    office.follow("已完成")
    office.fill({"result": result, "evidence": [paper]})
    office.send()
    office.turned_away(item.assignee.username, f"/items/{item.pk}/close/")
    office.seat(verifier, f"/items/{item.pk}/")
    office.follow("办结销号")
    office.fill({"note": "已核对。"})
    office.send()


def reported(office: Office, item: ActionItem, when: str, given: dict[str, Any]) -> None:
    """A word before the cycle ends; what is not said stands ready from last time."""
    office.at(when)
    office.seat(item.assignee.username, f"/items/{item.pk}/")
    office.follow("报进展")
    office.fill(given)
    office.send()


def extended(office: Office, item: ActionItem) -> None:
    """10-27: five working days more, approved by the head of the department; the original date stays."""
    reported(
        office, item, "2026-10-26 09:30",
        {"percent": "70", "done": "条款初稿完成，已送法务部。", "difficulty": "法务部审核排队",
         "next_step": "取法务部审核意见", "next_on": "2026-10-28"},
    )  # fmt: skip
    office.at("2026-10-27 10:20")
    office.seat("guming", f"/items/{item.pk}/")
    office.follow("申请延期")
    office.fill(
        {"wished_on": "2026-11-06", "reason": "法务部审核需要时间。", "progress": "初稿完成，完成约七成。"}
    )
    office.send()
    office.at("2026-10-27 11:00")
    office.seat("jiangzhiyuan", f"/items/{item.pk}/")
    office.take_turn("答复申请")
    office.fill({"approve": "同意延期", "answer": "同意，抓紧与法务部对接。"})
    office.send()


def lent_out(office: Office, item: ActionItem) -> None:
    """09-22: the three sets change hands and stand in the ledger (借用台账)."""
    office.at("2026-09-22 09:40")
    office.seat("linjia", f"/requests/{item.matter_id}/?tab=loans")
    office.follow("登记借用")
    office.fill(
        {"thing": "劳保服（秋装）", "quantity": "3", "unit": "套", "lender": "物资部", "borrower": "检修部",
         "lent_on": "2026-09-22", "due_on": "2026-10-20", "way": "等额归还"}
    )  # fmt: skip
    office.send()


def brought_back(office: Office, item: ActionItem) -> None:
    """10-19: the borrower reports the return, the lender confirms it."""
    loan = item.matter.loans.get()
    office.at("2026-10-19 09:20")
    office.seat("zhouliqun", f"/loans/{loan.pk}/")
    office.take_turn("报告归还")
    office.fill({"note": "以新到货的3套等额归还。"})
    office.send()
    office.at("2026-10-19 09:40")
    office.seat("linjia", f"/loans/{loan.pk}/")
    office.take_turn("确认归还")


def carried_out(office: Office, items: list[ActionItem]) -> None:
    """09-21 to 11-05."""
    lent, asked, bought, returned, revised = items
    acknowledged(office, items)
    lent_out(office, lent)
    done(office, lent, "2026-09-22 10:00", "3套已借出，三人本人签领。")
    done(office, asked, "2026-09-23 10:30", "采购申请已审批，预算1,350.00元。")
    started(office, bought, "2026-09-24 09:00", "询价并下单。")
    started(office, returned, "2026-09-24 10:00", "到货后归还。")
    started(office, revised, "2026-09-24 10:20", "起草范本条款。")
    reported(
        office, bought, "2026-10-09 10:00",
        {"percent": "60", "done": "已下单，供应商承诺10-15到货。", "next_step": "到货验收", "next_on": "2026-10-15"},
    )  # fmt: skip
    reported(
        office, revised, "2026-10-15 10:00",
        {"percent": "50", "done": "已收集三份在用合同，条款初稿写到一半。", "next_step": "完成条款初稿"},
    )  # fmt: skip
    done(office, bought, "2026-10-15 15:00", "到货3套，规格一致，已入库。")
    brought_back(office, lent)
    done(office, returned, "2026-10-19 10:00", "已等额归还3套。", verifier="linjia")
    extended(office, revised)
    done(office, revised, "2026-11-05 15:00", "范本经法务部审核后印发。")


def confirmed(office: Office, matter: CoordinationRequest) -> None:
    """11-05 reported carried out; 11-06 confirmed by the applicant, with the survey."""
    home = f"/requests/{matter.pk}/"
    office.at("2026-11-05 16:30")
    office.seat("chenqiming", home)
    office.take_turn("报告办结")
    office.fill({"summary": "三名管焊工开工前已穿同款劳保服；采购、归还、合同范本修订均已完成。"})
    office.send()
    office.at("2026-11-06 09:30")
    office.seat("zhouliqun", home)
    office.take_turn("确认结果")
    office.fill({"feedback": "问题已解决，班组同等管理已落实。"})
    office.send()
    office.take_turn("填写满意度评价")
    office.fill(
        {"speed": "4", "attitude": "4", "quality": "5", "information": "3", "support": "4", "overall": "4"}
    )
    office.send()


def reviewed(office: Office, matter: CoordinationRequest) -> None:
    """11-10: 复〔2026〕9号 names the causes and what is bettered; what is missing is told first."""
    office.at("2026-11-10 09:30")
    office.seat("dingxiaolei", f"/requests/{matter.pk}/")
    office.follow("写复盘")
    office.send(status=FOUND_WRONG)
    assert "六个维度都要评价" in office.error_beside("grade_goal")
    office.fill(
        {
            "comparison": "目标：开工前同款同管；结果：09-22三人已穿上。", "went_well": "先借后还，没有误工。",
            "fell_short": "三次移交，费时四天。", "root_causes": "合同条款不明，归口不清。", "chair": "宋雅琴",
            "people": ["周立群", "林佳", "许静", "顾明"], **{f"grade_{of}": "良好" for of in Dimension},
        }
    )  # fmt: skip
    office.add_row("improvements")
    office.fill(
        {
            "text": "职责清单新增“外包人员劳保用品归口”条目",
            "kind": "职责",
            "owner": "许静",
            "due_on": "2026-12-01",
        },
        "improvements-0-",
    )
    office.send()
    assert "复〔2026〕9号" in office.text()


def sealed(office: Office, matter: CoordinationRequest) -> None:
    """11-17: the records administrator seals the dossier."""
    office.at("2026-11-17 10:00")
    office.seat("shaowen", f"/requests/{matter.pk}/")
    office.take_turn("归档")
    office.send()
