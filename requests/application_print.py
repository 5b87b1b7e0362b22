"""The project application (立项申请书, F2) on paper (R035): the facts once, then as PDF or Word.

What stands on the paper is Chinese in every interface language: it is the office's document, not a page.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation

from documents import typeset, word
from requests.approval_states import Check, ResourceKind, StepOutcome, Willingness
from requests.letter_print import day, moment
from requests.models import ApprovalStep, ProjectApplication
from requests.powers import powers_of

TEMPLATE = "requests/print/application.typ"


def facts_of(application: ProjectApplication) -> dict[str, Any]:
    """Everything that is printed, as plain text; the page of the paper shows the same."""
    with translation.override("zh-hans"):
        matter = application.matter
        return {
            "number": application.number or "", "title": application.title, "matter": matter.number or "",
            "department": matter.department_name, "applicant": matter.filed_by.name,
            "goals": [_goal(row) for row in application.goals], "content": application.content,
            "benefit": application.benefit, "departments": [_department(row) for row in application.departments],
            "lead": application.lead_person.name if application.lead_person else "",
            "lead_department": application.lead_department.name if application.lead_department else "",
            "powers": powers_of(application), "starts": day(application.starts_on), "ends": day(application.ends_on),
            "milestones": [f"{row['text']}（{_day(row['day'])}）" for row in application.milestones],
            "resources": [_resource(row) for row in application.resources], "budget": money(application.budget),
            "risks": [f"{row['text']}；应对：{row['measure']}" for row in application.risks],
            "steps": [_step(step) for step in application.steps.exclude(outcome="").with_people()],
        }  # fmt: skip


def money(amount: Decimal | None) -> str:
    return f"{amount:,.2f}元" if amount is not None else ""


def _day(text: str) -> str:
    return day(date.fromisoformat(text)) if text else ""


def _goal(row: dict[str, Any]) -> str:
    return f"{row['indicator']}：{row['target']}{row.get('unit', '')}，{_day(row['due_on'])}前"


def _department(row: dict[str, Any]) -> str:
    answer = str(Willingness(row["answer"]).label)
    condition = f"，{row['condition']}" if row.get("condition") else ""
    return f"{row['name']}：{answer}{condition}（{row['person']}，{_day(row['day'])}）"


def _resource(row: dict[str, Any]) -> str:
    return f"{ResourceKind(row['kind']).label}：{row['text']}，来源：{row['source']}"


def _step(step: ApprovalStep) -> dict[str, Any]:
    """One box of the 三级审批栏: opinion, ticks, signature, day; 代 where somebody stood in."""
    person = step.answered_by.name if step.answered_by else ""
    checks = [
        f"{check.label}{'✓' if step.checks[check.value]['is_so'] else '✗'}"
        + (f"（{step.checks[check.value]['comment']}）" if step.checks[check.value]["comment"] else "")
        for check in Check
        if step.checks.get(check.value, {}).get("is_so") is not None
    ]
    return {
        "level": str(step.get_level_display()), "round": step.round, "outcome": str(StepOutcome(step.outcome).label),
        "checks": "　".join(checks), "opinion": step.opinion, "budget_line": step.budget_line,
        "person": f"{person}（代{step.on_behalf_of.name}）" if step.on_behalf_of else person,
        "date": moment(step.answered_at),
    }  # fmt: skip


def as_pdf(application: ProjectApplication, *, mark: str = "") -> bytes:
    """`mark` stands behind the text of every page: who took the paper, and when."""
    return typeset.pdf(TEMPLATE, {**facts_of(application), "mark": mark})


def as_word(application: ProjectApplication, *, mark: str = "") -> bytes:
    facts = facts_of(application)
    paper = word.Paper(mark=mark)
    paper.line("立项申请书", font=word.TITLE, size=word.TITLE_SIZE, align=word.CENTER)
    paper.line(facts["number"], size=word.SMALL, align=word.RIGHT)
    paper.table(rows_of(facts))
    return paper.as_bytes()


def rows_of(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """The paper as lines of label and text, in the order of the form."""
    rows = [
        ("项目名称", facts["title"]), ("对应需求", facts["matter"]), ("申请部门", f"{facts['department']}　{facts['applicant']}"),
        ("协作目标", _list(facts["goals"])), ("主要内容", facts["content"]), ("预期效益", facts["benefit"]),
        ("参与部门及意向", _list(facts["departments"])), ("拟任负责人", f"{facts['lead_department']}　{facts['lead']}"),
        ("授权范围", _list(facts["powers"])), ("时间计划", f"{facts['starts']}至{facts['ends']}"),
        ("里程碑", _list(facts["milestones"])), ("关键资源", _list(facts["resources"])),
        ("预算", facts["budget"] or "—"), ("风险初判", _list(facts["risks"])),
    ]  # fmt: skip
    return rows + [(step["level"], _answer(step)) for step in facts["steps"]]


def _list(lines: list[str]) -> str:
    return (
        "\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))
        if len(lines) > 1
        else "".join(lines)
    )


def _answer(step: dict[str, Any]) -> str:
    budget = f"预算科目：{step['budget_line']}" if step["budget_line"] else ""
    lines = [f"{step['outcome']}（第{step['round']}轮）", step["opinion"], step["checks"], budget]
    return "\n".join([line for line in lines if line] + [f"{step['person']}　{step['date']}"])
