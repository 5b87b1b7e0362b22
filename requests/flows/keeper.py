"""Whoever keeps a case leaves it to somebody: no matter is kept by a person who no longer works in the office (R019).

The named successor takes it, else the officer with the fewest cases at once: a matter never waits for somebody to be
named while its clocks run, and the head of the office, who is told, can name another at any time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM
from audit.flow import flow
from audit.one_by_one import each
from audit.refusals import Invalid, NotReady, NotYours
from organization import people
from organization.collisions import insist_on_standing
from organization.models import PostChange, User
from requests import policies, rules
from requests.flows.change_assessors import pass_assessments_on
from requests.flows.shared import lock, tell_people, tell_story
from requests.models import CoordinationRequest
from requests.states import ACTIVE, ENDED
from supervision.flows import hand_over
from supervision.models import Obligation
from supervision.states import Kind

BATCH = 200
# What the officer who keeps a case owes as its keeper.
OF_KEEPER = (
    Kind.PREPARE, Kind.RESTART, Kind.NAME_READER, Kind.ISSUE_ACTION_ITEMS, Kind.SETTLE_TASKS, Kind.WATCH_RISK, Kind.REVIEW,
)  # fmt: skip


def find_new_keepers(now: datetime) -> int:
    """A step of the tick: every matter under way whose keeper has left the office, each in its own transaction."""
    left = CoordinationRequest.objects.active().without_officer().order_by("pk")
    return each(
        list(left.values_list("pk", flat=True)[:BATCH]), lambda pk: replace_keeper(matter_id=pk, by=SYSTEM)
    )


@flow
def replace_keeper(*, matter_id: int, by: Any) -> CoordinationRequest | None:
    """The keeper has left: the matter goes to the successor, else to the officer with the fewest cases (R019).

    None when it has a keeper again, or nobody is there to take it.
    """
    matter = lock(matter_id)
    officers = people.officers()
    left = matter.keeper
    if left is None or left in officers or matter.stage not in ACTIVE:
        return None
    keeper = _successor(matter, left, officers) or _least_busy(matter, officers)
    if keeper is None:
        return None
    _keep(matter, keeper)
    tell_people(
        matter, _each_once(keeper, people.office_head()),
        _n("%(name)s has left the office: %(number)s is kept by %(keeper)s from now on."),
        key=f"keeper:{left.pk}:{keeper.pk}", params={"name": left.name, "keeper": keeper.name}, to_do=True,
    )  # fmt: skip
    tell_story(
        matter, "replace_keeper", _n("%(name)s has left the office; %(keeper)s keeps the case from now on."),
        params={"name": left.name, "keeper": keeper.name}, tone="warn",
    )  # fmt: skip
    return matter


@flow
def change_keeper(
    *, matter_id: int, by: User, keeper: User, reason: str, seen: str = ""
) -> CoordinationRequest:
    """The head of the office gives the case to another officer, with the reason; never to its applicant (domain §5).

    Raises Conflict, with the name of the other person, when somebody else keeps it than was `seen`.
    """
    matter = lock(matter_id)
    if not policies.may_name_keeper(matter, by):
        raise NotYours(_("Only the head of the coordination office names who keeps a case."))
    if matter.stage in ENDED or matter.keeper is None:
        raise NotReady(_("Only a matter under way that was accepted has a case officer."))
    insist_on_standing(matter, "keeper_id", seen=seen, theirs=matter.keeper, yours=keeper)
    rules.insist_on_reason(reason)
    if keeper not in people.officers() or keeper.pk in (matter.filed_by_id, matter.keeper_id):
        sentence = _("Choose another officer of the coordination office, not the applicant.")
        raise Invalid(sentence, fields={"keeper": [sentence]})
    before = matter.keeper
    _keep(matter, keeper)
    tell_people(
        matter, _each_once(keeper, before), _n("%(number)s is kept by %(keeper)s from now on."),
        key=f"keeper:{before.pk}:{keeper.pk}:{matter.history.count()}", params={"keeper": keeper.name}, to_do=True,
    )  # fmt: skip
    tell_story(
        matter, "change_keeper", _n("%(actor)s gave the case from %(name)s to %(keeper)s."), by=by, reason=reason,
        params={"name": before.name, "keeper": keeper.name},
    )  # fmt: skip
    return matter


def _keep(matter: CoordinationRequest, keeper: User) -> None:
    """The name, and what the keeper owes by the same dates."""
    matter.keeper = keeper
    matter.save()
    pass_assessments_on(matter)
    owed = Obligation.objects.of_case(matter.pk).open().filter(kind__in=OF_KEEPER)
    for pk in list(owed.exclude(holder=keeper).values_list("pk", flat=True)):
        hand_over(obligation_id=pk, holder=keeper, holder_department=keeper.department)


def _successor(matter: CoordinationRequest, left: User, officers: list[User]) -> User | None:
    """Named when the post was handed over, and working in the office."""
    change = PostChange.objects.filter(post__user=left, successor__in=officers).order_by("-at", "-pk").first()
    named: User | None = change.successor if change else None
    return None if named is None or named.pk == matter.filed_by_id else named


def _least_busy(matter: CoordinationRequest, officers: list[User]) -> User | None:
    """The head of the office only when no officer is left; never the applicant."""
    fit = [person for person in officers if person.pk != matter.filed_by_id]
    plain = [person for person in fit if not person.authority.is_office_head] or fit
    cases = dict(
        CoordinationRequest.objects.active()
        .filter(keeper__in=plain)
        .order_by()
        .values_list("keeper")
        .annotate(Count("pk"))
    )
    return min(plain, key=lambda person: (cases.get(person.pk, 0), person.pk), default=None)


def _each_once(*persons: User | None) -> list[User]:
    return list({person.pk: person for person in persons if person is not None}.values())
