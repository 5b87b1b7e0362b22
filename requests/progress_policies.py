"""Who reviews the progress of a matter (R088). Pure: no queries."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from requests.plan_policies import may_write_plan

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import CoordinationRequest


def may_review_progress(matter: CoordinationRequest, user: User, leads: Collection[int] = ()) -> bool:
    """Whoever writes its plan: the office, whoever speaks for the lead department, the project lead (R087)."""
    return may_write_plan(matter, user, leads)
