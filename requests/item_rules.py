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


def insist_on_item(
    *,
    text: str,
    standard: str,
    department: Department,
    assignee: User,
    due_on: date | None,
    verifier: User | None,
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
    item: ActionItem, *, percent: int, done: str, difficulty: str, lower_reason: str, wants_help: bool
) -> None:
    """Form F12: 0 to 100, not lower than last unless with a reason; asking for help names the difficulty."""
    fields: dict[str, list[Sentence]] = {}
    if not 0 <= percent <= 100:
        fields["percent"] = [_("Write a number from 0 to 100.")]
    if percent < item.percent and not lower_reason.strip():
        fields["lower_reason"] = [
            _("Last time it was %(percent)s%%. Write why it is less now.") % {"percent": item.percent}
        ]
    if not done.strip():
        fields["done"] = [_("Write what has been done.")]
    if wants_help and not difficulty.strip():
        fields["difficulty"] = [_("Write what the office should help with.")]
    if fields:
        raise Invalid(_("The report is not complete."), fields=fields)
