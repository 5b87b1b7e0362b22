"""Named reads of dossiers."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q, QuerySet

from organization.querysets import Someone


class DossierQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """A dossier exists for whoever may see its matter: the relation and the level both hold on (domain §5)."""
        matters = self.model._meta.get_field("matter").related_model._default_manager.inside(user)
        return self.filter(matter__in=matters.values("pk"))

    def search(self, text: str) -> Self:
        """By archive number, title or number of the matter; every word must be found."""
        found = self
        for word in text.split():
            found = found.filter(
                Q(title__icontains=word) | Q(archive_no__icontains=word) | Q(matter__number__icontains=word)
            )
        return found

    def for_list_page(self) -> Self:
        return self.select_related("matter", "retention", "sealed_by", "department")
