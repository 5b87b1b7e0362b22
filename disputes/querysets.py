"""Named reads of disputes."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import F, Prefetch, Q, QuerySet

from disputes.states import OPEN, TALKING, DisputeState
from organization.querysets import Someone


class DisputeQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Disputes of visible matters, for those who speak for a party or lead it, the registrant, the owner,
        and those who read all. Never wider than the matter."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        matters = self.model._meta.get_field("matter").related_model._default_manager.inside(user)
        seen = self.filter(matter__in=matters.values("pk"))
        if user.authority.reads_all:
            return seen
        departments = user.authority.speaks_for | user.authority.in_charge_of
        mine = self._parties().filter(department__in=departments).values("dispute_id")
        return seen.filter(Q(pk__in=mine) | Q(registered_by=user) | Q(owner=user))

    def _parties(self) -> QuerySet[Any]:
        return self.model._meta.get_field("parties").related_model._default_manager.all()

    def open(self) -> Self:
        """Not yet ended: with a next date and an owner (R135). A stayed ruling is not at its end either."""
        return self.filter(Q(state__in=OPEN) | Q(state=DisputeState.RULED, stayed_until__isnull=False))

    def of_matter(self, matter_id: int) -> Self:
        return self.filter(matter_id=matter_id)

    def stuck(self, day: date) -> Self:
        """Open ones whose next date has passed (R135)."""
        return self.open().filter(next_on__lt=day)

    def left_by_keeper(self) -> Self:
        """In talks, and followed up by somebody else than who keeps the matter now (R019)."""
        return self.filter(state__in=TALKING, matter__keeper__isnull=False).exclude(owner=F("matter__keeper"))

    def for_list_page(self) -> Self:
        return self.select_related("matter", "question", "registered_by", "owner").prefetch_related(
            "parties__department"
        )

    def for_detail_page(self) -> Self:
        return self.for_list_page().prefetch_related(
            Prefetch("points"), "points__positions__party__department", "talks__people", "talks__recorded_by",
            "items__department", "items__assignee", "parties__signed_by",
        )  # fmt: skip
