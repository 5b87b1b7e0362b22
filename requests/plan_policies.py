"""Who writes, approves and answers a plan (F3, domain §5). Pure: no queries; the team is read by whoever asks."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from requests.policies import may_prepare, may_write

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import CoordinationRequest, Milestone, Plan, PlanRisk, PlanTask


def may_write_plan(matter: CoordinationRequest, user: User, leads: Collection[int] = ()) -> bool:
    """The office, whoever speaks for the lead department, and the project lead, who need not be a head (R015)."""
    return may_prepare(matter, user) or (user.pk in leads and may_write(user))


def may_approve_plan(plan: Plan, user: User) -> bool:
    """An officer of the office or its head, and what moves the decision the level of the decision; never whoever handed it
    in nor the applicant of the matter. One that goes with a change request is decided on there."""
    if plan.change_id is not None:
        return False
    doers = {plan.submitted_by_id, plan.matter.filed_by_id}
    decides = user.authority.is_officer if plan.approver_id is None else user.pk == plan.approver_id
    return decides and may_write(user) and user.pk not in doers


def may_answer_task(task: PlanTask, user: User) -> bool:
    """Its owner, or whoever speaks for the owner's department (R073)."""
    return may_write(user) and (task.owner_id == user.pk or task.department_id in user.authority.speaks_for)


def may_uphold_task(task: PlanTask, user: User) -> bool:
    """The office says that a disputed task stays, never on a task of one's own."""
    return user.authority.is_officer and may_write(user) and task.owner_id != user.pk


def may_accept_stage(milestone: Milestone, user: User, owners: Collection[int]) -> bool:
    """The named acceptor, or the office; nobody accepts the own work (domain §5)."""
    accepts = milestone.acceptor_id == user.pk or user.authority.is_officer
    return accepts and may_write(user) and user.pk not in owners


def may_waive_stage(milestone: Milestone, user: User) -> bool:
    """Going on without acceptance is the word of the head of the office (R093)."""
    return user.authority.is_office_head and may_write(user)


def may_update_risk(risk: PlanRisk, user: User, leads: Collection[int] = ()) -> bool:
    """Its owner, and whoever writes the plan."""
    return may_write(user) and (risk.owner_id == user.pk or may_write_plan(risk.plan.matter, user, leads))
