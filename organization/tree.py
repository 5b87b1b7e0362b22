"""The tree of departments as a page shows it: who heads, who is liaison, who is in charge, what is missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from organization.models import Department, Post, User
from organization.states import PostKind
from organization.warnings import Lack, warnings

HEADS = (PostKind.HEAD, PostKind.OFFICE_HEAD)
LIAISONS = (PostKind.LIAISON, PostKind.DEPUTY_LIAISON)


@dataclass
class Branch:
    """One department with its depth in the tree."""

    department: Department
    level: int
    heads: list[User] = field(default_factory=list)
    liaisons: list[User] = field(default_factory=list)
    people: int = 0
    lacks: list[Lack] = field(default_factory=list)

    @property
    def indent(self) -> int:
        """A step of the style sheet's padding; deeper than three levels looks like three."""
        return (0, 3, 4, 5)[min(self.level, 3)]


def branches() -> list[Branch]:
    """Every department in use, each below its superior. Eleven queries, however large the house."""
    children: dict[int | None, list[Department]] = defaultdict(list)
    departments = list(Department.objects.active().select_related("leader_in_charge"))
    known = {department.pk for department in departments}
    for department in departments:
        children[department.parent_id if department.parent_id in known else None].append(department)
    found: list[Branch] = []
    _walk(children, None, 0, found)
    _fill(found)
    return found


def _walk(
    children: dict[int | None, list[Department]], parent: int | None, level: int, found: list[Branch]
) -> None:
    for department in children[parent]:
        found.append(Branch(department, level))
        _walk(children, department.pk, level + 1, found)


def _fill(found: list[Branch]) -> None:
    by_department = {branch.department.pk: branch for branch in found}
    posts = Post.objects.current().filter(user__is_active=True).select_related("user").order_by("since", "pk")
    people: dict[int, set[int]] = defaultdict(set)
    for post in sorted(posts, key=lambda post: post.kind == PostKind.DEPUTY_LIAISON):
        branch = by_department.get(post.department_id)
        if branch is None:
            continue
        people[post.department_id].add(post.user_id)
        if post.kind in HEADS:
            branch.heads.append(post.user)
        elif post.kind in LIAISONS:
            branch.liaisons.append(post.user)
    for lack in warnings():
        if lack.department and lack.department.pk in by_department:
            by_department[lack.department.pk].lacks.append(lack)
    for department_id, members in people.items():
        by_department[department_id].people = len(members)
