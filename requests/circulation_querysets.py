"""Named reads of circulating papers and of the signatures on them."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Prefetch, Q, QuerySet

from organization.querysets import Someone
from requests.circulation_states import OBJECTIONS, UNSIGNED, DutyRuling, PaperState, SignOpinion, SignState


class PaperKindQuerySet(QuerySet[Any]):
    def in_use(self) -> Self:
        """Those that a paper can be of."""
        return self.filter(is_used=True)


class CirculationQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Papers of visible matters; a draft is the affair of the issuing department and the office."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        matters = self.model._meta.get_field("matter").related_model._default_manager.inside(user)
        found = self.filter(matter__in=matters.values("pk"))
        if user.authority.is_officer or user.authority.is_auditor:
            return found
        own = Q(drafted_by=user) | Q(department__in=user.authority.departments)
        return found.filter(own | ~Q(state=PaperState.DRAFT))

    def with_people(self) -> Self:
        return self.select_related(
            "matter", "kind", "department", "drafted_by", "signed_off_by", "question", "supersedes"
        )

    def for_list(self) -> Self:
        """Each paper with the signatures that count: two queries, however many departments."""
        rows = self.model._meta.get_field("countersigns").related_model._default_manager.current()
        return self.select_related("kind", "drafted_by").prefetch_related(
            Prefetch("countersigns", rows, to_attr="signatures")
        )


class CountersignQuerySet(QuerySet[Any]):
    def current(self) -> Self:
        """Signatures that count for the text as it stands, in the order of the route."""
        return self.filter(is_current=True).order_by("place", "pk")

    def unsigned(self) -> Self:
        return self.filter(state__in=UNSIGNED)

    def unanswered(self) -> Self:
        """Conditions and disagreements to which the drafter has said nothing yet (R063)."""
        return self.filter(state=SignState.OPINED, opinion__in=OBJECTIONS)

    def unresolved(self) -> Self:
        """Departments that disagree and were not followed."""
        return self.filter(
            opinion=SignOpinion.DISAGREE,
            state__in=[SignState.OPINED, SignState.PARTLY, SignState.NOT_ADOPTED],
        )

    def to_be_ruled(self) -> Self:
        """“Not our duty”, and the office has not said whose it is."""
        return self.filter(opinion=SignOpinion.NOT_OURS, ruling="")

    def held_to(self) -> Self:
        """Those of which the office said that it is their duty."""
        return self.filter(ruling=DutyRuling.REJECTED)

    def with_people(self) -> Self:
        return self.select_related(
            "department", "person", "signed_by", "on_behalf_of", "proposed_department", "ruled_by",
            "answered_by", "added_by", "read_by", "drafted_by",
        )  # fmt: skip

    def waiting_for(self, user: Someone) -> Self:
        """Signatures that this person, or a department that this person speaks for, still owes."""
        mine = Q(person=user) | Q(person=None, department__in=user.authority.speaks_for)
        return self.current().unsigned().filter(mine, asked_at__isnull=False)
