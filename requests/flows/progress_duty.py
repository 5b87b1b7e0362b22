"""Progress is reviewed regularly: while a plan is carried out its lead owes the next review (R087, R088)."""

from __future__ import annotations

from organization.models import User
from requests.flows.plan_shared import plan_in_force
from requests.flows.shared import what_it_owes
from requests.models import CoordinationRequest
from requests.plan_states import TeamRole
from requests.states import Stage
from supervision import flows as supervision
from supervision.models import Obligation
from supervision.states import Kind, Outcome


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
        supervision.owe(
            kind=Kind.REVIEW_PROGRESS, holder=lead, holder_department=None if lead else matter.lead_department, asked_by=by,
            **what_it_owes(matter),
        )  # fmt: skip
    elif lead is not None and owed.holder_id != lead.pk:
        supervision.hand_over(obligation_id=owed.pk, holder=lead)


def end_progress_reviews(matter: CoordinationRequest, outcome: str = Outcome.DONE) -> None:
    supervision.discharge(
        kind=Kind.REVIEW_PROGRESS, subject_type=matter.SUBJECT, subject_id=matter.pk, outcome=outcome
    )
