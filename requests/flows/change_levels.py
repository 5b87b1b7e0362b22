"""A change waits for the level of the original decision (R094): also when whoever decided has left the post since (R019)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM
from audit.flow import flow
from audit.one_by_one import each
from audit.refusals import NotReady
from organization.models import User
from requests.appeal_levels import next_ruler, ruler_left
from requests.change_states import UNANSWERED, ChangeState
from requests.decision_levels import (
    decider_of_change_left,
    deciders,
    decision_on,
    next_decider_of_change,
)
from requests.flows.change_assessors import pass_assessment_on
from requests.flows.change_shared import lock_change, tell_change, what_is_owed
from requests.flows.deciders import every, held_up, pass_decision_on
from requests.models import ChangeRequest, CoordinationRequest, DecisionAppeal
from supervision.states import Kind


def level_of(
    matter: CoordinationRequest,
    *,
    is_frame: bool,
    by: User,
    barred: Collection[int | None] = (),
    appeal: DecisionAppeal | None = None,
) -> tuple[str, User]:
    """Way and person of the original decision: of a project's frame the top level of its approvals, else whoever
    decided the matter; where that person asks or has left the post, whoever holds the same level. What carries out an
    appeal is decided on by whoever upheld it."""
    if appeal is not None:
        return "", _of_appeal(appeal, by)
    way, person, level = decision_on(matter, is_frame=is_frame)
    found = next(deciders(matter, way, person, level, barred={by.pk, *barred}), None)
    if found is None:
        raise NotReady(
            _("Nobody holds the post that decides on this. Ask the coordination office to have it filled.")
        )
    return way, found


def _of_appeal(appeal: DecisionAppeal, by: User) -> User:
    upheld_by = appeal.answered_by
    if upheld_by is not None and upheld_by.pk != by.pk and not ruler_left(appeal, upheld_by):
        return upheld_by
    found = next_ruler(appeal, {by.pk})
    if found is None:
        raise NotReady(
            _("Nobody holds the post that decides on this. Ask the coordination office to have it filled.")
        )
    return found


def replace_approvers(now: datetime) -> int:
    """A step of the tick: every change that waits for somebody who has left the level that decides on it."""
    waiting = ChangeRequest.objects.filter(state__in=UNANSWERED)
    rows = every(waiting.select_related("approver", "matter__application"), "approver")
    waiting_for_office = held_up(ChangeRequest.SUBJECT)
    found = [
        change.pk for change in rows if change.pk in waiting_for_office or decider_of_change_left(change)
    ]
    return each(found, lambda pk: replace_approver(change_id=pk, by=SYSTEM))


@flow
def replace_approver(*, change_id: int, by: Any) -> ChangeRequest | None:
    """The next one on the same level decides. Where nobody is left the head of the office owes that the post is filled."""
    change = lock_change(change_id)
    left = change.approver
    if change.state not in UNANSWERED:
        return None
    found = pass_decision_on(
        change.matter, kind=Kind.CHANGE_APPROVE, has_left=decider_of_change_left(change),
        find=lambda: next_decider_of_change(change), owes=what_is_owed(change), why="change",
        tell_vacant=lambda heads: _tell_vacant(change, heads),
    )  # fmt: skip
    if found is None:
        return None
    change.approver = found
    change.save()
    if change.state == ChangeState.SUBMITTED:
        pass_assessment_on(change)
    tell_change(
        change, "replace_approver", _n("%(name)s has left the post: %(approver)s decides on the change %(number)s."),
        None, [found, change.asked_by, change.matter.keeper], name=left.name, approver=found.name, to_do=True,
    )  # fmt: skip
    return change


def _tell_vacant(change: ChangeRequest, heads: list[User]) -> None:
    tell_change(
        change, "await_approver", _n("%(name)s has left the post and nobody holds it: the change %(number)s waits until it is filled."),
        None, heads, name=change.approver.name, tone="warn", to_do=True,
    )  # fmt: skip
