"""An issued paper in the layout of official documents (GB/T 9704), as PDF or Word (R207). Its language is Chinese."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from documents import typeset, word
from documents.titles import title_lines
from requests.letter_print import moment
from requests.models import Circulation
from requests.states import Confidentiality
from supervision.states import Urgency


def facts_of(paper: Circulation) -> dict[str, Any]:
    """Everything that is printed, as plain text."""
    with translation.override("zh-hans"):
        matter = paper.matter
        level, urgency = Confidentiality(matter.confidentiality), Urgency(paper.urgency)
        rows = paper.countersigns.current().select_related("signed_by", "on_behalf_of")
        return {
            "number": paper.number or "", "title": paper.title, "title_lines": title_lines(paper.title),
            "department": paper.department_name,
            "level": str(level.label) if level != Confidentiality.INTERNAL else "",
            "urgency": str(urgency.label) if urgency != Urgency.NORMAL else "",
            "addressees": "、".join(dict.fromkeys(row.department_name for row in rows)),
            "paragraphs": [line for line in paper.text.splitlines() if line.strip()],
            "matter_number": matter.number or "", "date": moment(paper.issued_at),
            "signer": paper.signed_off_by.name if paper.signed_off_by else "", "drafter": paper.drafted_by.name,
            "signatures": [_signature(row) for row in rows],
        }  # fmt: skip


def as_pdf(paper: Circulation, *, mark: str = "") -> bytes:
    """`mark` stands behind the text of every page: who took the paper, and when."""
    return typeset.pdf("requests/print/paper.typ", {**facts_of(paper), "mark": mark})


def as_word(paper: Circulation, *, mark: str = "") -> bytes:
    facts = facts_of(paper)
    sheet = word.Paper(mark=mark)
    sheet.head(facts)
    for text in facts["paragraphs"]:
        sheet.line(text, indent=True)
    sheet.line("")
    sheet.line(facts["department"], align=word.RIGHT)
    sheet.line(facts["date"], align=word.RIGHT)
    sheet.line(f"（所涉协调事项：{facts['matter_number']}）", indent=True)
    sheet.line(f"签发人：{facts['signer']}　拟稿人：{facts['drafter']}", size=word.SMALL)
    sheet.line("会签", font=word.LABEL)
    sheet.table([("部门", "会签人", "意见", "日期"), *map(tuple, facts["signatures"])], head=True)
    return sheet.as_bytes()


def _signature(row: Any) -> list[str]:
    """Department, who signed and for whom, what was said, when. A deemed one is the system's, and says so."""
    name = "系统（逾期视为无意见）" if row.is_deemed else row.signed_by.name if row.signed_by else ""
    if row.on_behalf_of:
        name = f"{name}（代{row.on_behalf_of.name}）"
    said = str(row.get_opinion_display()) if row.opinion else ""
    return [row.department_name, name, f"{said}：{row.reason}" if row.reason else said, moment(row.signed_at)]
