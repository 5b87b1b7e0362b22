"""The verbs of matters and action items: who may, on which thing of the world, with which data.

Pages (`requests.py`) and API (`api.py`) read the same table, because they call the same flows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.permissions import GROUPS, Given
from tests.requests.world import all_met, ticked

# Who finds the matter at all; to everybody else it is a 404.
SEE_DRAFT = ("clerk",)
# With whom it is shared from outside reads its one page, and nothing behind it (R018).
SEE_FILED = ("clerk", "repair_head", "repair_liaison", "readers")
SEE_ACCEPTED = (*SEE_FILED, "supplies_liaison", "supplies_head", "member")
SEE_ITEM = (*SEE_ACCEPTED, "supplies_clerk")
# Who of them writes: neither the auditor nor those from outside.
DISCUSS = (
    "clerk", "repair_head", "repair_liaison", "office", "leaders", "records_admin", "supplies_liaison", "supplies_head",
    "member",
)  # fmt: skip
# A confidential matter: applicant, keeper, head of the office, auditor, and the one person who is named.
SEE_CLOSED = ("clerk", "office", "auditor", "planning_liaison")
LEAD_SPEAKERS = ("supplies_liaison", "supplies_head")
DOERS = ("supplies_clerk", *LEAD_SPEAKERS)
# Who accepts what others did: the office, and the side that asked for it (R102).
ACCEPT = ("office", "asker")
# The applicant, and whoever speaks for a department that took part (F15).
SURVEYED = ("clerk", *LEAD_SPEAKERS, "staffing_liaison", "staffing_head")


@dataclass(frozen=True)
class Verb:
    """`name` in the address, the attribute of the world it acts on, who may, who sees the thing, the data of a page
    and what differs in the API (`api`; None where there is none)."""

    name: str
    thing: str
    may: tuple[str, ...]
    sees: tuple[str, ...]
    data: Given = field(default_factory=dict)
    api: Given | None = field(default_factory=dict)


def statuses(sees: tuple[str, ...], may: tuple[str, ...], done: int) -> dict[str, int]:
    """403 for who sees but may not, `done` for who may; what nobody sees is the row's default."""
    return dict.fromkeys(flat(sees), 403) | dict.fromkeys(flat(may), done)


def flat(names: tuple[str, ...]) -> list[str]:
    return [role for name in names for role in GROUPS.get(name, (name,))]


def departments(world: Any) -> dict[str, Any]:
    return {"lead_department": world.supplies.pk, "co_departments": [world.staffing.pk]}


def acceptance(world: Any) -> dict[str, Any]:
    marks = {
        "fit": 4,
        "feasibility": 4,
        "complexity": 3,
        "risk": 5,
        "resource_limits": 2,
        "assessment": "影响检修安全。",
    }
    return {**departments(world), **marks, **ticked()}


def findings(world: Any) -> dict[str, Any]:
    return {"conditions": [{"condition": row["condition"].pk, "is_met": True} for row in all_met()]}


def item_data(world: Any) -> dict[str, Any]:
    return {
        "text": "为3名管焊工采购并发放同款劳保服",
        "standard": "三人签领，现场穿着检查合格",
        "department": world.supplies.pk,
        "assignee": world.supplies_clerk.pk,
        "due_on": "2026-09-30",
        "urgency": "normal",
    }


def keeper_data(world: Any) -> dict[str, Any]:
    return {"keeper": world.office_head.pk, **REASON}


def reader_data(world: Any) -> dict[str, Any]:
    return {"person": world.supplies_head.pk, **REASON}


def named_data(world: Any) -> dict[str, Any]:
    return {"person": world.planning_liaison.pk, **REASON}


REASON = {"reason": "情况变化，不再需要。"}
PREPARATION = {"facts": "三人属外包。", "scope": "只涉及三人。", "expected_goal": "9月24日前穿上同款劳保服。"}
KEPT_MESSAGE = {
    "channel": "wecom",
    "said_by": "物资部 林佳",
    "said_at": "2026-09-11 08:30",
    "text": "周三到货。",
}
SUSPENSION = {"reason": "等待外部单位答复。", "until": "2026-09-25", "interim_measure": "先借用三套。"}
MET = {"completeness": "met", "quality": "met"}
MARKS = dict.fromkeys(("speed", "attitude", "quality", "information", "support", "overall"), 5)
GAP = {"code": "goal", "text": "写明希望达到的状态。"}
GAPS_FORM = {
    "gaps-TOTAL_FORMS": 1, "gaps-INITIAL_FORMS": 0, "gaps-MIN_NUM_FORMS": 1, "gaps-MAX_NUM_FORMS": 10,
    "gaps-0-code": GAP["code"], "gaps-0-text": GAP["text"],
}  # fmt: skip

