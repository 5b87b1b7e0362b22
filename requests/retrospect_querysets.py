"""Named reads of reviews and improvements."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from organization.querysets import Someone
from requests.retrospect_states import ImprovementState, ReviewState
from requests.states import Confidentiality


class ReviewQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Issued reviews of visible matters; a draft is the office's and the lead department's."""
        matters = self.model._meta.get_field("matter").related_model._default_manager.inside(user)
        seen = self.filter(matter__in=matters.values("pk"))
        if not user.is_authenticated or user.authority.is_officer:
            return seen
        return seen.filter(
            Q(state=ReviewState.ISSUED) | Q(matter__lead_department__in=user.authority.speaks_for)
        )


class ImprovementQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Of issued reviews of visible matters, and those that this person, or a department spoken for, owes; those of a
        confidential matter for its readers only."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        matters = self.model._meta.get_field("matter").related_model._default_manager.inside(user)
        mine = Q(owner=user) | Q(department__in=user.authority.speaks_for)
        open_one = ~Q(matter__confidentiality=Confidentiality.CONFIDENTIAL)
        return self.exclude(state=ImprovementState.DRAFT).filter(
            Exists(matters.filter(pk=OuterRef("matter"))) | mine & open_one
        )

    def for_list_page(self) -> Self:
        return self.select_related("matter", "review", "owner", "department", "returned_by")
