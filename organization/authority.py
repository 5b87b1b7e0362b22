"""What a person may be by their posts, read once per request: the ground that every policy stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from organization.states import PostKind


@dataclass(frozen=True)
class Authority:
    """The posts of one person, by kind and department. Policies ask it and stay free of queries."""

    departments: frozenset[int] = frozenset()
    by_kind: dict[str, frozenset[int]] = field(default_factory=dict)
    in_charge_of: frozenset[int] = frozenset()
    chairs: frozenset[int] = frozenset()
    secretary_of: frozenset[int] = frozenset()

    @classmethod
    def from_rows(
        cls,
        posts: Iterable[tuple[str, int]],
        in_charge_of: Iterable[int],
        committees: Iterable[tuple[int, str]],
    ) -> Authority:
        """`posts` are (kind, department id), `committees` (committee id, "chair" or "secretary")."""
        by_kind: dict[str, set[int]] = {}
        departments: set[int] = set()
        for kind, department_id in posts:
            by_kind.setdefault(kind, set()).add(department_id)
            departments.add(department_id)
        rows = list(committees)
        return cls(
            departments=frozenset(departments),
            by_kind={kind: frozenset(ids) for kind, ids in by_kind.items()},
            in_charge_of=frozenset(in_charge_of),
            chairs=frozenset(pk for pk, role in rows if role == "chair"),
            secretary_of=frozenset(pk for pk, role in rows if role == "secretary"),
        )

    def holds(self, *kinds: str) -> bool:
        return any(kind in self.by_kind for kind in kinds)

    @property
    def is_officer(self) -> bool:
        """Coordination officer or head of the office (CO, OH)."""
        return self.holds(PostKind.OFFICER, PostKind.OFFICE_HEAD)

    @property
    def is_office_head(self) -> bool:
        return self.holds(PostKind.OFFICE_HEAD)

    @property
    def is_secretary(self) -> bool:
        return self.holds(PostKind.SECRETARY) or bool(self.secretary_of)

    @property
    def is_chair(self) -> bool:
        """Chair (or deputy chair) of a standing committee."""
        return bool(self.chairs)

    @property
    def is_arbiter(self) -> bool:
        return self.holds(PostKind.ARBITER)

    @property
    def is_auditor(self) -> bool:
        return self.holds(PostKind.AUDITOR)

    @property
    def is_records(self) -> bool:
        return self.holds(PostKind.RECORDS)

    @property
    def is_system_admin(self) -> bool:
        return self.holds(PostKind.SYSTEM_ADMIN)

    @property
    def headed(self) -> frozenset[int]:
        """Departments that this person heads."""
        return self.by_kind.get(PostKind.HEAD, frozenset()) | self.by_kind.get(
            PostKind.OFFICE_HEAD, frozenset()
        )

    @property
    def liaison_of(self) -> frozenset[int]:
        """Departments for which this person is liaison or deputy liaison."""
        return self.by_kind.get(PostKind.LIAISON, frozenset()) | self.by_kind.get(
            PostKind.DEPUTY_LIAISON, frozenset()
        )

    @property
    def speaks_for(self) -> frozenset[int]:
        """Departments in whose name this person may sign for, answer and report: head and liaisons."""
        return self.headed | self.liaison_of

    @property
    def reads_all(self) -> bool:
        """CO, OH, CH, AR, AU and RA read every internal matter (domain §5)."""
        return self.is_officer or self.is_chair or self.is_arbiter or self.is_auditor or self.is_records

    @property
    def changes_nothing(self) -> bool:
        """An auditor reads and verifies and writes nothing (R208)."""
        return self.is_auditor
