"""Who answers a request for a resource (R079). Pure: no queries. Whoever writes the plan asks and withdraws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from requests.policies import may_write

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import ResourceRequest


def may_answer_resource(asked: ResourceRequest, user: User, *, has_head: bool = True) -> bool:
    """The head of the department that has it; where there is none, whoever speaks for it."""
    authority = user.authority
    return may_write(user) and asked.department_id in (authority.headed if has_head else authority.speaks_for)


def may_read_conflicts(user: User) -> bool:
    """Office, leaders and auditor those of the whole house, whoever speaks for a department its own."""
    return (
        user.is_active
        and not user.is_external
        and (user.authority.reads_all or bool(user.authority.speaks_for))
    )
