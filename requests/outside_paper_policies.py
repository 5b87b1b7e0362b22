"""Who keeps the register of outside papers (R066). Pure: no queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from requests.policies import may_write

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import OutsidePaper


def may_register(user: User) -> bool:
    """The coordination office, its secretary and whoever keeps the records."""
    authority = user.authority
    return (authority.is_officer or authority.is_secretary or authority.is_records) and may_write(user)


def may_see_to(user: User) -> bool:
    """Whoever is asked for the answer must be able to write that it went out."""
    return may_write(user)


def may_settle_paper(paper: OutsidePaper, user: User, *, owes: bool) -> bool:
    """Whoever sees to it or owes the answer now, who speaks for that department, and whoever keeps the register."""
    own = owes or paper.handler_id == user.pk or paper.department_id in user.authority.speaks_for
    return (own and may_write(user)) or may_register(user)
