"""What an action item and its reports must hold (forms F10, F12)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from audit.acting import today
from audit.refusals import Invalid, Sentence
from organization.models import Department, User
from supervision.calendar import working_days

if TYPE_CHECKING:
    from requests.models import ActionItem

TEXT = (10, 300)
FINISHED = 100
LONGEST_CYCLE = 60


def insist_on_item(
    *,
    text: str,
    standard: str,
    department: Department,
    assignee: User,
    due_on: date | None,
    verifier: User | None,
    report_every: int | None = None,
) -> None:
    """Raise Invalid with every gap of the item at once; `due_on` None leaves the date unchecked."""
    sentences = {
        "text": _wrong_text(text),
        "standard": "" if standard.strip() else _("Write by what one sees that it is done."),
        "assignee": _wrong_assignee(assignee, department),
        "verifier": _("Nobody verifies the own work. Choose somebody else.")
        if verifier is not None and verifier.pk == assignee.pk
        else "",
        "due_on": wrong_due_date(due_on) if due_on is not None else "",
        "report_every": _wrong_cycle(report_every),
    }
    fields = {name: [sentence] for name, sentence in sentences.items() if sentence}
    if fields:
        raise Invalid(_("The action item is not complete."), fields=fields)


def _wrong_text(text: str) -> str:
    count = len(text.strip())
    if TEXT[0] <= count <= TEXT[1]:
        return ""
    return _("Now %(count)s characters; write %(least)s to %(most)s: what is to be done.") % {
        "count": count,
        "least": TEXT[0],
        "most": TEXT[1],
    }


def _wrong_cycle(days: int | None) -> str:
    """F10: a cycle of its own is a number of working days; empty, the office's limit counts."""
    if days is None or 1 <= days <= LONGEST_CYCLE:
        return ""
    return _("Write 1 to %(most)s working days, or leave it empty.") % {"most": LONGEST_CYCLE}


def _wrong_assignee(assignee: User, department: Department) -> str:
    if not assignee.is_active:
        return _("This person is no longer active. Choose somebody else.")
    if not assignee.is_external and department.pk not in assignee.authority.departments:
        return _("This person does not belong to the responsible department.")
    return ""


def wrong_due_date(day: date) -> str:
    """Why this day cannot be a due date; empty when it can (F10: a working day, today or later)."""
    if day < today():
        return _("This day has passed. Choose today or later.")
    if not working_days().is_working(day):
        return _("This is a day off. Choose a working day.")
    return ""


def insist_on_due_date(day: date, *, field: str) -> None:
    sentence = wrong_due_date(day)
    if sentence:
        raise Invalid(sentence, fields={field: [sentence]})


def insist_on_report(
    item: ActionItem,
    *,
    percent: int,
    done: str,
    next_step: str,
    next_on: date | None,
    difficulty: str,
    expected_on: date | None,
    lower_reason: str,
) -> None:
    """Form F12, every gap at once. What is finished has no next step; a difficulty, or that there is none, is written."""
    sentences = {
        "percent": "" if 0 <= percent <= 100 else _("Write a number from 0 to 100."),
        "lower_reason": _without_reason(item, percent, lower_reason),
        "done": "" if done.strip() else _("Write what has been done."),
        "difficulty": ""
        if difficulty.strip()
        else _("Write the difficulty. If there is none, write “none”."),
        **(_gaps_of_outlook(next_step, next_on, expected_on) if percent != FINISHED else {}),
    }
    fields: dict[str, list[Sentence]] = {name: [said] for name, said in sentences.items() if said}
    if fields:
        raise Invalid(_("The report is not complete."), fields=fields)


def _without_reason(item: ActionItem, percent: int, lower_reason: str) -> str:
    if percent >= item.percent or lower_reason.strip():
        return ""
    return _("Last time it was %(percent)s%%. Write why it is less now.") % {"percent": item.percent}


def _gaps_of_outlook(next_step: str, next_on: date | None, expected_on: date | None) -> dict[str, str]:
    """What comes next, by which day, and when all of it will be finished."""
    return {
        "next_step": "" if next_step.strip() else _("Write the next step."),
        "next_on": _wrong_next_day(next_on),
        "expected_on": wrong_due_date(expected_on)
        if expected_on
        else _("Write by which day it will be finished."),
    }


def _wrong_next_day(day: date | None) -> str:
    if day is None:
        return _("Write by which day the next step is done.")
    return _("This day has passed. Choose today or later.") if day < today() else ""
