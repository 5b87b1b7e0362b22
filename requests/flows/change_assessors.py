"""Who assesses a change: never whoever asked for it or decides on it, also when the keeper or the decider changes (R094)."""

from __future__ import annotations

from typing import Any

from organization import people
from organization.models import User
from requests.models import ChangeRequest, CoordinationRequest
from supervision import flows as supervision
from supervision.models import Obligation
from supervision.states import Kind


def assessors(matter: CoordinationRequest, asked_by: User, approver: User) -> dict[str, Any]:
    """The keeper assesses, except on the own wish or where the keeper decides in the end: then the other side of the two."""
    if matter.keeper is not None and matter.keeper_id not in (asked_by.pk, approver.pk):
        return {"holder": matter.keeper}
    by_lead = matter.lead_department_id in asked_by.authority.speaks_for
    return {"holder_department": people.office() if by_lead else matter.lead_department}


def pass_assessment_on(change: ChangeRequest) -> None:
    """Keeper or decider are others now: whoever may still assess owes it, by the same date."""
    holders = assessors(change.matter, change.asked_by, change.approver)
    owed = Obligation.objects.of(ChangeRequest.SUBJECT, change.pk).open().filter(kind=Kind.CHANGE_ASSESS)
    for pk in list(owed.exclude(**{"holder": None, **holders}).values_list("pk", flat=True)):
        supervision.hand_over(obligation_id=pk, **holders)


def pass_assessments_on(matter: CoordinationRequest) -> None:
    """Another person keeps the case: what the office had to assess is owed anew; what the lead department has stays there."""
    owed = Obligation.objects.of_case(matter.pk).open().filter(kind=Kind.CHANGE_ASSESS)
    of_office = owed.exclude(holder=None, holder_department=matter.lead_department)
    rows = ChangeRequest.objects.filter(pk__in=list(of_office.values_list("subject_id", flat=True)))
    for change in rows.select_related("asked_by", "approver").order_by("pk"):
        change.matter = matter
        pass_assessment_on(change)
