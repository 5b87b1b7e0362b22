"""What the digest of a matter says before anybody has worded it (R067): question, positions, options, recommendation.

It is a paper of the office: Chinese in every interface language, and short enough for one page.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation

from organization.collisions import fingerprint
from requests.models import CoordinationRequest, Participant, Question
from requests.models.digests import PARTS
from requests.states import FINAL_OUTCOMES, NEEDS_REASON, Outcome

LONGEST = {"question": 300, "positions": 700, "options": 500, "recommendation": 300}
EACH = 80  # of what one department said
# Lines that each part has on the page, and how many characters one of them holds.
MOST_LINES = {"question": 8, "positions": 16, "options": 12, "recommendation": 8}
WIDTH = 44


def made_from(matter: CoordinationRequest) -> dict[str, str]:
    """The four parts, from what stands in the matter now."""
    with translation.override("zh-hans"):
        departments = list(matter.participants.select_related("department"))
        questions = list(matter.questions.prefetch_related("differences"))
        parts = {
            "question": _question(matter, questions),
            "positions": _lines([*_positions(departments), *_differences(questions)]),
            "options": _lines(_options(departments, questions)),
            "recommendation": _recommendation(matter, departments, questions),
        }
    return {name: _fitting(_cut(text, LONGEST[name]), MOST_LINES[name]) for name, text in parts.items()}


def lines_of(text: str) -> int:
    """How many lines a text takes on the page."""
    return sum(-(-len(line.strip()) // WIDTH) for line in text.splitlines() if line.strip())


def mark_of(parts: dict[str, str]) -> str:
    return fingerprint(*(parts[name] for name in PARTS))


def _question(matter: CoordinationRequest, questions: list[Question]) -> str:
    facts = _cut(matter.facts or matter.background, 160)
    return _lines([facts, *(f"{row.order}. {row.text}" for row in questions)])


def _positions(departments: list[Participant]) -> Iterable[str]:
    """Whoever gave a reason has a line; the others stand together behind what they said."""
    together: dict[str, list[str]] = {}
    for row in departments:
        said = str(row.get_opinion_display()) if row.opinion else "尚未表态"
        if row.opinion_reason:
            yield f"{row.department_name}：{said}，{_cut(row.opinion_reason, EACH)}"
        else:
            together.setdefault(said, []).append(row.department_name)
    for said, names in together.items():
        yield f"{said}：{'、'.join(names)}"


def _differences(questions: list[Question]) -> Iterable[str]:
    for question in questions:
        for row in question.differences.all():
            yield f"{row.department_name}（问题{question.order}）：{_cut(row.position, EACH)}"


def _options(departments: list[Participant], questions: list[Question]) -> list[str]:
    """What the departments themselves propose; each once."""
    settled = [row.resolution for row in questions if row.outcome in FINAL_OUTCOMES]
    proposed = [
        f"{row.proposal}（{row.department_name}）"
        for one in questions
        for row in one.differences.all()
        if row.proposal
    ]
    conditional = [
        f"{row.opinion_reason}（{row.department_name}）"
        for row in departments
        if row.opinion in NEEDS_REASON and row.opinion_reason
    ]
    found = list(dict.fromkeys(_cut(text, EACH + 40) for text in (*settled, *proposed, *conditional)))
    return [f"方案{n}：{text}" for n, text in enumerate(found, start=1)] or ["各部门尚未提出不同方案。"]


def _recommendation(
    matter: CoordinationRequest, departments: list[Participant], questions: list[Question]
) -> str:
    if matter.resolution:
        return f"已作出决定（{matter.decision_document or matter.get_decision_way_display()}）：{matter.resolution}"
    silent = [row.department_name for row in departments if not row.opinion]
    objecting = [row.department_name for row in departments if row.opinion in NEEDS_REASON]
    apart = any(row.outcome in (Outcome.NOT_AGREED, Outcome.IN_DISPUTE) for row in questions)
    if objecting or apart:
        names = f"（{'、'.join(objecting)}有不同意见）" if objecting else ""
        return f"意见不一致{names}，建议召开专题协调会议定。"
    if silent or not departments:
        waiting = f"待{'、'.join(silent)}表态后" if silent else "待明确参与部门后"
        return f"{waiting}再定；{matter.assessment or '办公室正在准备。'}"
    return "各部门意见一致，建议按一致意见作出决定并下达行动项。"


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)


def _cut(text: str, most: int) -> str:
    plain = text.strip()
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def _fitting(text: str, most: int) -> str:
    """As many whole lines as the part has room for."""
    kept: list[str] = []
    for line in text.splitlines():
        if lines_of("\n".join([*kept, line])) > most:
            return "\n".join([*kept[:-1], f"{kept[-1]}……"]) if kept else line[: most * WIDTH]
        kept.append(line)
    return "\n".join(kept)
