"""Founding the demo office through the organization's own flows."""

from __future__ import annotations

from datetime import datetime

from audit.acting import DEMO, Actor, at_moment
from audit.flow import flow
from coordination.demo import people as cast
from coordination.demo.player import SHANGHAI
from documents import numbers
from documents.states import Series
from organization import flows
from organization.models import Department, User
from organization.states import CommitteeKind

FOUNDED = datetime(2025, 1, 2, 9, 0, tzinfo=SHANGHAI)
# Where the paper registers of the office stood when it moved in (domain §7.1).
LAST_NUMBERS = {
    Series.REQUEST: 40,
    Series.MEETING: 17,
    Series.MINUTES: 17,
    Series.ACTION_ITEM: 95,
    Series.CONTACT_SHEET: 111,
    Series.REVIEW: 8,
}


def found(password: str) -> None:
    """Departments, people, posts, committee, external unit. Only the people of `cast.SHOWN` get the password."""
    with at_moment(FOUNDED):
        installer = _installer(by=DEMO)
        administrator = _person(installer, next(p for p in cast.PEOPLE if p.login == "tangyu"), password)
        _departments(installer)
        _appoint(installer, administrator, "XX", "system_admin")
        # Read again: the post is held from now on, and nobody fills posts as the installer any longer.
        _everybody_else(User.objects.get(pk=administrator.pk), password)
        flows.deactivate_person(user_id=installer.pk, by=User.objects.get(pk=administrator.pk))


@flow
def continue_registers(*, by: Actor) -> None:
    """The numbers of this year go on where the paper registers stopped."""
    for series, last in LAST_NUMBERS.items():
        numbers.continue_from(series, last)


@flow
def _installer(*, by: Actor) -> User:
    """A fresh installation has one technical account, which appoints the first administrator and is then closed."""
    return User.objects.create_superuser("installer", None, name="安装账号")


def _person(by: User, person: cast.Person, password: str) -> User:
    shown = {login for login, _role in cast.SHOWN}
    return flows.create_person(
        username=person.login, name=person.name, title=person.title, phone=person.phone, by=by,
        password=password if person.login in shown else "",
    )  # fmt: skip


def _departments(by: User) -> None:
    for order, place in enumerate(cast.DEPARTMENTS, start=1):
        parent = Department.objects.get(code=place.parent) if place.parent else None
        flows.create_department(
            code=place.code, name=place.name, kind=place.kind, by=by, parent_id=parent.pk if parent else None,
            order=order * 10,
        )  # fmt: skip


def _everybody_else(by: User, password: str) -> None:
    everybody = {by.username: by}
    for person in cast.PEOPLE:
        if person.login not in everybody:
            everybody[person.login] = _person(by, person, password)
            for code, kind in person.posts:
                _appoint(by, everybody[person.login], code, kind)
    leaders = {code: everybody[login].pk for login, codes in cast.IN_CHARGE.items() for code in codes}
    for department in Department.objects.all():
        flows.change_department(
            department_id=department.pk, name=department.name, kind=department.kind, by=by,
            parent_id=department.parent_id, leader_in_charge_id=leaders.get(department.code), order=department.order,
            is_coordination_office=department.code == cast.OFFICE,
        )  # fmt: skip
    seats = Department.objects.filter(code__in=cast.SEATS).values_list("pk", flat=True)
    flows.create_committee(
        name=cast.COMMITTEE, kind=CommitteeKind.STANDING, by=by, members=list(seats),
        chair_id=everybody[cast.CHAIR].pk, deputy_id=everybody[cast.DEPUTY].pk,
        secretary_id=everybody[cast.SECRETARY].pk, purpose="研究决定跨部门事项",
    )  # fmt: skip
    _goals(User.objects.get(username=cast.GOAL_KEEPER))
    unit = flows.create_external_unit(name=cast.EXTERNAL_UNIT, by=by)
    login, name, title = cast.EXTERNAL_PERSON
    flows.create_person(
        username=login, name=name, title=title, by=by, password=password, external_unit_id=unit.pk
    )


def _goals(by: User) -> None:
    """The goals of the group, and those of the departments below them (R031, R083)."""
    found: dict[str, int] = {}
    for name, code, above, measure in cast.GOALS:
        department = Department.objects.get(code=code) if code else None
        goal = flows.add_goal(
            name=name, by=by, department_id=department.pk if department else None, parent_id=found.get(above),
            measure=measure,
        )  # fmt: skip
        found[name] = goal.pk


def _appoint(by: User, person: User, code: str, kind: str) -> None:
    department = Department.objects.get(code=code)
    flows.appoint(
        user_id=person.pk, department_id=department.pk, kind=kind, by=by, since=cast.SINCE,
        is_main=not person.posts.exists(),
    )  # fmt: skip