MATTER_VERBS = [
    Verb("accept", "filed", ("office",), SEE_FILED, acceptance, findings),
    Verb("check", "filed", ("office",), SEE_FILED, lambda world: ticked(), findings),
    Verb("return", "filed", ("office",), SEE_FILED, GAPS_FORM, {"gaps": [GAP]}),
    Verb("reject", "filed", ("office_head",), SEE_FILED, {"ground": "settled", "instead": "按去年结论办理。", **REASON}),
    Verb(
        "announce_merge", "filed", ("office",), SEE_FILED,
        lambda world: {"main": world.accepted.number, **REASON}, lambda world: {"main": world.accepted.pk},
    ),
    Verb("merge", "announced", ("office",), SEE_FILED),
    Verb("call_off_merge", "announced", ("office",), SEE_FILED, REASON),
    Verb(
        "urgency", "hurried", ("repair_head", "office_head"), SEE_FILED,
        {"confirm": "no", "reason": "还有时间。"}, {"confirm": False},
    ),
    Verb("ask_review", "refused", ("clerk",), SEE_FILED, REASON),
    Verb("review", "under_review", ("leaders",), SEE_FILED, {"overturn": "no", **REASON}, {"overturn": False}),
    Verb("withdraw", "filed", ("clerk",), SEE_FILED, REASON),
    Verb("keeper", "accepted", ("office_head",), SEE_ACCEPTED, keeper_data),
    Verb("suspend", "accepted", ("office_head",), SEE_ACCEPTED, SUSPENSION),
    Verb("resume", "suspended", ("office",), SEE_ACCEPTED),
    Verb(
        "prepare", "accepted", ("office", *LEAD_SPEAKERS), SEE_ACCEPTED,
        {**PREPARATION, "questions": "由谁采购发放？"}, {"questions": ["由谁采购发放？"]},
    ),
    Verb("participants", "prepared", ("office",), SEE_ACCEPTED, departments),
    Verb("deliver", "written", ("office", *LEAD_SPEAKERS), SEE_ACCEPTED),
    Verb("start_decision", "answered", ("office", *LEAD_SPEAKERS), SEE_ACCEPTED),
    Verb("decide", "drafted", ("office_head",), SEE_ITEM, {"resolution": "由物资部采购发放。"}),
    Verb("send_back", "deciding", ("office_head",), SEE_ACCEPTED, REASON),
    Verb("draft_item", "deciding", ("office", *LEAD_SPEAKERS), SEE_ACCEPTED, item_data),
    Verb("full_track", "agreed", ("office",), SEE_ACCEPTED, REASON),
    Verb(
        "settle", "agreed", ("office_head",), SEE_ACCEPTED,
        lambda world: {"resolution": "由物资部发放。", **item_data(world)},
        lambda world: {"item": item_data(world)},
    ),
    Verb("complete", "done", ("office", *LEAD_SPEAKERS), SEE_ITEM, {"summary": "三人已穿上同款劳保服。"}),
    Verb("confirm", "feedback", ("clerk",), SEE_ITEM),
    Verb("object", "feedback", ("clerk",), SEE_ITEM, {"defects": "还差一套没有发放。"}),
    Verb("survey", "feedback", SURVEYED, SEE_ITEM, MARKS, {"marks": MARKS}),
    Verb("rework", "reopened", ("office", *LEAD_SPEAKERS), SEE_ITEM),
    Verb("raise_level", "accepted", ("clerk", "office"), SEE_ACCEPTED, {"level": "restricted", **REASON}),
    Verb("lower_level", "accepted", ("clerk", "office_head"), SEE_ACCEPTED, {"level": "public", **REASON}),
    Verb("answer_lowering", "lowering", ("office_head",), SEE_CLOSED, {"agree": "yes"}, {"agree": True}),
    Verb("withdraw_lowering", "lowering", ("clerk",), SEE_CLOSED),
    Verb("name_reader", "lowering", ("office",), SEE_CLOSED, reader_data),
    Verb("end_reading", "lowering", ("office",), SEE_CLOSED, named_data),
]  # fmt: skip

# What comes next and when it will be finished (F12).
OUTLOOK = {
    "next_step": "周三下单。",
    "next_on": "2026-09-16",
    "difficulty": "无",
    "expected_on": "2026-09-22",
}
ITEM_VERBS = [
    Verb("acknowledge", "issued", DOERS, SEE_ITEM),
    Verb("start", "issued", DOERS, SEE_ITEM, {"first_step": "周一询价，周三下单。"}),
    Verb("report", "started", DOERS, SEE_ITEM, {"percent": 40, "done": "已询价三家。", **OUTLOOK}),
    Verb(
        "help", "started", DOERS, SEE_ITEM,
        {"percent": 10, "done": "已询价三家。", "coordination": "请财务部定预算科目。", **OUTLOOK}, None,
    ),
    Verb(
        "obstacle", "started", (*DOERS, "office"), SEE_ITEM,
        lambda world: {"step": "预算审批", "department": world.staffing.pk, "text": "预算科目没有确定。"},
    ),
    Verb("submit", "started", DOERS, SEE_ITEM, {"result": "三人已签领，现场检查合格。", "evidence_note": "签领单存库房。"}),
    Verb("ask_status", "started", ("clerk", "repair_head", "repair_liaison"), SEE_ITEM),
    Verb("close", "submitted", ACCEPT, SEE_ITEM, {"note": "现场核对无误。", **MET}),
    Verb(
        "send_back", "submitted", ACCEPT, SEE_ITEM,
        {"defects": "缺一人签领。", "due_on": "2026-09-30", "completeness": "missed", "quality": "met"},
    ),
    Verb("stage", "started", ACCEPT, SEE_ITEM, {"note": "首批一套已到。", **MET}),
    Verb(
        "extend", "started", DOERS, SEE_ITEM,
        {"wished_on": "2026-09-24", "reason": "供货推迟两天。", "progress": "已下单。"},
    ),
    Verb(
        "release", "issued", ("supplies_head",), SEE_ITEM,
        lambda world: {"right_owner": world.staffing.pk, "basis": "部门职责清单第4条。"},
    ),
    Verb(
        "reassign", "started", (*LEAD_SPEAKERS, "office"), SEE_ITEM,
        lambda world: {"assignee": world.supplies_liaison.pk, "note": "孙一凡出差，资料已交。"},
    ),
    Verb("suspend", "started", ("office_head", "chair"), SEE_ITEM, {"until": "2026-09-25", **REASON}),
    Verb("stay_suspended", "paused", ("officer",), SEE_ITEM, REASON),
    Verb("resume", "paused", ("office", "chair"), SEE_ITEM),
    Verb("cancel", "started", ("office_head",), SEE_ITEM, REASON),
]  # fmt: skip
