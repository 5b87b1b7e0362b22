"""A version of the plan that moves the decision waits for the level of the decision: also when that person has left (R019)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM
from audit.flow import flow
from audit.one_by_one import each
from organization import people
from requests.flows.change_levels import (
    decision_on,
    has_left,
    next_decider,
    pass_decision_on,
    reads_or_is_named,
    vacancies,
)
from requests.flows.plan_shared import lock_plan, plan_owes, tell_plan
from requests.flows.shared import let_read, tell_people
from requests.models import Plan
from requests.plan_states import PlanState
from supervision import flows as supervision
from supervision.states import Kind

BATCH = 200


def replace_plan_approvers(now: datetime) -> int:
    """A step of the tick: every version that waits for somebody who has left the level that decides on it."""
    waiting = Plan.objects.filter(state=PlanState.SUBMITTED, approver__isnull=False).order_by("pk")
    rows = waiting.select_related("approver", "matter__application")[:BATCH]
    vacant = vacancies(Plan.SUBJECT)
    found = [plan.pk for plan in rows if plan.pk in vacant or _decider_left(plan)]
    return each(found, lambda pk: replace_plan_approver(plan_id=pk, by=SYSTEM))


def _decider_left(plan: Plan) -> bool:
    way, _person, level = decision_on(plan.matter, is_frame=True)
    return plan.approver is not None and has_left(plan.matter, way, level, plan.approver)


@flow
def replace_plan_approver(*, plan_id: int, by: Any) -> Plan | None:
    """The next one on the same level decides; where nobody is left the head of the office owes that the post is filled."""
    plan = lock_plan(plan_id)
    left = plan.approver
    if plan.state != PlanState.SUBMITTED or left is None:
        return None
    if not _decider_left(plan):  # back in the post
        _end_vacancy(plan)
        return None
    barred = {left.pk, plan.submitted_by_id, plan.matter.filed_by_id}
    found = next_decider(plan.matter, is_frame=True, barred=barred)
    if found is None:
        if plan.pk in vacancies(Plan.SUBJECT):
            return None
        supervision.owe(
            kind=Kind.FILL_POST, holder=people.office_head(), holder_department=people.office(), **plan_owes(plan)
        )  # fmt: skip
        return None
    if not reads_or_is_named(plan.matter, found, key=f"plan:{plan.pk}"):
        return None
    plan.approver = found
    plan.save()
    let_read(plan.matter, users=[found.pk], why="plan")
    pass_decision_on(Plan.SUBJECT, plan.pk, found)
    _end_vacancy(plan)
    told = {"version": plan.version, "name": left.name, "approver": found.name}
    sentence = _n("%(name)s has left the post: %(approver)s decides on version %(version)s of the plan.")
    tell_people(
        plan.matter, [found, *([plan.submitted_by] if plan.submitted_by else [])], sentence,
        key=f"plan:{plan.pk}:approver:{found.pk}", params=told, url_name="requests:plan",
    )  # fmt: skip
    tell_plan(plan, "replace_approver", sentence, name=left.name, approver=found.name)
    return plan


def _end_vacancy(plan: Plan) -> None:
    supervision.discharge(kind=Kind.FILL_POST, subject_type=Plan.SUBJECT, subject_id=plan.pk)
