"""Named reads of process documents: everybody of the house reads them all (R071)."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Count, F, Max, Q, QuerySet

from audit.acting import today
from organization.querysets import Someone


class ProcedureQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """For somebody from outside there are none."""
        if not user.is_authenticated or not user.is_active or user.is_external:
            return self.none()
        return self.all()

    def in_force(self) -> Self:
        return self.filter(withdrawn_at=None)

    def for_list_page(self) -> Self:
        """With how many departments have to read the latest version, and how many have."""
        latest = Q(versions__version=F("version"))
        rows = self.select_related("owner", "department").order_by("title")
        return rows.annotate(
            in_force=Max("versions__version", filter=Q(versions__effective_on__lte=today())),
            asked=Count("versions__readings", filter=latest),
            read=Count(
                "versions__readings", filter=latest & Q(versions__readings__confirmed_at__isnull=False)
            ),
        )


class ProcedureReadingQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        if not user.is_authenticated or not user.is_active or user.is_external:
            return self.none()
        return self.all()

    def open(self) -> Self:
        return self.filter(confirmed_at=None)
