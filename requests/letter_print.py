"""A contact sheet or letter on paper (R207): the facts once, then as PDF or Word, in the form of GB/T 9704 or as a table.

What stands on the paper is Chinese in every interface language: it is the office's document, not a page.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.utils import timezone, translation

from documents import typeset, word
from documents.models import File
from documents.titles import title_lines
from requests.models import Addressee, Letter
from requests.states import Confidentiality, Receipt
from supervision.states import Urgency

MANY = 2
TEMPLATES = {True: "requests/print/sheet.typ", False: "requests/print/letter.typ"}


def facts_of(letter: Letter) -> dict[str, Any]:
    """Everything that is printed, as plain text."""
    with translation.override("zh-hans"):
        addressees = list(
            letter.addressees.select_related(
                "received_by", "answered_by", "confirmed_by", "proposed_department"
            )
        )
        matter = letter.matter
        level, urgency = Confidentiality(letter.confidentiality), Urgency(letter.urgency)
        return {
            "number": letter.number or "", "title": letter.title, "title_lines": title_lines(letter.title),
            "department": letter.department_name, "answers": _answers(letter),
            "level": str(level.label) if level != Confidentiality.INTERNAL else "",
            "urgency": str(urgency.label) if urgency != Urgency.NORMAL else "",
            "addressees": "、".join(row.department_name for row in addressees),
            "copies": "、".join(row.name for row in letter.copies.all()),
            "goal": matter.expected_goal or matter.goal, "matter_number": matter.number or "",
            "parts": [{"text": text} for text in _texts(letter) if text],
            "asks": [{"text": ask.text, "wished_on": day(ask.wished_on)} for ask in letter.asks.all()],
            "basis": letter.basis, "attachments": _attachments(letter), "reply_by": day(letter.reply_by),
            "contact": "，".join(text for text in (letter.contact_name, letter.contact_phone) if text),
            "drafter": letter.drafted_by.name, "signer": letter.signed_by.name if letter.signed_by else "",
            "date": moment(letter.signed_at), "receipts": [_receipt(row) for row in addressees],
        }  # fmt: skip


def as_pdf(letter: Letter, *, mark: str = "") -> bytes:
    """`mark` stands behind the text of every page: who took the paper, and when."""
    return typeset.pdf(TEMPLATES[letter.is_sheet], {**facts_of(letter), "mark": mark})


def as_word(letter: Letter, *, mark: str = "") -> bytes:
    facts = facts_of(letter)
    paper = word.Paper(mark=mark)
    (_sheet if letter.is_sheet else _letter)(paper, facts)
    return paper.as_bytes()


def day(when: date | None) -> str:
    """2026年9月18日, in Arabic numerals without leading zeros (GB/T 9704)."""
    return f"{when.year}年{when.month}月{when.day}日" if when else ""


def moment(when: datetime | None) -> str:
    return day(timezone.localtime(when).date()) if when else ""


def _texts(letter: Letter) -> list[str]:
    """The body in its order: reason, facts, differences, what is asked for (F5); a sheet has its content alone."""
    if letter.is_sheet:
        return [letter.content]
    return [letter.content, letter.facts, letter.difference, letter.request_text]


def _answers(letter: Letter) -> str:
    """A letter in answer (复函) begins with what it answers."""
    asked = letter.reply_to
    if asked is None:
        return ""
    return f"{'来单' if asked.is_sheet else '来函'}（{asked.number}）收悉，现函复如下："


def _attachments(letter: Letter) -> list[str]:
    """附件说明: as it was written, else the names of the files; numbered where there are several."""
    if letter.attachment_note:
        return [letter.attachment_note]
    files = File.objects.of(Letter.SUBJECT, letter.pk).newest_versions()
    names = [PurePath(name).stem for name in files.values_list("name", flat=True)]
    return names if len(names) < MANY else [f"{n}. {name}" for n, name in enumerate(names, start=1)]


def _receipt(row: Addressee) -> dict[str, str]:
    signed = f"{row.received_by.name} " if row.received_by else ""
    kind = str(Receipt(row.receipt).label) if row.receipt else ""
    return {
        "department": row.department_name,
        "receipt": f"{signed}{moment(row.received_at)}（{kind}）" if row.receipt else "",
        "reply": str(row.get_reply_display()) if row.reply else "",
        "reason": row.reply_reason,
        "proposed": row.proposed_department.name if row.proposed_department else "",
        "result": row.result,
        "done_on": day(row.done_on),
        "answered": f"{row.answered_by.name} {moment(row.answered_at)}" if row.answered_by else "",
        "confirmed": f"{row.confirmed_by.name} {moment(row.confirmed_at)}" if row.confirmed_by else "",
    }


def _letter(paper: word.Paper, facts: dict[str, Any]) -> None:
    paper.head(facts)
    texts = [facts["answers"], *(text for part in facts["parts"] for text in part["text"].splitlines())]
    if facts["basis"]:
        texts.append(f"依据：{facts['basis']}")
    if facts["goal"]:
        texts.append(f"本件所涉事项{facts['matter_number']}，协调目标：{facts['goal']}")
    if facts["reply_by"]:
        texts.append(f"请于{facts['reply_by']}前函复。")
    for text in texts:
        if text:
            paper.line(text, indent=True)
    for n, text in enumerate(facts["attachments"]):
        paper.line(f"附件：{text}" if n == 0 else f"　　　{text}", indent=True)
    paper.line("")
    paper.line(facts["department"], align=word.RIGHT)
    paper.line(facts["date"], align=word.RIGHT)
    paper.line(f"（联系人：{facts['contact']}）", indent=True)
    paper.line(f"签发人：{facts['signer']}", size=word.SMALL)
    if facts["copies"]:
        paper.line(f"抄送：{facts['copies']}。", size=word.SMALL)


def _sheet(paper: word.Paper, facts: dict[str, Any]) -> None:
    paper.line("部门工作联系单", font=word.TITLE, size=word.TITLE_SIZE, align=word.CENTER)
    paper.line(facts["number"], size=word.SMALL, align=word.RIGHT)
    asks = "\n".join(
        f"{n}. {ask['text']}" + (f"（希望{ask['wished_on']}前完成）" if ask["wished_on"] else "")
        for n, ask in enumerate(facts["asks"], start=1)
    )
    rows = [
        ("发起部门", facts["department"]), ("日期", facts["date"]), ("主送部门", facts["addressees"]),
        ("抄送", facts["copies"] or "—"), ("事由", facts["title"]), ("协调目标", facts["goal"]),
        ("联系内容", "\n".join(part["text"] for part in facts["parts"])), ("要求事项", asks),
        ("依据", facts["basis"] or "—"), ("附件", "\n".join(facts["attachments"]) or "无"), ("回复时限", facts["reply_by"]),
        ("联系人", facts["contact"]), ("经办人", facts["drafter"]), ("审核人", facts["signer"]),
    ]  # fmt: skip
    for one in facts["receipts"]:
        rows += [
            ("签收部门", one["department"]), ("签收", one["receipt"]), ("办理意见", one["reply"]), ("理由", one["reason"]),
            ("建议责任部门", one["proposed"]), ("办理结果", one["result"]), ("完成日期", one["done_on"]),
            ("负责人确认", one["confirmed"]),
        ]  # fmt: skip
    paper.table(rows)
