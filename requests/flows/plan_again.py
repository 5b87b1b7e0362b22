"""The applicant objects and the work goes on: what was owed on the plan when it ended is owed again (Q18, R073, R078)."""

from __future__ import annotations

from organization.models import User
from requests.flows.plan import ask_approval
from requests.flows.plan_consent import ask_owners, ask_to_settle
from requests.flows.plan_risks import watch_risks
from requests.flows.plan_shared import plan_in_force
from requests.models import CoordinationRequest, Plan
from requests.plan_states import PlanState


def take_up_plan(matter: CoordinationRequest, by: User) -> None:
    """The counterpart of `rest_plan`: high risks, tasks without a word or disputed, a version that waits for its approval."""
    plan = plan_in_force(matter)
    if plan is not None:
        watch_risks(plan, by)
        ask_owners(plan, by)
        ask_to_settle(plan)
    for waiting in Plan.objects.filter(matter=matter, state=PlanState.SUBMITTED).select_related("approver"):
        waiting.matter = matter
        ask_approval(waiting, waiting.submitted_by or by)
