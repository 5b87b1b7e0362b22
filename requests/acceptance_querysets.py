"""Named reads of acceptance sheets and defects."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import QuerySet

from organization.querysets import Someone


class SheetQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Sheets of visible items."""
        items = self.model._meta.get_field("item").related_model._default_manager.visible_to(user)
        return self.filter(item__in=items.values("pk"))

    def for_page(self) -> Self:
        return self.select_related("accepted_by", "delivered_by").prefetch_related("defects__person")


class DefectQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Defects on visible sheets."""
        sheets = self.model._meta.get_field("sheet").related_model._default_manager.visible_to(user)
        return self.filter(sheet__in=sheets.values("pk"))

    def for_page(self) -> Self:
        return self.select_related(
            "sheet__item__matter", "sheet__item__assignee", "sheet__item__department", "sheet__accepted_by", "person",
        )  # fmt: skip
