"""The appeals of a matter beside its changes, and whose turn one of them is (R060)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from audit.acting import now
from pages.addresses import address
from requests.appeal_levels import rules_on
from requests.appeal_policies import may_appeal
from requests.case import Case, Step
from requests.flows.appeals import have_appealed, last_moment
from requests.models import CoordinationRequest, DecisionAppeal
from requests.states import Stage

if TYPE_CHECKING:
    from organization.models import User


def appeals_of(case: Case) -> dict[str, Any]:
    rows = case.matter.appeals.for_panel() if case.has_appeals else ()
    may = case.user is not None and may_begin(case, case.user)
    return {"appeals": rows, "may_appeal": may, "appeal_until": last_moment(case.matter) if may else None}


def bound_by(case: Case) -> set[int]:
    """The departments that the decision binds."""
    handed_out = (item.department_id for item in case.items if item.number)
    return {*(row.department_id for row in case.participants), *handed_out}


def may_begin(case: Case, user: User) -> bool:
    """Only asked of heads: until when is a question to the table of limits."""
    matter = case.matter
    if matter.stage != Stage.EXECUTION or matter.is_suspended or not may_appeal(matter, user, bound_by(case)):
        return False
    until = last_moment(matter)
    mine = bound_by(case) & set(user.authority.headed)
    appealed = have_appealed(matter) if case.has_appeals else set()
    return until is not None and until >= now() and bool(mine - appealed)


def appeals_to_rule(matter: CoordinationRequest, user: User) -> list[int]:
    """Those that wait for this person."""
    rows = (
        DecisionAppeal.objects.waiting()
        .filter(matter=matter)
        .select_related("matter", "decided_by", "department")
    )
    return [row.pk for row in rows if rules_on(row, user)]


def appeal_steps(case: Case, user: User) -> Iterator[Step]:
    for pk in case.appeals_to_rule:
        why = _("a department appeals against the decision; the ruling is yours.")
        yield Step(f"appeal{pk}", _("Rule on the appeal"), address("requests:appeal", pk), why)


def appealing_steps(case: Case, user: User) -> Iterator[Step]:
    """A head may appeal while there is time."""
    if may_begin(case, user):
        yield Step(
            "new_appeal", _("Appeal against the decision"), address("requests:new_appeal", case.matter.pk)
        )
