"""Named reads of agreements and their sides."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import QuerySet

from organization.querysets import Someone
from requests.agreement_states import AgreementState, HeadsWord
from requests.querysets import OfMatterQuerySet


class AgreementQuerySet(OfMatterQuerySet):
    def for_panel(self) -> Self:
        """With its sides, who agreed for each, and what the heads said."""
        return self.select_related("recorded_by", "item").prefetch_related("sides__person", "sides__said_by")


class SideQuerySet(QuerySet[Any]):
    def waiting(self) -> Self:
        """Whose word is still asked for: not of what another head has objected to, or of what ended with its matter."""
        return self.filter(word=HeadsWord.WAITING, agreement__state=AgreementState.TOLD)

    def waiting_for(self, user: Someone) -> Self:
        """Those whose department this person heads."""
        return self.waiting().filter(department__in=user.authority.headed)
