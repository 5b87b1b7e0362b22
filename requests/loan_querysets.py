"""Named reads of the ledger of loans."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import QuerySet

from organization.querysets import Someone
from requests.loan_states import OUT


class LoanQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Loans of visible matters."""
        matters = self.model._meta.get_field("matter").related_model._default_manager.inside(user)
        return self.filter(matter__in=matters.values("pk"))

    def out(self) -> Self:
        """Not back yet, or not confirmed."""
        return self.filter(state__in=OUT)

    def for_list_page(self) -> Self:
        return self.select_related("matter", "item", "lender", "borrower")
