"""What the organization and its departments want to reach (组织目标): the tree that matters serve (R031, R083)."""

from __future__ import annotations

from typing import Any, Self, TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

# A logged-in person or an AnonymousUser.
Someone: TypeAlias = Any


class GoalQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Everybody of the house knows what it wants to reach, nobody from outside."""
        return self.none() if not user.is_authenticated or user.is_external else self

    def active(self) -> Self:
        """What can be chosen today."""
        return self.filter(retired_at=None)

    def with_places(self) -> Self:
        """Each with its department and with the goal that it serves."""
        return self.select_related("department", "parent__department")


class Goal(models.Model):
    """One goal: of the organization, or of a department, which then names the goal that it serves. Never deleted: what
    has been chosen stays readable."""

    name = models.CharField(_("goal"), max_length=120)
    department = models.ForeignKey(
        "organization.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("department")
    )  # fmt: skip
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("serves the goal")
    )  # fmt: skip
    measure = models.CharField(_("by what it is measured"), max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    retired_why = models.CharField(max_length=200, blank=True, editable=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = [F("department__order").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(department=None, parent=None) | Q(department__isnull=False, parent__isnull=False),
                name="a_department_goal_names_its_parent",
            ),
            models.UniqueConstraint(
                fields=["name", "department"], condition=Q(retired_at=None), nulls_distinct=False,
                name="one_goal_of_a_name_in_use",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.retired_at is None

    @property
    def owner(self) -> str:
        """The department whose goal it is; nothing for the whole organization."""
        return self.department.name if self.department else ""
