"""The needs of a plan with what was said to each (R079)."""

from __future__ import annotations

from typing import Any

from requests.models import Plan, PlanResource, ResourceRequest
from requests.models.resource_requests import need_of
from requests.plan_states import PlanState


def with_answers(plan: Plan) -> list[tuple[PlanResource, ResourceRequest | None]]:
    """Each need of a version with its request, by whatever version it was asked."""
    needs = list(plan.resources.select_related("department"))
    asked = ResourceRequest.objects.standing().filter(matter=plan.matter_id) if needs else []
    answers = {row.need: row for row in asked}
    return [(need, answers.get(need_of(need))) for need in needs]


def living_needs(matter_id: int) -> set[tuple[Any, ...]]:
    """What is needed now: by the version in force, and by one that is written or waits for approval."""
    rows = PlanResource.objects.filter(plan__matter=matter_id).exclude(plan__state=PlanState.SUPERSEDED)
    return {need_of(row) for row in rows}


def without_need(plan: Plan) -> list[ResourceRequest]:
    """Requests that stand though no version names their need any more: somebody should withdraw them."""
    if plan.state == PlanState.SUPERSEDED:
        return []
    asked = list(ResourceRequest.objects.standing().filter(matter=plan.matter_id).order_by("asked_at", "pk"))
    named = living_needs(plan.matter_id) if asked else set()
    return [row for row in asked if row.need not in named]
