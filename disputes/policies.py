"""Who may do what to a dispute (domain §5, row Dispute). Pure: no queries.

Who is recused from ruling needs queries: `disputes/recusal.py`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from requests.policies import may_write

if TYPE_CHECKING:
    from disputes.models import Dispute, DisputeParty
    from organization.models import User


def may_register(user: User, parties: Collection[int]) -> bool:
    """An officer, or whoever speaks for one of the departments that differ (D1)."""
    return may_write(user) and (user.authority.is_officer or bool(user.authority.speaks_for & set(parties)))


def may_record(dispute: Dispute, user: User, parties: Collection[int]) -> bool:
    """Write down a talk, or take it further up: either side's head or liaison, and the office (D2, D6)."""
    return may_register(user, parties)


def may_state_position(party: DisputeParty, user: User) -> bool:
    """A department states its own position, nobody another's."""
    return may_write(user) and party.department_id in user.authority.speaks_for


def may_sign(party: DisputeParty, user: User) -> bool:
    """An agreement is signed by the heads, each for the own department (D3)."""
    return may_write(user) and party.department_id in user.authority.headed


def may_rule(user: User) -> bool:
    """The head of the office; the top leader where the head is recused (D6)."""
    return may_write(user) and (user.authority.is_office_head or user.authority.is_arbiter)


def may_withdraw(dispute: Dispute, user: User) -> bool:
    """Whoever registered it."""
    return may_write(user) and dispute.registered_by_id == user.pk
