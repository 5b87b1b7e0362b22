"""What the page of a matter tells of its level: who reads it, who looked, how the level changed (domain §5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.acting import now
from audit.models import Reading
from requests import policies
from requests.states import ItemState

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import CoordinationRequest, Reader
    from requests.next_steps import Case

LOOKS = 50
# What was looked at (`audit.Reading.what`).
LOOKED_AT = {
    "matter": _("Page of the matter"),
    "letter": _("Sheet or letter"),
    "paper": _("Printed paper"),
    "file": pgettext_lazy("look", "File"),
    "item": _("Action item"),
    "meeting": pgettext_lazy("look", "Topic of a meeting"),
    "minutes": _("Minutes"),
    "material": _("Material of a meeting"),
    "loan": pgettext_lazy("look", "Loan"),
    "dispute": pgettext_lazy("look", "Dispute"),
    "api": _("Program (API)"),
    "dossier": pgettext_lazy("look", "Dossier"),
    "decision": _("Auditor's desk"),
    "verify": _("Verification of the dossier"),
}


def panel(case: Case, user: User) -> dict[str, Any]:
    """The tab “who reads it”: readers for all who read it, looks for whoever names them and the auditor."""
    matter = case.matter
    rows = list(matter.readers.named().select_related("user", "named_by", "ended_by"))
    may_see = policies.may_read_looks(matter, user)
    return {
        "named": [(row, holds(row)) for row in rows],
        "unheard": unheard(case, rows) if may_see else [],
        "may_name": policies.may_name_readers(matter, user),
        "may_see_looks": may_see,
        "looks": [(row, LOOKED_AT.get(row.what, row.what)) for row in looks(matter)[:LOOKS]]
        if may_see
        else [],
        "changes": matter.level_changes.select_related("proposed_by", "answered_by"),
    }


def looks(matter: CoordinationRequest) -> Any:
    """Who looked at it, newest first."""
    return Reading.objects.of_case(matter.pk)


def holds(row: Reader) -> bool:
    """Whether this person reads it now."""
    return row.ended_at is None and (row.until is None or row.until > now())


def unheard(case: Case, rows: list[Reader]) -> list[str]:
    """Departments that take part and for which no named person speaks, and persons with an item who do not read it:
    they can do nothing here."""
    reading = [row.user for row in rows if holds(row) and row.user]
    heard = {case.matter.filed_by_department_id}.union(*(person.authority.speaks_for for person in reading))
    missing = [row.department_name for row in case.participants if row.department_id not in heard]
    known = {person.pk for person in reading} | {case.matter.filed_by_id, case.matter.keeper_id}
    owners = [item.assignee for item in case.items if item.state != ItemState.CLOSED]
    return [*missing, *dict.fromkeys(person.name for person in owners if person.pk not in known)]
