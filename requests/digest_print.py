"""The digest for the leaders on paper (R067): one page, as PDF or Word. Its language is Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from documents import typeset, word
from requests.digest_text import lines_of, made_from
from requests.letter_print import day, moment
from requests.models import CoordinationRequest, Digest
from requests.models.digests import PARTS
from requests.states import Confidentiality
from supervision.states import Urgency

TEMPLATE = "requests/print/digest.typ"
HEADINGS = {
    "question": "一、问题",
    "positions": "二、各方意见",
    "options": "三、可选方案",
    "recommendation": "四、建议",
}
ROOMY = 18  # lines that one page holds in the larger type


def facts_of(matter: CoordinationRequest, digest: Digest | None) -> dict[str, Any]:
    """Everything that is printed, as plain text. Without a wording of the office: what the matter itself says."""
    parts: Mapping[str, str] = (
        {name: getattr(digest, name) for name in PARTS} if digest else made_from(matter)
    )
    with translation.override("zh-hans"):
        level, urgency = Confidentiality(matter.confidentiality), Urgency(matter.urgency)
        return {
            "number": matter.number or "", "title": matter.title, "department": matter.department_name,
            "stage": str(matter.get_stage_display()), "filed": moment(matter.submitted_at), "wished": day(matter.wished_on),
            "lead": matter.lead_department.name if matter.lead_department else "",
            "level": str(level.label) if level != Confidentiality.INTERNAL else "",
            "urgency": str(urgency.label) if urgency != Urgency.NORMAL else "",
            "parts": [{"heading": HEADINGS[name], "lines": _lines(parts[name])} for name in PARTS],
            "is_long": sum(lines_of(parts[name]) for name in PARTS) > ROOMY,
            "writer": f"{digest.written_by.department_name}　{digest.written_by.name}" if digest else "",
            "date": moment(digest.written_at) if digest else "",
        }  # fmt: skip


def as_pdf(matter: CoordinationRequest, digest: Digest | None, *, mark: str = "") -> bytes:
    """`mark` stands behind the text of every page: who took the paper, and when."""
    return typeset.pdf(TEMPLATE, {**facts_of(matter, digest), "mark": mark})


def as_word(matter: CoordinationRequest, digest: Digest | None, *, mark: str = "") -> bytes:
    facts = facts_of(matter, digest)
    paper = word.Paper(mark=mark)
    paper.line("综合材料", font=word.TITLE, size=word.TITLE_SIZE, align=word.CENTER)
    paper.line(facts["title"], font=word.LABEL, align=word.CENTER)
    paper.line(head_of(facts), size=word.SMALL)
    for part in facts["parts"]:
        paper.line(part["heading"], font=word.LABEL, size=word.SMALL)
        for text in part["lines"]:
            paper.line(text, size=word.SMALL, indent=True)
    paper.line(foot_of(facts), size=word.SMALL, align=word.RIGHT)
    return paper.as_bytes()


def head_of(facts: dict[str, Any]) -> str:
    """Number, who asks, who leads, where it stands: in one line."""
    known = [
        facts["number"], f"{facts['department']}提出", f"{facts['lead']}牵头" if facts["lead"] else "",
        f"现处{facts['stage']}", f"希望{facts['wished']}前完成" if facts["wished"] else "", facts["urgency"], facts["level"],
    ]  # fmt: skip
    return "　".join(text for text in known if text)


def foot_of(facts: dict[str, Any]) -> str:
    return f"{facts['writer']}　{facts['date']}" if facts["writer"] else "据事项记录整理，尚未经办公室审改"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
