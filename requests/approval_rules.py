"""Which approvals a matter needs by the office's table (R038), and what the project application (F2) must hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.refusals import Invalid, Sentence
from requests.approval_states import LEVELS_OF, Chain, Check, Willingness
from requests.models import ApprovalRule
from supervision.calendar import working_days

if TYPE_CHECKING:
    from requests.models import CoordinationRequest, ProjectApplication

# The rows of form F2, in the order of the paper.
ROWS = ("goals", "departments", "milestones", "resources", "risks")
TEXTS = ("title", "content", "benefit")


def chain_for(
    matter: CoordinationRequest, others: Collection[int], *, budget: Decimal | None = None
) -> Chain:
    """The longest chain of all rows that the matter meets; `others` are the departments besides the applying one."""
    amount = max(matter.amount or Decimal(0), budget or Decimal(0))
    count = len(set(others) - {matter.filed_by_department_id})
    found = [row.levels for row in ApprovalRule.objects.in_use() if _meets(row, matter, amount, count)]
    return max(
        (Chain(levels) for levels in found), key=lambda chain: len(LEVELS_OF[chain]), default=Chain.NONE
    )


def _meets(row: ApprovalRule, matter: CoordinationRequest, amount: Decimal, count: int) -> bool:
    return (
        (not row.category or row.category == matter.category)
        and (row.amount_from is None or amount >= row.amount_from)
        and (row.departments_from is None or count >= row.departments_from)
    )


def chain_of(application: ProjectApplication, wished: Iterable[int]) -> Chain:
    """What the paper asks for: the departments of the request and those that it names itself."""
    named = {row["department"] for row in application.departments}
    return chain_for(application.matter, {*wished, *named}, budget=application.budget)


def chain_of_request(
    matter: CoordinationRequest, application: ProjectApplication | None, wished: Iterable[int]
) -> Chain:
    """What the rule asks for at this moment, whether or not anybody has begun the paper."""
    return chain_for(matter, set(wished)) if application is None else chain_of(application, wished)


def gaps_of(application: ProjectApplication, wished: Mapping[int, str]) -> dict[str, list[Sentence]]:
    """Everything that form F2 still lacks, by field; `wished` are the departments of the request by id and name."""
    gaps: dict[str, list[Sentence]] = {
        name: [_("Not filled in yet.")] for name in TEXTS if not getattr(application, name).strip()
    }
    needed = {
        "goals": _("Write at least one goal that can be measured: indicator, target, day."),
        "resources": _("Write at least one key resource, and where it comes from."),
        "risks": _("Write at least one risk, and what is done about it."),
    }
    gaps |= {name: [sentence] for name, sentence in needed.items() if not getattr(application, name)}
    return {**gaps, **_departments(application, wished), **_lead(application), **_days(application)}


def _departments(application: ProjectApplication, wished: Mapping[int, str]) -> dict[str, list[Sentence]]:
    """Every department of the request has said what it thinks; a condition is written down."""
    asked = {row["department"] for row in application.departments}
    missing = [name for pk, name in wished.items() if pk not in asked]
    if missing:
        sentence = _("Not asked yet, or not written down: %(names)s.") % {"names": "、".join(missing)}
        return {"departments": [sentence]}
    vague = [
        row["name"]
        for row in application.departments
        if row["answer"] == Willingness.CONDITIONS and not row["condition"].strip()
    ]
    if vague:
        return {"departments": [_("Write the condition of: %(names)s.") % {"names": "、".join(vague)}]}
    return {}


def _lead(application: ProjectApplication) -> dict[str, list[Sentence]]:
    gaps: dict[str, list[Sentence]] = {}
    person = application.lead_person
    if person is None or not person.is_active:
        gaps["lead_person"] = [_("Choose who shall lead the project.")]
    if application.lead_department_id is None:
        gaps["lead_department"] = [_("Choose the department that shall lead.")]
    if not application_powers(application):
        gaps["powers"] = [_("Give the lead at least one power.")]
    return gaps


def _days(application: ProjectApplication) -> dict[str, list[Sentence]]:
    gaps: dict[str, list[Sentence]] = {}
    starts, ends = application.starts_on, application.ends_on
    if starts is None:
        gaps["starts_on"] = [_("Write the first day.")]
    if ends is None:
        gaps["ends_on"] = [_("Write the last day.")]
    if not application.milestones:
        gaps["milestones"] = [_("Write at least one milestone with its day.")]
    elif starts and ends:
        outside = [row["text"] for row in application.milestones if not starts <= _day(row["day"]) <= ends]
        if outside:
            sentence = _("Outside of the schedule: %(names)s.") % {"names": "、".join(outside)}
            gaps["milestones"] = [sentence]
    return gaps


def _day(text: str) -> date:
    return date.fromisoformat(text)


def application_powers(application: ProjectApplication) -> bool:
    return bool(
        application.may_call_meetings
        or application.may_assign_items
        or application.may_use_resources
        or application.money_up_to
        or application.days_up_to
    )


def insist_on_schedule(starts: date | None, ends: date | None) -> None:
    """Also a draft does not end before it starts."""
    if starts is not None and ends is not None and ends <= starts:
        sentence = _("The last day lies after the first one. Choose a later day.")
        raise Invalid(sentence, fields={"ends_on": [sentence]})


def insist_on_whole(application: ProjectApplication, wished: Mapping[int, str]) -> None:
    """All gaps at once, each beside its field (R035)."""
    if gaps := gaps_of(application, wished):
        summary = ngettext(
            "%(number)s place of the application is still missing.",
            "%(number)s places of the application are still missing.",
            len(gaps),
        )
        raise Invalid(summary % {"number": len(gaps)}, fields=gaps)


def insist_on_checks(checks: Mapping[str, Mapping[str, Any]]) -> None:
    """R037: an approval has looked at all five; what is not so is explained beside its tick."""
    fields: dict[str, list[Sentence]] = {}
    for check in Check:
        found = checks.get(check.value) or {}
        if found.get("is_so") is None:
            fields[f"check_{check.value}"] = [_("Not looked at yet. Choose yes or no.")]
        elif not found["is_so"] and not str(found.get("comment") or "").strip():
            fields[f"comment_{check.value}"] = [_("Say what is not right, and why it can still be approved.")]
    if fields:
        raise Invalid(_("The checklist is not complete."), fields=fields)


def insist_on_rule(category: str, amount_from: Decimal | None, departments_from: int | None) -> None:
    fields: dict[str, list[Sentence]] = {}
    if amount_from is not None and amount_from < 0:
        fields["amount_from"] = [_("Write 0 or more.")]
    if not category and amount_from is None and departments_from is None:
        fields["category"] = [_("Name at least one condition: category, amount or number of departments.")]
    if fields:
        raise Invalid(_("The rule is not complete."), fields=fields)


def first_day(day: date) -> date:
    """When a project can begin at the earliest: the working day after the application."""
    return working_days().next_day(day)
