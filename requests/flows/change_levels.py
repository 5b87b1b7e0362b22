"""Who stands for the level of the original decision (R094), also when whoever decided has left the post since (R019)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM
from audit.flow import flow
from audit.one_by_one import each
from audit.refusals import NotReady
from organization import people
from organization.models import User
from organization.states import PostKind
from requests.approval_states import ApprovalLevel
from requests.change_objects import OBJECTS
from requests.change_states import ChangeState
from requests.flows.approval_shared import holders_of
from requests.flows.change_shared import lock_change, tell_change, what_is_owed
from requests.flows.shared import let_read
from requests.models import ChangeRequest, CoordinationRequest
from requests.states import DecisionWay
from supervision import flows as supervision
from supervision.models import Obligation
from supervision.states import Kind

BATCH = 200
UNANSWERED = (ChangeState.SUBMITTED, ChangeState.APPROVAL)
# Whoever decides a matter or its project does so by one of these, or as leader in charge or chair.
DECIDING = (PostKind.HEAD, PostKind.OFFICE_HEAD, PostKind.OFFICER, PostKind.ARBITER)


def level_of(
    matter: CoordinationRequest, *, is_frame: bool, by: User, barred: Collection[int | None] = ()
) -> tuple[str, User]:
    """Way and person of the original decision: of a project's frame the top level of its approvals, else whoever
    decided the matter; where that person asks or has left the post, whoever holds the same level."""
    way, person, level = decision_on(matter, is_frame=is_frame)
    found = next(_deciders(matter, way, person, level, barred={by.pk, *barred}), None)
    if found is None:
        raise NotReady(
            _("Nobody holds the post that decides on this. Ask the coordination office to have it filled.")
        )
    return way, found


def decision_on(matter: CoordinationRequest, *, is_frame: bool) -> tuple[str, User | None, str]:
    """How it was decided, by whom and, where a project was approved, on which level."""
    application = getattr(matter, "application", None) if is_frame else None
    if application is not None and application.is_approved:
        top = application.steps.filter(outcome="approved").select_related("answered_by").last()
        return "", top.answered_by, top.level
    return matter.decision_way, matter.decided_by, ""


def next_decider(
    matter: CoordinationRequest, *, is_frame: bool, barred: Collection[int | None]
) -> User | None:
    """Whoever holds the level of the decision today, without those who are barred."""
    way, _person, level = decision_on(matter, is_frame=is_frame)
    return next(_deciders(matter, way, None, level, barred=barred), None)


def _deciders(
    matter: CoordinationRequest, way: str, person: User | None, level: str, *, barred: Collection[int | None]
) -> Iterator[User]:
    """Whoever decided first, then whoever holds the same level, the nearest first."""
    if person is not None and person.pk not in barred and not has_left(way, person):
        yield person
    for found in _same_level(matter, way, level):
        if found is not None and found.is_active and found.pk not in barred:
            yield found


def _same_level(matter: CoordinationRequest, way: str, level: str) -> Iterator[User | None]:
    if level:
        yield from holders_of(ApprovalLevel(level), matter.filed_by_department_id)
    elif way == DecisionWay.OFFICE:
        yield from people.office_heads()
    yield people.committee_chair()
    yield people.arbiter()


def has_left(way: str, person: User) -> bool:
    """Whether whoever decided holds no post any more by which that could be decided today."""
    if not person.is_active:
        return True
    authority = person.authority
    above = authority.is_chair or authority.is_arbiter
    if way == DecisionWay.OFFICE:
        return not (authority.is_office_head or above)
    return not (above or authority.in_charge_of or authority.holds(*DECIDING))


def replace_approvers(now: datetime) -> int:
    """A step of the tick: every change that waits for somebody who has left the level that decides on it."""
    waiting = ChangeRequest.objects.filter(state__in=UNANSWERED).select_related("approver").order_by("pk")
    left = [change.pk for change in waiting[:BATCH] if has_left(change.way, change.approver)]
    return each(left, lambda pk: replace_approver(change_id=pk, by=SYSTEM))


@flow
def replace_approver(*, change_id: int, by: Any) -> ChangeRequest | None:
    """The next one on the same level decides. Where nobody is left the head of the office owes that the post is filled."""
    change = lock_change(change_id)
    left = change.approver
    if change.state not in UNANSWERED or not has_left(change.way, left):
        return None
    doers = {left.pk, change.asked_by_id, change.assessed_by_id}
    found = next_decider(change.matter, is_frame=not OBJECTS[change.object].of_item, barred=doers)
    if found is None:
        _ask_to_fill(change, left)
        return None
    change.approver = found
    change.save()
    let_read(change.matter, users=[found.pk], why="change")
    for duty in (
        Obligation.objects.of(ChangeRequest.SUBJECT, change.pk).open().filter(kind=Kind.CHANGE_APPROVE)
    ):
        supervision.hand_over(obligation_id=duty.pk, holder=found)
    supervision.discharge(kind=Kind.FILL_POST, subject_type=ChangeRequest.SUBJECT, subject_id=change.pk)
    tell_change(
        change, "replace_approver", _n("%(name)s has left the post: %(approver)s decides on the change %(number)s."),
        None, [found, change.asked_by, change.matter.keeper], name=left.name, approver=found.name,
    )  # fmt: skip
    return change


def _ask_to_fill(change: ChangeRequest, left: User) -> None:
    """Owed once: it stays with the head of the office, or with the officers while that post itself is vacant."""
    if Obligation.objects.of(ChangeRequest.SUBJECT, change.pk).open().filter(kind=Kind.FILL_POST).exists():
        return
    head = people.office_head()
    supervision.owe(
        kind=Kind.FILL_POST, holder=head, holder_department=people.office(), **what_is_owed(change)
    )
    tell_change(
        change, "await_approver", _n("%(name)s has left the post and nobody holds it: the change %(number)s waits until it is filled."),
        None, [head] if head is not None else people.officers(), name=left.name, tone="warn",
    )  # fmt: skip
