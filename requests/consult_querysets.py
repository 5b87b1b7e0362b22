"""Named reads of public notices, objections and measures."""

from __future__ import annotations

from typing import Self

from django.db.models import Prefetch, Q

from requests.querysets import OfMatterQuerySet


class PublicNoticeQuerySet(OfMatterQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def running(self) -> Self:
        """Published, and the period has not ended."""
        return self.standing().filter(ended_at=None)

    def with_open_objections(self) -> Self:
        return self.standing().filter(objections__isnull=False, objections__answered_at=None).distinct()

    def unsettled(self) -> Self:
        """Running, or with an objection that has no answer: something is still waited for."""
        open_ones = Q(ended_at=None) | Q(objections__isnull=False, objections__answered_at=None)
        return self.standing().filter(open_ones).distinct()

    def for_panel(self) -> Self:
        rows = self.model._meta.get_field("objections").related_model._default_manager.all()
        people = rows.select_related("given_by", "answered_by")
        return self.select_related("published_by", "question").prefetch_related(
            "departments", Prefetch("objections", people)
        )


class MeasureQuerySet(OfMatterQuerySet):
    def open(self) -> Self:
        """Interim measures that have not been ended."""
        return self.filter(~Q(interim=""), ended_at=None)

    def for_panel(self) -> Self:
        return self.select_related("question", "item", "department", "loan", "ended_by")
