"""An appeal waits for somebody one level above the decision: also when that person has left the post (R019, R060)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM
from audit.flow import flow
from audit.one_by_one import each
from organization.models import User
from requests.appeal_levels import next_ruler, ruler_left
from requests.flows.appeals import is_ruling_owed, lock_appeal, owe_ruling, tell_appeal, what_is_owed
from requests.flows.deciders import every, held_up, pass_decision_on
from requests.flows.shared import tell_story
from requests.models import DecisionAppeal
from supervision.states import Kind


def replace_rulers(now: datetime) -> int:
    """A step of the tick: every appeal that waits for somebody who no longer stands above the decision; of a suspended
    matter once it goes on."""
    waiting = DecisionAppeal.objects.waiting().filter(matter__suspended_since=None)
    rows = every(waiting.select_related("ruler", "matter", "decided_by", "department"), "ruler")
    waiting_for_office = held_up(DecisionAppeal.SUBJECT)
    found = [row.pk for row in rows if row.pk in waiting_for_office or ruler_left(row, row.ruler)]
    return each(found, lambda pk: replace_ruler(appeal_id=pk, by=SYSTEM))


@flow
def replace_ruler(*, appeal_id: int, by: Any) -> DecisionAppeal | None:
    """The next one above the decision rules, by the same date. Where nobody is left the head of the office owes that the post
    is filled; who has been named as a reader only now owes the ruling from now on."""
    appeal = lock_appeal(appeal_id)
    if appeal.outcome or appeal.matter.is_suspended:
        return None
    left, has_left, is_owed = appeal.ruler, ruler_left(appeal, appeal.ruler), is_ruling_owed(appeal)
    found = pass_decision_on(
        appeal.matter, kind=Kind.APPEAL_DECISION, has_left=has_left or not is_owed,
        find=lambda: next_ruler(appeal, ()) if has_left else left, owes=what_is_owed(appeal), why="appeal",
        tell_vacant=lambda heads: _tell_vacant(appeal, heads),
    )  # fmt: skip
    if found is None:
        return None
    if has_left:
        _write_ruler(appeal, found)
    if not is_owed:
        owe_ruling(appeal)
    return appeal


def _write_ruler(appeal: DecisionAppeal, found: User) -> None:
    facts = {"name": appeal.ruler.name, "ruler": found.name, "department": appeal.department_name}
    appeal.ruler = found
    appeal.save()
    sentence = _n("%(name)s has left the post: %(ruler)s rules on the appeal of %(department)s.")
    tell_appeal(appeal, [found], sentence, f"ruler{found.pk}", None, facts=facts, to_do=True)
    tell_appeal(
        appeal, [appeal.asked_by, appeal.matter.keeper], sentence, f"ruler{found.pk}", None, facts=facts
    )
    tell_story(appeal.matter, "replace_ruler", sentence, subject=appeal, params=facts)


def _tell_vacant(appeal: DecisionAppeal, heads: list[User]) -> None:
    facts = {"name": appeal.ruler.name, "department": appeal.department_name}
    sentence = _n(
        "%(name)s has left the post and nobody holds it: the appeal of %(department)s waits until it is filled."
    )
    tell_appeal(appeal, list(heads), sentence, f"vacant{appeal.ruler_id}", None, facts=facts, to_do=True)
    tell_story(
        appeal.matter, "await_ruler", sentence, subject=appeal, params=facts, tone="warn",
    )  # fmt: skip
