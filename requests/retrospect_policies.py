"""Who writes and issues a review, who betters and who checks (F19, R107, R108). Pure: no queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from requests.policies import may_write

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import CoordinationRequest, Improvement, Review


def may_write_review(matter: CoordinationRequest, user: User) -> bool:
    """The officers of the office, and whoever speaks for the lead department."""
    return may_write(user) and (
        user.authority.is_officer or matter.lead_department_id in user.authority.speaks_for
    )


def may_issue_review(review: Review, user: User) -> bool:
    """The coordination office; a review is not only the word of the department that led."""
    return may_write(user) and user.authority.is_officer


def may_report_improvement(improvement: Improvement, user: User) -> bool:
    """Its owner, or whoever speaks for the owner's department."""
    return may_write(user) and (
        improvement.owner_id == user.pk or improvement.department_id in user.authority.speaks_for
    )


def may_check_improvement(improvement: Improvement, user: User) -> bool:
    """The coordination office, never who reported it."""
    return may_write(user) and user.authority.is_officer and improvement.reported_by_id != user.pk


def may_better_system(user: User) -> bool:
    """The coordination office starts what recurring matters call for (R109)."""
    return user.authority.is_officer and may_write(user)


def may_read_recurring(user: User) -> bool:
    """The office, the leaders and the auditor."""
    authority = user.authority
    return user.is_active and (
        authority.is_officer or authority.is_chair or authority.is_arbiter or authority.is_auditor
    )
