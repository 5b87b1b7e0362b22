"""Who states gains and losses, takes them back, and records what makes up for a loss (R083). Pure: no queries."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from requests.policies import is_officer, may_write

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import CoordinationRequest, Effect


def may_state_effect(matter: CoordinationRequest, user: User, departments: Collection[int]) -> bool:
    """Whoever speaks for a department concerned, and the office; `departments` are those concerned."""
    return may_write(user) and (
        is_officer(matter, user) or not user.authority.speaks_for.isdisjoint(departments)
    )


def speaks_for_effect(user: User, department_id: int) -> bool:
    return department_id in user.authority.speaks_for and may_write(user)


def may_withdraw_effect(effect: Effect, user: User) -> bool:
    """The department takes back what is said of it, also what the office wrote; the office only what it wrote itself."""
    return speaks_for_effect(user, effect.department_id) or (
        not effect.is_own and user.authority.is_officer and may_write(user)
    )


def may_compensate(effect: Effect, user: User) -> bool:
    """The office records what was decided; never whoever speaks for the department that gets it."""
    return (
        user.authority.is_officer
        and may_write(user)
        and effect.department_id not in user.authority.speaks_for
    )
