"""Who asks for a change, assesses, approves, carries out and checks it (R094, domain §3.6). Pure: no queries."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from requests import policies
from requests.change_states import ChangeObject, ChangeState
from requests.states import DecisionWay

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import ChangeRequest, CoordinationRequest


def may_ask_change(matter: CoordinationRequest, user: User, departments: Collection[int]) -> bool:
    """Any party: the applicant, whoever speaks for a department that takes part, the office."""
    return policies.may_record_talks(matter, user) or (
        policies.may_write(user) and not user.authority.speaks_for.isdisjoint(departments)
    )


def may_assess(change: ChangeRequest, user: User) -> bool:
    """The office and the lead department assess, never whoever asked or decides."""
    return policies.may_prepare(change.matter, user) and user.pk not in (
        change.asked_by_id,
        change.approver_id,
    )


def may_answer_change(change: ChangeRequest, user: User) -> bool:
    """The level and body of the original decision, never whoever asked or assessed (R094)."""
    if not policies.may_write(user) or user.pk in (change.asked_by_id, change.assessed_by_id):
        return False
    return user.pk == change.approver_id or _holds(change, user)


def _holds(change: ChangeRequest, user: User) -> bool:
    authority = user.authority
    if change.way in (DecisionWay.OFFICE, DecisionWay.LETTERS):
        return authority.is_office_head
    return change.way == DecisionWay.MEETING and authority.is_chair


def may_apply_change(change: ChangeRequest, user: User) -> bool:
    """The lead department writes it into the matter, or the office for it."""
    return policies.may_prepare(change.matter, user)


def may_verify_change(change: ChangeRequest, user: User) -> bool:
    """An officer who did not carry it out (doer and verifier are two persons, domain §5)."""
    return policies.is_officer(change.matter, user) and change.implemented_by_id != user.pk


def may_confirm_order(change: ChangeRequest, user: User) -> bool:
    """Whoever is named as having ordered it orally, and nobody for them; if they have left, the head of the office closes
    the question."""
    giver = change.ordered_by
    if not change.is_urgent or giver is None or not policies.may_write(user):
        return False
    return giver.pk == user.pk if giver.is_active else user.authority.is_office_head


def may_withdraw_change(change: ChangeRequest, user: User) -> bool:
    """Whoever asked, before the answer; a version of the plan also after it, where it cannot go into force any more."""
    is_answered = change.state == ChangeState.APPROVED and change.object != ChangeObject.PLAN
    return change.asked_by_id == user.pk and policies.may_write(user) and not is_answered
