"""Who speaks, signs and decides for whom: the questions that flows ask the organization."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from organization.models import Committee, Department, User
from organization.states import CommitteeKind, PostKind
from pages.prepared import Prepared

HOLDERS = Prepared(lambda kind: User.objects.holding(kind))
HOLDERS_IN = Prepared(lambda kind, department: User.objects.holding(kind, department))
OFFICE = Prepared(lambda: Department.objects.coordination_office())


def head(department_id: int) -> User | None:
    """The head of a department; for the coordination office, the head of the office."""
    return _first(PostKind.HEAD, department_id) or _first(PostKind.OFFICE_HEAD, department_id)


def heads_upwards(department_id: int) -> list[User]:
    """The head of a department, then those of the departments above it: who decides where the own head is a party."""
    found = [head(department.pk) for department in _upwards(department_id)]
    return [person for person in found if person is not None]


def liaisons(department_id: int) -> list[User]:
    """Primary liaison first, then the deputies; the head where there is none (R006)."""
    primary = HOLDERS_IN(PostKind.LIAISON.value, department_id)
    deputies = HOLDERS_IN(PostKind.DEPUTY_LIAISON.value, department_id)
    found = primary + [person for person in deputies if person not in primary]
    if found:
        return found
    instead = head(department_id)
    return [instead] if instead else []


def merged_into(departments: Iterable[int]) -> set[int]:
    """Into which of those in use some of these were merged."""
    found = Department.objects.filter(pk__in=list(departments), successor__isnull=False)
    return set(found.values_list("successor_id", flat=True))


def names_on(moment: datetime) -> dict[int, str]:
    """What the departments were called at this moment; of one without a history from then on, the name of today counts."""
    before = Department.history.filter(history_date__lte=moment).order_by(
        "id", "-history_date", "-history_id"
    )
    return dict(before.distinct("id").values_list("id", "name"))


def office() -> Department | None:
    """The coordination office; None when no department is flagged (filing is then refused, R002)."""
    found: Department | None = OFFICE.get()
    return found


def colleagues(departments: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """Who works in each of these departments."""
    found: dict[int, list[tuple[int, str]]] = {}
    there = User.objects.active().filter(posts__department__in=list(departments), posts__until=None)
    rows = there.order_by("name").values_list("posts__department_id", "pk", "name").distinct()
    for department, pk, name in rows:
        found.setdefault(department, []).append((pk, name))
    return found


def officers() -> list[User]:
    """Everybody who works the office's queue: officers, then the head of the office."""
    return [*HOLDERS(PostKind.OFFICER.value), *HOLDERS(PostKind.OFFICE_HEAD.value)]


def office_heads() -> list[User]:
    """Everybody who holds the post, should it be several."""
    found: list[User] = HOLDERS(PostKind.OFFICE_HEAD.value)
    return found


def office_head() -> User | None:
    return _first(PostKind.OFFICE_HEAD)


def arbiter() -> User | None:
    """The top leader, who takes the last decision."""
    return _first(PostKind.ARBITER)


def committee_chair() -> User | None:
    """The chair of the standing committee; its deputy while the chair is vacant or inactive."""
    committee = (
        Committee.objects.active()
        .filter(kind=CommitteeKind.STANDING)
        .select_related("chair", "deputy")
        .order_by("pk")
        .first()
    )
    if committee is None:
        return None
    for person in (committee.chair, committee.deputy):
        if person is not None and person.is_active:
            return cast("User", person)
    return None


def records_administrator(*, but_not: int | None = None) -> User | None:
    """Whoever seals dossiers; never the officer who kept the case (domain §5)."""
    person: User | None = User.objects.holding(PostKind.RECORDS).exclude(pk=but_not).first()
    return person


def leader_in_charge(department_id: int) -> User | None:
    """The deputy leader responsible for a department, or for the nearest department above it (R012)."""
    for department in _upwards(department_id):
        leader = department.leader_in_charge
        if leader is not None and leader.is_active:
            return leader
    return None


def _first(kind: str, department_id: int | None = None) -> User | None:
    post = PostKind(kind).value
    person: User | None = HOLDERS.get(post) if department_id is None else HOLDERS_IN.get(post, department_id)
    return person


def _upwards(department_id: int) -> list[Department]:
    """The department itself and all above it. One query per level; trees are a handful of levels deep."""
    found: list[Department] = []
    seen: set[int] = set()
    next_id: int | None = department_id
    while next_id is not None and next_id not in seen:
        seen.add(next_id)
        department = Department.objects.select_related("leader_in_charge").get(pk=next_id)
        found.append(department)
        next_id = department.parent_id
    return found
