"""Who words and reads the digest for the leaders (R067). Pure: no queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from requests.policies import is_officer

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import CoordinationRequest


def may_write_digest(matter: CoordinationRequest, user: User) -> bool:
    """The coordination office, except on a matter of one's own: nobody sums up their own case for the leaders."""
    return is_officer(matter, user) and matter.filed_by_id != user.pk


def reads_before_it_is_written(matter: CoordinationRequest, user: User) -> bool:
    """Until the office has worded it, what the matter itself says is shown to whoever leads or reads for the house."""
    authority = user.authority
    return authority.reads_all or matter.filed_by_department_id in authority.in_charge_of
