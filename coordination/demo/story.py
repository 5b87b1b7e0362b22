"""Story A, 劳保服 (domain §7.1): played at its own dates through the real flows.

Without its loans, review and duty entry, which belong to later parts of the system; with its sheets, hand-overs and
extension. Everything that waits is supervised by the same ticks that run in the office.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from archive import flows as archive
from archive.models import RetentionClass
from archive.states import DossierCategory
from audit.acting import DEMO
from coordination.demo import letters
from coordination.demo.founding import continue_registers
from coordination.demo.player import Player, moment
from meetings import flows as meetings
from meetings.models import Meeting
from requests import flows
from requests.flows.conditions import all_met
from requests.models import ActionItem, CoordinationRequest, Loan

TITLE = "关于解决管焊工劳保服配置问题的协作需求"
GOAL = "检修开工前，班组3名管焊工与本公司员工穿同款劳保服，纳入班组同等管理。"
QUESTIONS = (
    "开工前是否由物资部先借3套？",
    "是否由检修部采购3套劳保服，费用列运行维持费？",
    "今后外包合同是否写明劳保用品配置清单和标准，由外包单位提供？",
)


def play(player: Player) -> CoordinationRequest:
    """From the form of 14 September to the sealed dossier of 17 November."""
    matter = _filed(player)
    _accepted(player, matter.pk)
    _opinions(player, matter.pk)
    meeting = _met(player, matter.pk)
    _published(player, meeting)
    _carried_out(player)
    _confirmed(player, matter.pk)
    _archived(player, matter.pk)
    return CoordinationRequest.objects.get(pk=matter.pk)


def _attempt(player: Player, reason: str) -> dict[str, Any]:
    return {
        "department": player.department("WZ"), "person_name": "库房值班员", "held_at": moment("2026-09-11 15:30"),
        "means": "in_person", "our_goal": "领取劳保服3套", "answer": "refused", "reason": reason,
        "next_step": "提交协调需求",
    }  # fmt: skip


def _filed(player: Player) -> CoordinationRequest:
    with player.at("2026-09-14 14:00"):
        continue_registers(by=DEMO)
    with player.at("2026-09-14 14:20"):
        matter: CoordinationRequest = flows.file_at_once(
            by=player.person("zhouliqun"), departments=player.departments("WZ", "RL", "JH", "CW"),
            attempts=[_attempt(player, "对方未说明")],
            fields={
                "title": TITLE, "category": "internal", "urgency": "urgent", "phone": "内线5526",
                "background": "工艺班现有3名外包管焊工，09-28参加机组检修。09-11持物资领用单到物资部领取劳保服3套，未获同意。",
                "goal": "请物资部发放劳保服", "expected_result": "09-28前3套劳保服发到本人，并明确今后外包人员劳保用品由哪个部门归口。",
                "initial_scope": "检修部工艺班3名外包管焊工", "served_goal": player.goal("2026年机组检修安全目标"),
                "suggested_lead": player.department("JX"), "wished_on": date(2026, 9, 24),
            },
        )  # fmt: skip
    with player.at("2026-09-14 16:05"):
        flows.return_for_revision(
            matter_id=matter.pk, by=player.person("dingxiaolei"),
            gaps=[("goal", "请写明希望达到的状态，不写请谁做什么。"), ("reason", "请补记物资部不同意的理由。")],
        )  # fmt: skip
    with player.at("2026-09-15 09:30"):
        applicant = player.person("zhouliqun")
        flows.save_draft(
            matter_id=matter.pk, by=applicant, fields={"goal": GOAL},
            attempts=[_attempt(player, "劳保服专项资金仅用于公司员工")],
        )  # fmt: skip
        goal, reason = matter.gaps.open().values_list("pk", flat=True)
        flows.resubmit(
            matter_id=matter.pk, by=applicant,
            answers={
                goal: "已改写协调目标，写明三名管焊工在检修开工前穿上同款劳保服。",
                reason: "已补记物资部的理由：劳保服专项资金仅用于公司员工。",
            },
        )  # fmt: skip
    return matter


def _accepted(player: Player, pk: int) -> None:
    with player.at("2026-09-15 10:40"):
        flows.accept(
            matter_id=pk, by=player.person("dingxiaolei"), lead_department=player.department("JX"),
            co_departments=player.departments("WZ", "RL", "JH", "CW"), fit=5, feasibility=4, complexity=3, risk=4, resource_limits=2,
            conditions=all_met(), assessment="检修开工在即，涉及五个部门，谁受益谁承担，由检修部牵头。",
        )  # fmt: skip
    with player.at("2026-09-15 11:30"):
        officer = player.person("dingxiaolei")
        flows.write_preparation(
            matter_id=pk, by=officer, scope="检修部工艺班3名外包管焊工及今后同类外包人员", expected_goal=GOAL,
            facts="已核实：3人为兴达劳务派遣，合同只写“甲方提供劳保用品”，未列明细；库存同款劳保服31套。",
            questions=QUESTIONS,
        )  # fmt: skip
        flows.deliver_material(matter_id=pk, by=officer)


def _opinions(player: Player, pk: int) -> None:
    answers = (
        ("2026-09-15 14:20", "JX", "zhengguodong", "agree", "09-28机组检修开工前必须到位，愿意承担费用。"),
        (
            "2026-09-16 10:15",
            "WZ",
            "linjia",
            "disagree",
            "劳保服专项资金仅用于公司员工，物资部只负责采购。建议由人力资源部归口。",
        ),
        ("2026-09-16 15:30", "RL", "xujing", "conditions", "需计划发展部出具工作联系单，明确外包人员范围。"),
        (
            "2026-09-16 16:40",
            "JH",
            "guming",
            "disagree",
            "外包合同只写“甲方提供劳保用品”，未列明细，不能据此出函。",
        ),
        ("2026-09-16 17:10", "CW", "luomin", "no_comment", "费用列支由检修部预算内解决即可。"),
    )
    opinions = [(when, _opinion(player, pk, *rest)) for when, *rest in answers]
    letters.play(
        player, [*opinions, ("2026-09-17 09:00", _decision_begins(player, pk))], letters.steps(player, pk)
    )


def _opinion(player: Player, pk: int, code: str, login: str, opinion: str, reason: str) -> Callable[[], Any]:
    def act() -> None:
        participant = CoordinationRequest.objects.get(pk=pk).participants.get(department__code=code)
        flows.give_opinion(
            participant_id=participant.pk, by=player.person(login), opinion=opinion, reason=reason
        )

    return act


def _decision_begins(player: Player, pk: int) -> Callable[[], Any]:
    return lambda: flows.start_decision(matter_id=pk, by=player.person("dingxiaolei"))


def _met(player: Player, pk: int) -> Meeting:
    """The third hand-over of 09-18 11:00 made the draft; the office completes it and calls it for the Sunday."""
    with player.at("2026-09-18 16:10"):
        matter = CoordinationRequest.objects.get(pk=pk)
        meeting = Meeting.objects.get(pk=matter.meeting_wishes.get().meeting_id)
        letters.complete_draft(player, matter, meeting)
        meetings.call(meeting_id=meeting.pk, by=player.person("dingxiaolei"))
    for minute, login in enumerate(
        ("zhengguodong", "chenqiming", "linjia", "xujing", "guming", "luomin", "maguoping")
    ):
        player.do(
            f"2026-09-18 16:{30 + minute}",
            meetings.answer,
            meeting_id=meeting.pk,
            by=player.person(login),
            reply="yes",
        )
    with player.at("2026-09-20 09:30"):
        recorder = player.person("heting")
        for seat in meeting.invitations.exclude(person__username="heting"):
            meetings.mark_arrival(invitation_id=seat.pk, by=recorder)
        meetings.open_session(meeting_id=meeting.pk, by=player.person("songyaqin"))
    _recorded(player, meeting)
    player.do("2026-09-20 10:20", meetings.close, meeting_id=meeting.pk, by=player.person("songyaqin"))
    return meeting


def _action(
    player: Player, text: str, standard: str, code: str, login: str, due: date, **more: Any
) -> dict[str, Any]:
    return {
        "text": text, "standard": standard, "department": player.department(code), "assignee": player.person(login),
        "due_on": due, **more,
    }  # fmt: skip


def _recorded(player: Player, meeting: Meeting) -> None:
    borrowing, buying, contract = meeting.items.all()
    recorder = player.person("heting")
    player.do(
        "2026-09-20 09:45", meetings.record_result, item_id=borrowing.pk, by=recorder, result="agreed",
        resolution="物资部先借3套，到货后归还。",
        actions=[
            _action(player, "借出同款劳保服3套给检修部工艺班使用", "3名管焊工本人签领", "WZ", "linjia", date(2026, 9, 22), is_interim=True),
        ],
    )  # fmt: skip
    player.do(
        "2026-09-20 09:55", meetings.record_result, item_id=buying.pk, by=recorder, result="agreed",
        resolution="检修部发起采购3套，费用列运行维持费，预算1,350.00元。",
        actions=[
            _action(player, "提交3套劳保服采购申请，费用列运行维持费", "采购申请已审批", "JX", "chenqiming", date(2026, 9, 23)),
            _action(player, "完成3套劳保服采购并到货验收入库", "到货3套，规格与公司同款一致", "WZ", "linjia", date(2026, 10, 15)),
            _action(player, "归还借用的3套劳保服", "等额归还，出借方确认", "JX", "zhouliqun", date(2026, 10, 20), verifier=player.person("linjia"), report_every=15),
        ],
    )  # fmt: skip
    player.do(
        "2026-09-20 10:11", meetings.record_result, item_id=contract.pk, by=recorder, result="agreed",
        resolution="今后外包合同写明配置清单和标准，由外包单位提供。",
        reservations=[{"department": player.department("RL"), "text": "建议今后不再由甲方承担。"}],
        actions=[
            _action(player, "修订外包合同范本，写明劳保用品配置清单和标准", "范本经法务部审核后印发", "JH", "guming", date(2026, 10, 30),
                    co_departments=(player.department("FW"),), report_every=10),
        ],
    )  # fmt: skip


def _published(player: Player, meeting: Meeting) -> None:
    minutes = meeting.minutes
    with player.at("2026-09-20 11:10"):
        recorder = player.person("heting")
        meetings.write_minutes(
            minutes_id=minutes.pk,
            by=recorder,
            summary="会议听取各部门意见，就三项议题形成一致。",
            next_meeting="不再专门开会，执行情况列入10月联席会议通报。",
        )
        meetings.send_for_confirmation(minutes_id=minutes.pk, by=recorder)
    for minute, seat in enumerate(minutes.confirmations.select_related("person")):
        player.do(
            f"2026-09-20 14:{10 + minute}",
            meetings.confirm,
            minutes_id=minutes.pk,
            by=player.person(seat.person.username),
        )
    player.do("2026-09-21 09:20", meetings.sign, minutes_id=minutes.pk, by=player.person("songyaqin"))
    with player.at("2026-09-21 15:10"):
        meetings.publish(minutes_id=minutes.pk, by=player.person("heting"))
        letters.close_all(player, CoordinationRequest.objects.get(title=TITLE).pk)


def _lent(player: Player, item: ActionItem) -> Loan:
    """The line of the ledger (借用台账), written when the three sets change hands."""
    with player.at("2026-09-22 09:40"):
        return flows.lend(
            matter_id=item.matter_id, by=player.person("linjia"), item=item, thing="劳保服（秋装）", quantity=3, unit="套",
            lender=player.department("WZ"), borrower=player.department("JX"), lent_on=date(2026, 9, 22),
            due_on=date(2026, 10, 20), way="equal", condition="全新",
        )  # fmt: skip


def _brought_back(player: Player, loan: Loan) -> None:
    player.do(
        "2026-10-19 09:20", flows.report_return, loan_id=loan.pk, by=player.person("zhouliqun"),
        returned_on=date(2026, 10, 19), note="以新到货的3套等额归还。",
    )  # fmt: skip
    player.do("2026-10-19 09:40", flows.confirm_return, loan_id=loan.pk, by=player.person("linjia"))


def _carried_out(player: Player) -> None:
    items = {item.text[:2]: item for item in ActionItem.objects.order_by("pk")}
    lent, asked, bought, returned, revised = (items[key] for key in ("借出", "提交", "完成", "归还", "修订"))
    officer = player.person("dingxiaolei")
    for when, item, login in (
        ("2026-09-21 15:40", lent, "linjia"), ("2026-09-21 15:41", bought, "linjia"),
        ("2026-09-21 15:50", asked, "chenqiming"), ("2026-09-21 16:00", returned, "zhouliqun"),
        ("2026-09-21 16:10", revised, "guming"),
    ):  # fmt: skip
        player.do(when, flows.acknowledge, item_id=item.pk, by=player.person(login))
    _done(
        player,
        lent,
        "linjia",
        "2026-09-22 10:00",
        "3套已借出，三人本人签领。",
        "签领单存物资部库房。",
        officer,
    )
    loan = _lent(player, lent)
    _done(
        player,
        asked,
        "chenqiming",
        "2026-09-23 10:30",
        "采购申请已审批，预算1,350.00元。",
        "采购申请单（已审批）存检修部内勤。",
        officer,
    )
    player.do(
        "2026-09-24 09:00",
        flows.start,
        item_id=bought.pk,
        by=player.person("linjia"),
        first_step="询价并下单。",
    )
    player.do(
        "2026-09-24 10:00",
        flows.start,
        item_id=returned.pk,
        by=player.person("zhouliqun"),
        first_step="到货后归还。",
    )
    player.do(
        "2026-09-24 10:20",
        flows.start,
        item_id=revised.pk,
        by=player.person("guming"),
        first_step="起草范本条款。",
    )
    player.do(
        "2026-10-09 10:00", flows.report, item_id=bought.pk, by=player.person("linjia"), percent=60,
        done="已下单，供应商承诺10-15到货。", next_step="到货验收", next_on=date(2026, 10, 15), difficulty="无",
        expected_on=date(2026, 10, 15),
    )  # fmt: skip
    player.do(
        "2026-10-15 10:00", flows.report, item_id=revised.pk, by=player.person("guming"), percent=50,
        done="已收集三份在用合同，条款初稿写到一半。", next_step="完成条款初稿", next_on=date(2026, 10, 23), difficulty="无",
        expected_on=date(2026, 10, 30),
    )  # fmt: skip
    _done(
        player,
        bought,
        "linjia",
        "2026-10-15 15:00",
        "到货3套，规格一致，已入库。",
        "入库单存物资部库房，实物可查。",
        officer,
    )
    _brought_back(player, loan)
    _done(
        player,
        returned,
        "zhouliqun",
        "2026-10-19 10:00",
        "已等额归还3套。",
        "归还单由出借方签收，存物资部库房。",
        player.person("linjia"),
    )
    player.do(
        "2026-10-26 09:30", flows.report, item_id=revised.pk, by=player.person("guming"), percent=70,
        done="条款初稿完成，已送法务部。", difficulty="法务部审核排队",
        next_step="取法务部审核意见", next_on=date(2026, 10, 28), expected_on=date(2026, 10, 30),
    )  # fmt: skip
    with player.at("2026-10-27 10:20"):
        wish = flows.ask_extension(
            item_id=revised.pk, by=player.person("guming"), wished_on=date(2026, 11, 6), reason="法务部审核需要时间。",
            progress="初稿完成，完成约七成。",
        )  # fmt: skip
    player.do(
        "2026-10-27 11:00", flows.answer_extension, extension_id=wish.pk, by=player.person("jiangzhiyuan"), approve=True,
        answer="同意，抓紧与法务部对接。",
    )  # fmt: skip
    _done(
        player,
        revised,
        "guming",
        "2026-11-05 15:00",
        "范本经法务部审核后印发。",
        "印发稿及法务部审核意见存计划发展部。",
        officer,
    )


def _done(
    player: Player, item: ActionItem, login: str, when: str, result: str, seen: str, verifier: Any
) -> None:
    player.do(
        when, flows.submit_item, item_id=item.pk, by=player.person(login), result=result, evidence_note=seen
    )
    player.do(
        player.clock, flows.close_item, item_id=item.pk, by=player.person(verifier.username), note="已核对。"
    )


def _confirmed(player: Player, pk: int) -> None:
    player.do(
        "2026-11-05 16:30", flows.complete_execution, matter_id=pk, by=player.person("chenqiming"),
        summary="三名管焊工开工前已穿同款劳保服；采购、归还、合同范本修订均已完成。",
    )  # fmt: skip
    with player.at("2026-11-06 09:30"):
        applicant = player.person("zhouliqun")
        flows.answer_survey(
            matter_id=pk, by=applicant,
            marks={"speed": 4, "attitude": 4, "quality": 5, "information": 3, "support": 4, "overall": 4},
        )  # fmt: skip
        flows.confirm(matter_id=pk, by=applicant, feedback="问题已解决，班组同等管理已落实。")
    for when, login, information in (("2026-11-09 10:10", "linjia", 4), ("2026-11-10 09:40", "xujing", 3)):
        player.do(
            when, flows.answer_survey, matter_id=pk, by=player.person(login),
            marks={"speed": 4, "attitude": 5, "quality": 4, "information": information, "support": 4, "overall": 4},
        )  # fmt: skip


def _archived(player: Player, pk: int) -> None:
    """Sealed by the records administrator: the auditor of the story only reads (domain §5)."""
    player.do(
        "2026-11-17 14:00", archive.seal, matter_id=pk, by=player.person("shaowen"), category=DossierCategory.ADMINISTRATIVE,
        retention=RetentionClass.objects.get(years=30), explanation="未单独存档的附件：无。",
    )  # fmt: skip
