"""Who starts a matter on an oral order, who may have given it, who reads the list of them (Q23). Pure: no queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from requests.policies import is_applicant, may_write

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import CoordinationRequest, OralOrder


def may_record_order(user: User) -> bool:
    """The officer who was told, by telephone or in person."""
    return user.authority.is_officer and may_write(user)


def may_order(person: User, department_id: int) -> bool:
    """The head of the applying department or of the office, the leader in charge, the chair, the top leader."""
    authority = person.authority
    return may_write(person) and (
        department_id in authority.headed
        or department_id in authority.in_charge_of
        or authority.is_office_head
        or authority.is_chair
        or authority.is_arbiter
    )


def may_answer_order(order: OralOrder, user: User) -> bool:
    """Only whoever is said to have given it; if they have left, the head of the office closes the question."""
    if not order.ordered_by.is_active:
        return user.authority.is_office_head and may_write(user)
    return order.ordered_by_id == user.pk and may_write(user)


def may_hand_in_papers(matter: CoordinationRequest, user: User) -> bool:
    """The applicant; once the applicant has left, whoever speaks for the department that applied."""
    if not matter.filed_by.is_active:
        return matter.filed_by_department_id in user.authority.speaks_for and may_write(user)
    return is_applicant(matter, user)


def may_read_orders(user: User) -> bool:
    """The office, the leaders and the auditor: the list is there to be looked over."""
    authority = user.authority
    return user.is_active and (
        authority.is_officer or authority.is_chair or authority.is_arbiter or authority.is_auditor
    )
