"""Whom each step of the ladder reaches (domain §6.2), as the organization stands at that moment."""

from __future__ import annotations

from functools import cache

from organization import people
from organization.models import User
from supervision.models import Obligation
from supervision.states import Step


class Audiences:
    """Who is who, asked once per department: make a new one for each transaction."""

    def __init__(self) -> None:
        self._liaisons = cache(people.liaisons)
        self._head = cache(people.head)
        self._officers = cache(people.officers)

    def of(self, obligation: Obligation, step: str) -> list[User]:
        """Active people, each once: L0 the liaison; L1 owner and liaison; L2 and L3 besides, as a copy, the head.

        A limit without a ladder reaches whoever holds it: the person, else the department's speakers; what lies with the
        coordination office reaches its officers (the supervisor is supervised too). Where nobody is left, the office
        gets it, so that nothing is lost with a person (R019); a window, which nobody holds, reaches nobody.
        """
        if obligation.holder_id is None and obligation.holder_department_id is None:
            return []
        found = self._holders(obligation) if step == Step.LAPSE else self._ladder(obligation, step)
        active = {person.pk: person for person in found if person.is_active}
        return list(active.values()) or self._officers()

    def _ladder(self, obligation: Obligation, step: str) -> list[User]:
        found: list[User | None] = [] if step == Step.L0 else [obligation.holder]
        found += self._liaison(obligation)
        if step in (Step.L2, Step.L3) and obligation.holder_department_id:
            found.append(self._head(obligation.holder_department_id))
        return [person for person in found if person is not None]

    def _liaison(self, obligation: Obligation) -> list[User]:
        """The primary liaison; a deputy or the head stands in where there is none (R006)."""
        if obligation.holder_department_id is None:
            return [obligation.holder] if obligation.holder else []
        return self._liaisons(obligation.holder_department_id)[:1]

    def _holders(self, obligation: Obligation) -> list[User]:
        if obligation.holder is not None and obligation.holder.is_active:
            return [obligation.holder]
        department = obligation.holder_department
        if department is None:
            return []
        return self._officers() if department.is_coordination_office else self._liaisons(department.pk)
