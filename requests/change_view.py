"""The change requests of a matter for its page, and what one person can do with one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.transitions import is_allowed
from requests import change_policies
from requests.case import Case
from requests.change_states import IMPACTS, ChangeState
from requests.decision_levels import answers_now
from requests.models import ChangeRequest, Plan
from requests.states import Stage

if TYPE_CHECKING:
    from organization.models import User


def changes_of(case: Case) -> dict[str, Any]:
    rows = ChangeRequest.objects.filter(matter=case.matter).select_related("asked_by", "approver", "item")
    return {
        "change_requests": rows,
        "may_ask_change": case.user is not None and may_ask_now(case, case.user),
    }


def may_ask_now(case: Case, user: User) -> bool:
    """Whether this person is offered to ask for a change: a party of it, while something decided is carried out."""
    departments = {row.department_id for row in case.participants}
    runs = case.matter.stage == Stage.EXECUTION or case.is_frame_open
    return (
        runs
        and not case.matter.is_suspended
        and change_policies.may_ask_change(case.matter, user, departments)
    )


def shown(change: ChangeRequest, user: User) -> dict[str, Any]:
    """The facts of one change, its receipts, and the acts open to this person."""
    readings = list(change.readings.select_related("person"))
    return {
        "change": change,
        "matter": change.matter,
        "impacts": [(label, getattr(change, name)) for name, label in IMPACTS.items()],
        "versions": Plan.objects.visible_to(user).filter(change=change),
        "readings": readings,
        "unread": sum(reading.read_at is None for reading in readings),
        "may_read": any(row.person_id == user.pk and row.read_at is None for row in readings),
        "may_confirm_order": change_policies.may_confirm_order(change, user) and change.order_is_awaited,
        "may_assess": is_allowed(change.assess, user),
        "may_answer": change.state == ChangeState.APPROVAL and answers_now(change, user),
        "may_apply": is_allowed(change.implement, user),
        "may_verify": is_allowed(change.verify, user),
        "may_withdraw": is_allowed(change.withdraw, user),
    }
