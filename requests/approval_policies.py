"""Who writes the project application, who approves on each level (domain §5, row Approval level). Pure: no queries."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from requests import policies
from requests.approval_states import ApprovalLevel

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import ApprovalStep, CoordinationRequest, ProjectApplication


def may_write_application(
    matter: CoordinationRequest, application: ProjectApplication | None, user: User
) -> bool:
    """An officer of the office generates it; from then on the proposed lead completes it as well (R035)."""
    leads = application is not None and application.lead_person_id == user.pk and policies.may_write(user)
    return policies.may_accept(matter, user) or leads


def parties_of(application: ProjectApplication) -> set[int | None]:
    """Who never approves it: the applicant, whoever handed it in, and the lead whose powers it gives."""
    return {application.matter.filed_by_id, application.submitted_by_id, application.lead_person_id}


def may_approve(
    step: ApprovalStep,
    application: ProjectApplication,
    user: User,
    others: Collection[int | None],
    asked: User | None,
) -> bool:
    """The person who is asked now, or whoever else holds the post of this level; three levels are three persons, none of
    them a party (domain §5, Separation of duties). `others` answered another level, in whatever round."""
    if not policies.may_write(user) or user.pk in parties_of(application) or user.pk in others:
        return False
    return user == asked or holds_level(step.level, application, user)


def holds_level(level: str, application: ProjectApplication, user: User) -> bool:
    """By a post of their own, at this moment."""
    authority, department = user.authority, application.matter.filed_by_department_id
    if level == ApprovalLevel.DEPARTMENT:
        return department in authority.headed
    if level == ApprovalLevel.OFFICE:
        return authority.is_office_head
    return department in authority.in_charge_of or authority.is_chair or authority.is_arbiter


def may_write_rules(user: User) -> bool:
    """Which matters need which approvals is a rule of the office, like its conditions (R038, domain §5)."""
    return policies.may_write_conditions(user)
