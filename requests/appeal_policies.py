"""Who appeals against a decision, and who takes an appeal back (R060). Pure: no queries."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from requests import policies

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import CoordinationRequest, DecisionAppeal


def may_appeal(matter: CoordinationRequest, user: User, addressees: Collection[int]) -> bool:
    """The head of a department that the decision binds, never whoever decided."""
    heads = not user.authority.headed.isdisjoint(addressees)
    return heads and policies.may_write(user) and user.pk != matter.decided_by_id


def may_withdraw_appeal(appeal: DecisionAppeal, user: User) -> bool:
    """Whoever asked, or whoever heads the department now."""
    asked = appeal.asked_by_id == user.pk or appeal.department_id in user.authority.headed
    return asked and policies.may_write(user)


def may_carry_out(appeal: DecisionAppeal, user: User) -> bool:
    """The office, or whoever speaks for the department that was right, asks for the change."""
    speaks = appeal.department_id in user.authority.speaks_for and policies.may_write(user)
    return speaks or policies.is_officer(appeal.matter, user)
