"""A version of the plan that moves the decision waits for the level of the decision: also when that person has left (R019)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM
from audit.flow import flow
from audit.one_by_one import each
from requests.decision_levels import decider_of_plan_left, next_decider_of_plan
from requests.flows.deciders import every, held_up, pass_decision_on
from requests.flows.plan_shared import PAGE, lock_plan, plan_owes, tell_plan
from requests.flows.shared import tell_people
from requests.models import Plan
from requests.plan_states import PlanState
from supervision.states import Kind


def replace_plan_approvers(now: datetime) -> int:
    """A step of the tick: every version that waits for somebody who has left the level that decides on it."""
    waiting = Plan.objects.filter(state=PlanState.SUBMITTED, approver__isnull=False)
    rows = every(waiting.select_related("approver", "matter__application"), "approver")
    waiting_for_office = held_up(Plan.SUBJECT)
    found = [plan.pk for plan in rows if plan.pk in waiting_for_office or decider_of_plan_left(plan)]
    return each(found, lambda pk: replace_plan_approver(plan_id=pk, by=SYSTEM))


@flow
def replace_plan_approver(*, plan_id: int, by: Any) -> Plan | None:
    """The next one on the same level decides; where nobody is left the head of the office owes that the post is filled."""
    plan = lock_plan(plan_id)
    left = plan.approver
    if plan.state != PlanState.SUBMITTED or left is None:
        return None
    found = pass_decision_on(
        plan.matter, kind=Kind.CHANGE_APPROVE, has_left=decider_of_plan_left(plan),
        find=lambda: next_decider_of_plan(plan), owes=plan_owes(plan), why="plan",
    )  # fmt: skip
    if found is None:
        return None
    plan.approver = found
    plan.save()
    told = {"version": plan.version, "name": left.name, "approver": found.name}
    sentence = _n("%(name)s has left the post: %(approver)s decides on version %(version)s of the plan.")
    tell_people(
        plan.matter, [found, *([plan.submitted_by] if plan.submitted_by else [])], sentence,
        key=f"plan:{plan.pk}:approver:{found.pk}", params=told, url_name=PAGE, to_do=True,
    )  # fmt: skip
    tell_plan(plan, "replace_approver", sentence, name=left.name, approver=found.name)
    return plan
