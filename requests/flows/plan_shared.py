"""What every flow of a plan begins and ends with: the lock of matter and version, who writes, the line of history."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from audit.refusals import NotYours
from organization.models import User
from requests import plan_policies as policies
from requests import plan_rules
from requests.flows.resource_shared import end_resource_requests
from requests.flows.shared import lock, tell_story
from requests.models import CoordinationRequest, Milestone, Plan, PlanRisk
from requests.plan_states import BEING_WRITTEN, PlanState, TeamRole
from supervision import flows as supervision
from supervision.models import Obligation

PAGE = "requests:plan"
SUBJECTS = (Plan.SUBJECT, Milestone.SUBJECT, PlanRisk.SUBJECT)


def plan_in_force(matter: CoordinationRequest) -> Plan | None:
    """The version that everybody works by; None before the first approval."""
    found: Plan | None = Plan.objects.in_force().filter(matter=matter).first()
    if found is not None:
        found.matter = matter
    return found


def leads_of(matter: CoordinationRequest) -> set[int]:
    """Who leads the project by the version in force, or by the one that is being written."""
    states = (*BEING_WRITTEN, PlanState.IN_FORCE)
    rows = Plan.objects.filter(matter=matter, state__in=states, team__role=TeamRole.LEAD)
    return set(rows.values_list("team__person", flat=True))


def lock_plan(plan_id: int) -> Plan:
    """The version under its row lock, after its matter: everybody locks in this one order."""
    matter = lock(Plan.objects.values_list("matter_id", flat=True).get(pk=plan_id))
    plan: Plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    plan.matter = matter
    return plan


def insist_on_writer(matter: CoordinationRequest, by: User) -> None:
    if not policies.may_write_plan(matter, by, leads_of(matter)):
        raise NotYours(_("The lead department, the project lead and the coordination office write the plan."))
    plan_rules.insist_on_stage(matter)


def lock_draft(plan_id: int, by: User) -> Plan:
    """A version that this person may change now."""
    plan = lock_plan(plan_id)
    insist_on_writer(plan.matter, by)
    plan_rules.insist_on_draft(plan)
    return plan


def plan_owes(plan: Plan, *, url_name: str = PAGE, url_args: list[Any] | None = None) -> dict[str, Any]:
    """The part of an obligation that is the same for everything owed on a version."""
    return {
        "subject_type": Plan.SUBJECT, "subject_id": plan.pk, "case_id": plan.matter_id,
        "number": plan.number or plan.matter.number or "", "url_name": url_name,
        "url_args": url_args if url_args is not None else [plan.matter_id], "urgency": plan.matter.urgency,
    }  # fmt: skip


def tell_plan(
    plan: Plan, verb: str, sentence: str, *, by: User | None = None, reason: str = "", tone: str = "", **params: Any
) -> None:  # fmt: skip
    facts = {"number": plan.number or plan.matter.number or "", "version": plan.version, **params}
    tell_story(plan.matter, verb, sentence, by=by, subject=plan, params=facts, reason=reason, tone=tone)


def rest_plan(matter: CoordinationRequest) -> None:
    """The work is done: nobody owes the plan a word any more."""
    end_resource_requests(matter)
    owed = Obligation.objects.of_case(matter.pk).open().filter(subject_type__in=SUBJECTS)
    for subject_type, pk in set(owed.values_list("subject_type", "subject_id")):
        supervision.cancel(subject_type=subject_type, subject_id=pk)
