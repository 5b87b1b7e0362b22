"""What a line of the register of outside papers must hold (R066): sentences that say what to write."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from audit.acting import today
from audit.refusals import Invalid, Sentence
from requests import outside_paper_policies as policies
from requests.outside_paper_states import OutsideSort, PaperDirection

if TYPE_CHECKING:
    from organization.models import Department, User


def insist_on_line(
    *, direction: str, sort: str, unit: str, title: str, dated_on: date | None, passed_on: date,
    reply_due_on: date | None, department: Department | None, handler: User | None,
) -> None:  # fmt: skip
    wrong = {
        "direction": direction not in PaperDirection.values and _("Choose incoming or outgoing."),
        "sort": sort not in OutsideSort.values and _("Choose what kind of paper it is."),
        "unit": not unit.strip() and _("Write the unit that it comes from or goes to."),
        "title": not title.strip() and _("Write the title of the paper."),
        "dated_on": dated_on is not None
        and dated_on > passed_on
        and _("A paper is not received or sent before its date."),
        "passed_on": passed_on > today() and _("This day has not come yet. Choose today or earlier."),
        "reply_due_on": reply_due_on is not None
        and reply_due_on < passed_on
        and _("The answer is due after the paper came or went."),
        "department": reply_due_on is not None
        and department is None
        and _("An answer is due: name the department that sees to it."),
        "handler": handler is not None
        and not policies.may_see_to(handler)
        and _("Choose somebody of the house who settles it: not the auditor, nor a technical account."),
    }
    fields: dict[str, list[Sentence]] = {name: [sentence] for name, sentence in wrong.items() if sentence}
    if fields:
        raise Invalid(_("The line of the register is not complete."), fields=fields)
