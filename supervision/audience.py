"""Whom each step of the ladder reaches (domain §6.2), as the organization stands at that moment."""

from __future__ import annotations

from organization import people
from organization.models import User
from supervision.models import Obligation
from supervision.states import Step


def audience(obligation: Obligation, step: str) -> list[User]:
    """Active people, each once: L0 the liaison; L1 owner and liaison; L2 and L3 besides, as a copy, the head.

    A limit without a ladder reaches whoever holds it: the person, else the department's speakers; what lies with the
    coordination office reaches its officers (the supervisor is supervised too).
    """
    if step == Step.LAPSE:
        found = _holders(obligation)
    else:
        found = [] if step == Step.L0 else _owner(obligation)
        found += _liaison(obligation)
        if step in (Step.L2, Step.L3) and obligation.holder_department_id:
            head = people.head(obligation.holder_department_id)
            found += [head] if head else []
    return list({person.pk: person for person in found if person.is_active}.values())


def is_responsible(obligation: Obligation, step: str, person: User) -> bool:
    return person.is_active and person.pk in {one.pk for one in audience(obligation, step)}


def _owner(obligation: Obligation) -> list[User]:
    return [obligation.holder] if obligation.holder else []


def _liaison(obligation: Obligation) -> list[User]:
    """The primary liaison; a deputy or the head stands in where there is none (R006)."""
    if obligation.holder_department_id is None:
        return []
    return people.liaisons(obligation.holder_department_id)[:1]


def _holders(obligation: Obligation) -> list[User]:
    if obligation.holder is not None and obligation.holder.is_active:
        return [obligation.holder]
    department = obligation.holder_department
    if department is None:
        return []
    return people.officers() if department.is_coordination_office else people.liaisons(department.pk)
