"""Units and their people as departments, accounts and posts. Nobody gets a password: accounts are opened later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from audit.refusals import Refusal
from coordination.importing.report import Report, cut
from organization import flows
from organization.models import Department, User
from organization.states import DepartmentKind, PostKind

# Which lists of a unit name people, and what the first, second and later ones become.
PEOPLE = ("chairs", "tech_leads", "maintainers", "mentors", "committers")
KEPT = {"id", "name", "kind", *PEOPLE, "liaison"}
HANDLES = ("github", "gitee_id", "handle")


class Importer:
    """Imports in the name of one system administrator; `report` tells what did not fit."""

    def __init__(self, by: User, report: Report) -> None:
        self.by = by
        self.report = report
        self._dropped: set[str] = set()
        self._people: dict[str, User] = {}
        self._seats: set[tuple[int, int]] = set()

    def forget(self) -> None:
        """Something was rolled back: who was remembered may not exist any more."""
        self._people.clear()
        self._seats.clear()

    def units(self, source: str, units: list[dict[str, Any]]) -> None:
        for number, unit in enumerate(units, start=1):
            self._unit(f"{source} unit {number}", unit)
        if self._dropped:
            self.report.remark(source, f"no field for: {', '.join(sorted(self._dropped))}")

    def _unit(self, line: str, unit: dict[str, Any]) -> None:
        self._dropped |= unit.keys() - KEPT
        try:
            department = self.department(str(unit["name"]), line)
        except Refusal as refusal:
            self.report.remark(line, str(refusal))
            return
        for index, person in enumerate(_people(unit)):
            kind = (PostKind.HEAD, PostKind.LIAISON)[index] if index < 2 else PostKind.STAFF
            self.member(department, person, kind, f"{line} person {index + 1}")

    def department(self, name: str, line: str) -> Department:
        """The department of this name, opened when it is not there yet."""
        name = cut(name, 60, line, self.report)
        found = Department.objects.filter(name__iexact=name).first()
        if found is not None:
            return found
        department = flows.create_department(
            code=f"I{Department.objects.count() + 1:04}", name=name, kind=DepartmentKind.OFFICE, by=self.by
        )
        self.report.took("departments")
        return department

    def member(self, department: Department, person: Mapping[str, Any], kind: str, line: str) -> User | None:
        """The person of this handle (else name) with a post in the department."""
        user = self._person(person, line)
        if user is None or (user.pk, department.pk) in self._seats:
            return user
        if not user.posts.filter(department=department, until=None).exists():
            try:
                flows.appoint(user_id=user.pk, department_id=department.pk, kind=kind, by=self.by)
                self.report.took("posts")
            except Refusal as refusal:
                self.report.remark(line, str(refusal))
        self._seats.add((user.pk, department.pk))
        return user

    def _person(self, person: Mapping[str, Any], line: str) -> User | None:
        name = cut(str(person.get("name") or ""), 40, line, self.report)
        handle = next((str(person[key]) for key in HANDLES if person.get(key)), name)
        username = re.sub(r"[^\w.-]+", "-", handle.lower()).strip("-")[:40]
        if not name or not username:
            self.report.remark(line, f"nobody is named: {dict(person)}")
            return None
        found = self._people.get(username) or User.objects.filter(username=username).first()
        if found is not None:
            self._people[username] = found
            return found
        self._dropped |= {f"person.{key}" for key in person.keys() - {"name", *HANDLES} if person.get(key)}
        try:
            created = flows.create_person(username=username, name=name, by=self.by)
        except Refusal as refusal:
            self.report.remark(line, str(refusal))
            return None
        self.report.took("people")
        return created


def _people(unit: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Everybody a unit names, each once, in the order of the lists."""
    seen: set[str] = set()
    for key in PEOPLE:
        for person in unit.get(key) or []:
            handle = next(
                (str(person[name]) for name in HANDLES if person.get(name)), str(person.get("name"))
            )
            if handle not in seen:
                seen.add(handle)
                yield person
