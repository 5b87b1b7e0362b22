"""Named reads of process documents: everybody of the house reads them all (R071)."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Count, DateField, Exists, F, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Greatest

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

    def standing(self, day: date) -> Self:
        """Of versions that hold on this day or will hold later; what is replaced is not read any more."""
        return self.exclude(self._replaced(day))

    def replaced(self, day: date) -> Self:
        """Of versions in whose place a later one stands, or that a later one overtook before their own day."""
        return self.filter(self._replaced(day))

    def _replaced(self, day: date) -> Exists:
        versions = self.model._meta.get_field("version").related_model._default_manager
        since = Greatest(OuterRef("version__effective_on"), Value(day, output_field=DateField()))
        return Exists(
            versions.filter(
                procedure=OuterRef("version__procedure"),
                version__gt=OuterRef("version__version"),
                effective_on__lte=since,
            )
        )
