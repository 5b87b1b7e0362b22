"""Named reads: who is who is open to every person of the office; external people see their own unit only."""

from __future__ import annotations

from datetime import date
from typing import Any, Self, TypeAlias

from django.db.models import Q, QuerySet

# A logged-in person or an AnonymousUser. The model lies above this file, so the type is not named here.
Someone: TypeAlias = Any


class DepartmentQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        if not user.is_authenticated:
            return self.none()
        return self.none() if user.is_external else self

    def active(self) -> Self:
        return self.filter(is_active=True)

    def with_untold_merger(self) -> Self:
        """Merged into another one, whose people have not been told of it yet."""
        return self.filter(successor__isnull=False, merger_told_at=None)

    def coordination_office(self) -> Self:
        return self.active().filter(is_coordination_office=True)


class UserQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        if not user.is_authenticated:
            return self.none()
        if user.is_external:
            return self.filter(external_unit=user.external_unit_id)
        return self

    def active(self) -> Self:
        return self.filter(is_active=True)

    def internal(self) -> Self:
        return self.filter(external_unit=None)

    def external(self) -> Self:
        return self.exclude(external_unit=None)

    def holding(self, kind: str, department_id: int | None = None) -> Self:
        """Active people who hold this post now, in this department if one is named, or in that into which it was merged."""
        where = Q(posts__kind=kind, posts__until=None)
        if department_id is not None:
            departments = (
                self.model._meta.get_field("posts").related_model._meta.get_field("department").related_model
            )
            now = departments.objects.filter(Q(pk=department_id) | Q(predecessors=department_id))
            where &= Q(posts__department__in=now.values("pk"))
        return self.active().filter(where).distinct()

    def search(self, text: str) -> Self:
        return self.filter(Q(name__icontains=text) | Q(username__icontains=text))


class PostQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        if not user.is_authenticated or user.is_external:
            return self.none()
        return self

    def current(self) -> Self:
        return self.filter(until=None)

    def held_on(self, day: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class PostChangeQuerySet(QuerySet[Any]):
    def untaken(self) -> Self:
        """Changes whose work nobody has handed over yet, oldest first."""
        return self.filter(taken_at=None).select_related("post__user", "post__department", "successor")


class CommitteeQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        if not user.is_authenticated or user.is_external:
            return self.none()
        return self

    def active(self) -> Self:
        return self.filter(is_active=True)


class ExternalUnitQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        if not user.is_authenticated:
            return self.none()
        return self.filter(pk=user.external_unit_id) if user.is_external else self


class PhraseQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """The own ones and those of the own departments."""
        if not user.is_authenticated or user.is_external:
            return self.none()
        return self.of(user.pk, user.authority.departments)

    def of(self, person: Any, departments: Any) -> Self:
        return self.filter(Q(owner=person) | Q(department__in=departments))
