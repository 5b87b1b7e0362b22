"""The needs of a plan with what was said to each (R079)."""

from __future__ import annotations

from requests.models import Plan, PlanResource, ResourceRequest
from requests.models.resource_requests import need_of


def with_answers(plan: Plan) -> list[tuple[PlanResource, ResourceRequest | None]]:
    """Each need of a version with its request, by whatever version it was asked."""
    needs = list(plan.resources.select_related("department"))
    asked = ResourceRequest.objects.standing().filter(matter=plan.matter_id) if needs else []
    answers = {row.need: row for row in asked}
    return [(need, answers.get(need_of(need))) for need in needs]
