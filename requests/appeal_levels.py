"""Who rules on an appeal against a decision: one level above whoever decided, never a party (R060, D9, domain §5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from organization import people
from requests.states import DecisionWay

if TYPE_CHECKING:
    from organization.models import Department, User
    from requests.models import CoordinationRequest, DecisionAppeal


def rulers(
    matter: CoordinationRequest, decider: User | None, department: Department, barred: Collection[int | None]
) -> Iterator[User]:
    """The nearest level first. Neither whoever decided, nor the applicant, nor anybody of the department that appeals."""
    parties = {decider.pk if decider else None, matter.filed_by_id, *barred}
    for person in _above(matter, decider):
        is_party = person is None or person.pk in parties or department.pk in person.authority.departments
        if person is not None and person.is_active and not is_party:
            yield person


def _above(matter: CoordinationRequest, decider: User | None) -> Iterator[User | None]:
    """Above the office stands its leader in charge, above a leader the chair, above the committee the top leader."""
    if decider is None or matter.decision_way == DecisionWay.MEETING or decider.authority.is_chair:
        yield people.arbiter()
        return
    if decider.authority.is_arbiter:
        return
    if not decider.authority.in_charge_of:
        office = people.office()
        yield people.leader_in_charge(office.pk) if office is not None else None
    yield people.committee_chair()
    yield people.arbiter()


def rules_on(appeal: DecisionAppeal, user: User) -> bool:
    """Whoever was asked, or whoever else stands on such a level now."""
    return user in _of(appeal)


def next_ruler(appeal: DecisionAppeal, barred: Collection[int | None]) -> User | None:
    return next(
        rulers(appeal.matter, appeal.decided_by, appeal.department, {appeal.asked_by_id, *barred}), None
    )


def ruler_left(appeal: DecisionAppeal, person: User) -> bool:
    """Whether this person, who upheld it, no longer stands on such a level."""
    return person not in _of(appeal)


def _of(appeal: DecisionAppeal) -> list[User]:
    return list(rulers(appeal.matter, appeal.decided_by, appeal.department, {appeal.asked_by_id}))
