"""The contact sheets of story A (domain §7.1): 联〔2026〕112号 to 115号, their answers, and the three hand-overs.

Played between the other acts of those days; the third hand-over makes the office draft a special meeting by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coordination.demo.player import Player
from meetings import flows as meetings
from meetings.models import Meeting
from requests import flows
from requests.models import Addressee, CoordinationRequest, Letter

Step = tuple[str, Callable[[], Any]]

CONTENT = "工艺班现有3名外包管焊工，09-28参加机组检修，需与本公司员工穿同款劳保服。"
# When it is signed and sent, to whom, title, what is asked for.
SHEETS = (
    ("2026-09-15 11:50", "WZ", "请发放3套劳保服", "09-24前发放同款劳保服3套"),
    ("2026-09-16 11:00", "RL", "请明确外包人员劳保服归口", "明确归口部门，办理3套劳保服"),
    ("2026-09-16 14:00", "CW", "请明确3套劳保服费用列支", "明确费用列支科目"),
    ("2026-09-17 16:00", "JH", "请就外包合同劳保用品条款出函", "就外包合同“甲方提供劳保用品”出具说明"),
)
# When, which department, who answers, what, why, whose duty it would be; who confirms, and when.
ANSWERS = (
    (
        "2026-09-16 10:15", "WZ", "linjia", "not_ours", "劳保服专项资金仅用于公司员工，物资部只负责采购。", "RL",
        "2026-09-16 10:40", "wuhaitao",
    ),
    ("2026-09-16 17:00", "CW", "luomin", "agree", "", "", "2026-09-16 17:20", "fangming"),
    (
        "2026-09-17 15:30", "RL", "xujing", "conditions", "需计划发展部出具工作联系单。", "JH",
        "2026-09-17 15:50", "hanmei",
    ),
    (
        "2026-09-18 11:00", "JH", "guming", "disagree", "外包合同只写“甲方提供劳保用品”，未列明细，不能据此出函。", "RL",
        "2026-09-18 11:20", "jiangzhiyuan",
    ),
    # 人力资源部补充
    (
        "2026-09-18 16:00", "RL", "xujing", "disagree", "即使有联系单也不能发，三人非公司员工。", "",
        "2026-09-18 16:05", "hanmei",
    ),
)  # fmt: skip


def steps(player: Player, matter_id: int) -> list[Step]:
    """Every act with its moment, in the order of time."""
    found: list[Step] = []
    for when, code, title, ask in SHEETS:
        found.append((when, _sends(player, matter_id, code, title, ask)))
    for when, code, login, reply, reason, proposed, confirmed_at, head in ANSWERS:
        found.append((when, _answers(player, matter_id, code, login, reply, reason, proposed)))
        found.append((confirmed_at, _confirms(player, matter_id, code, head)))
    return sorted(found, key=lambda step: step[0])


def play(player: Player, *plays: list[Step]) -> None:
    """Several threads of the story, woven by their moments."""
    for when, act in sorted((step for one in plays for step in one), key=lambda step: step[0]):
        with player.at(when):
            act()


def close_all(player: Player, matter_id: int) -> None:
    """What was asked has been settled by the meeting: the sheets are put away."""
    for letter in Letter.objects.filter(matter=matter_id, state="sent"):
        flows.close_letter(letter_id=letter.pk, by=player.person("chenqiming"))


def complete_draft(player: Player, matter: CoordinationRequest, meeting: Meeting) -> None:
    """Name and place, the people beside those of the chain, and the three core questions instead of the bare topic."""
    officer = player.person("dingxiaolei")
    meetings.change_plan(
        meeting_id=meeting.pk, by=officer, title="管焊工劳保服配置专题协调会", place="协调办301",
        preparation="各部门带职责依据和库存数据。",
    )  # fmt: skip
    for login in ("zhengguodong", "luomin"):
        meetings.invite(meeting_id=meeting.pk, by=officer, person=player.person(login))
    meetings.invite(
        meeting_id=meeting.pk,
        by=officer,
        person=player.person("maguoping"),
        capacity="sit_in",
        is_required=False,
    )
    bare = meeting.items.get()
    topics = (
        (13, "WZ", "linjia", "物资部同意先借，检修部到货后归还。"), (12, "JX", "chenqiming", "费用科目已与财务部谈妥。"),
        (20, "JH", "guming", ""),
    )  # fmt: skip
    for question, (length, code, login, talks) in zip(matter.questions.all(), topics, strict=True):
        meetings.add_item(
            meeting_id=meeting.pk, by=officer, text=question.text, matter=matter, question=question, length=length,
            department=player.department(code), presenter=player.person(login), prior_talks=talks,
        )  # fmt: skip
    meetings.remove_item(item_id=bare.pk, by=officer)


def _sends(player: Player, matter_id: int, code: str, title: str, ask: str) -> Callable[[], Any]:
    def act() -> None:
        letter = flows.draft_letter(
            matter_id=matter_id, by=player.person("chenqiming"), form="sheet", title=title, content=CONTENT,
            addressees=player.departments(code), asks=[{"text": ask}], basis="2026年机组检修安全目标",
        )  # fmt: skip
        flows.sign_letter(letter_id=letter.pk, by=player.person("zhengguodong"))
        flows.send_letter(letter_id=letter.pk, by=player.person("chenqiming"))

    return act


def _addressee(matter_id: int, code: str) -> int:
    return Addressee.objects.get(letter__matter=matter_id, department__code=code).pk


def _answers(
    player: Player, matter_id: int, code: str, login: str, reply: str, reason: str, proposed: str
) -> Callable[[], Any]:
    return lambda: flows.answer_letter(
        addressee_id=_addressee(matter_id, code), by=player.person(login), reply=reply, reason=reason,
        proposed_department=player.department(proposed) if proposed else None,
    )  # fmt: skip


def _confirms(player: Player, matter_id: int, code: str, head: str) -> Callable[[], Any]:
    return lambda: flows.confirm_answer(addressee_id=_addressee(matter_id, code), by=player.person(head))
