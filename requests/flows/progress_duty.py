"""Progress is reviewed regularly: while a plan is carried out its lead owes the next review (R087, R088)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from audit.acting import SYSTEM
from audit.flow import flow
from audit.one_by_one import each
from organization.models import User
from requests.flows.plan_shared import plan_in_force
from requests.flows.shared import lock, wait_while_blocked, what_it_owes
from requests.models import CoordinationRequest, Plan
from requests.plan_states import TeamRole
from requests.states import Stage
from supervision import flows as supervision
from supervision.models import Obligation
from supervision.states import Kind, Outcome

BATCH = 100


def ask_for_missing_reviews(moment: datetime) -> int:
    """A step of the tick: every plan that is carried out and whose next review nobody owes, as of one that was in force
    before reviews were asked for."""
    owed = Obligation.objects.open().filter(
        kind=Kind.REVIEW_PROGRESS, subject_type=CoordinationRequest.SUBJECT, subject_id=OuterRef("pk")
    )
    carried_out = CoordinationRequest.objects.filter(
        Exists(Plan.objects.in_force().filter(matter=OuterRef("pk"))), ~Exists(owed),
        stage=Stage.EXECUTION, suspended_since=None, lead_department__isnull=False,
    )  # fmt: skip
    rows = list(carried_out.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return each(rows, lambda pk: ask_for_missing_review(matter_id=pk, by=SYSTEM))


@flow
def ask_for_missing_review(*, matter_id: int, by: Any) -> CoordinationRequest:
    """Owed from now on."""
    matter = lock(matter_id)
    ask_for_progress_review(matter, None)
    wait_while_blocked(matter)
    return matter


def ask_for_progress_review(matter: CoordinationRequest, by: User | None) -> None:
    """The project lead owes the next one, the lead department where the plan names nobody who can; it is owed once, by
    whoever leads by the version in force."""
    plan = plan_in_force(matter) if matter.stage == Stage.EXECUTION else None
    if plan is None:
        return
    row = plan.team.filter(role=TeamRole.LEAD, person__is_active=True).select_related("person").first()
    lead = row.person if row else None
    owed = Obligation.objects.of(matter.SUBJECT, matter.pk).open().filter(kind=Kind.REVIEW_PROGRESS).first()
    if owed is None:
        # With the department: once the lead has left, whoever speaks for it may review, and no other department.
        supervision.owe(
            kind=Kind.REVIEW_PROGRESS, holder=lead, holder_department=matter.lead_department, asked_by=by,
            **what_it_owes(matter),
        )  # fmt: skip
    elif lead is not None and owed.holder_id != lead.pk:
        supervision.hand_over(obligation_id=owed.pk, holder=lead, holder_department=matter.lead_department)


def end_progress_reviews(matter: CoordinationRequest, outcome: str = Outcome.DONE) -> None:
    supervision.discharge(
        kind=Kind.REVIEW_PROGRESS, subject_type=matter.SUBJECT, subject_id=matter.pk, outcome=outcome
    )
