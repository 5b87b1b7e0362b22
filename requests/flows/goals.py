"""Which goal a matter serves (R031): one of the list, or an entry of one's own with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from organization.goals import Goal
from requests.models import CoordinationRequest


def with_goal(given: Mapping[str, Any], matter: CoordinationRequest | None = None) -> dict[str, Any]:
    """What was typed, with the goal settled: a chosen one lends its words and asks for no reason, own words alone let go
    of the one that was chosen before."""
    fields = dict(given)
    goal: Goal | None = fields.get("served_goal", matter.served_goal if matter else None)
    if goal is None:
        return fields
    own = str(fields.get("organization_goal") or "").strip()
    if "served_goal" not in fields and own and own != goal.name:
        return {**fields, "served_goal": None}
    standing = matter is not None and matter.served_goal_id == goal.pk and matter.organization_goal
    return {**fields, "served_goal": goal, "organization_goal": standing or goal.name, "goal_reason": ""}
