"""Named reads of meetings, agenda items and minutes. `visible_to` decides what exists for a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db.models import F, Q, QuerySet

from meetings.states import COMING, TAKES_TIME, MeetingState, MinutesState
from organization.querysets import Someone


class MeetingQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Meetings that exist for this person: invited, chairing, recording or planning it; the office and the
        readers of domain §5; whoever speaks for a department that takes part in a matter on the agenda, or to which the
        published minutes go.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        authority = user.authority
        if (authority.reads_all or authority.is_secretary) and not user.is_external:
            return self
        invitations = self._rows("invitations").filter(person=user)
        own = (
            Q(pk__in=invitations.values("meeting_id")) | Q(chair=user) | Q(recorder=user) | Q(planned_by=user)
        )
        departments = authority.speaks_for | authority.in_charge_of
        if departments:
            items = self._rows("items").filter(
                Q(department__in=departments) | Q(matter__participants__department__in=departments)
            )
            own |= Q(pk__in=items.values("meeting_id")) & ~Q(state=MeetingState.PLANNED)
            own |= Q(
                minutes__state=MinutesState.PUBLISHED,
                pk__in=self._rows("minutes").filter(distribution__in=departments).values("meeting_id"),
            )
        return self.filter(own)

    def _rows(self, name: str) -> QuerySet[Any]:
        return self.model._meta.get_field(name).related_model._default_manager.all()

    def coming(self) -> Self:
        return self.filter(state__in=COMING)

    def in_session(self) -> Self:
        return self.filter(state=MeetingState.IN_SESSION)

    def awaiting_minutes(self) -> Self:
        return self.filter(state=MeetingState.CLOSED)

    def documented(self) -> Self:
        return self.filter(state=MeetingState.DOCUMENTED)

    def under_way(self) -> Self:
        """Everything that is not over: the figure beside the navigation entry."""
        return self.filter(state__in=[*COMING, MeetingState.IN_SESSION, MeetingState.CLOSED])

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> Self:
        return self.filter(state__in=TAKES_TIME, starts_at__lt=ends_at, ends_at__gt=starts_at)

    def of_matter(self, matter_id: int) -> Self:
        return self.filter(items__matter_id=matter_id).distinct()

    def for_list_page(self) -> Self:
        return self.select_related("chair", "recorder", "committee", "minutes").prefetch_related("items")

    def search(self, text: str) -> Self:
        """By number or name; every word must be found."""
        found = self
        for word in text.split():
            found = found.filter(Q(title__icontains=word) | Q(number__icontains=word))
        return found


class AgendaItemQuerySet(QuerySet[Any]):
    def waiting_for_the_chair(self) -> Self:
        """Put after the cut-off and not agreed to yet (M2)."""
        return self.filter(is_late=True, agreed_at=None)

    def without_result(self) -> Self:
        return self.filter(result="")

    def for_meeting_page(self) -> Self:
        return self.select_related(
            "matter", "question", "department", "presenter", "prior_talk", "agreed_by"
        ).prefetch_related(
            "interested", "matter__participants",
            "actions__department", "actions__assignee", "actions__verifier", "actions__co_departments",
            "reservations__department", "differences__department",
        )  # fmt: skip


class MaterialQuerySet(QuerySet[Any]):
    def kept(self) -> Self:
        """Without the papers that were taken back, in the order of the topics."""
        return (
            self.filter(file__removed_at=None)
            .select_related("file__uploaded_by", "item", "agreed_by")
            .order_by(F("item__order").asc(nulls_first=True), "pk")
        )


class InvitationQuerySet(QuerySet[Any]):
    def for_meeting_page(self) -> Self:
        return self.select_related("person", "department", "stands_for")


class MinutesQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Published minutes of visible meetings. The draft is for chair, recorder and office; whoever was invited reads
        it from the moment it is sent to be confirmed.
        """
        meetings = self.model._meta.get_field("meeting").related_model._default_manager.visible_to(user)
        found = self.filter(meeting__in=meetings.values("pk"))
        if found.query.is_empty() or (
            (user.authority.reads_all or user.authority.is_secretary) and not user.is_external
        ):
            return found
        own = Q(meeting__chair=user) | Q(meeting__recorder=user) | Q(state=MinutesState.PUBLISHED)
        seats = meetings.model._meta.get_field("invitations").related_model._default_manager.filter(
            person=user
        )
        return found.filter(
            own | (~Q(state=MinutesState.DRAFTING) & Q(meeting__in=seats.values("meeting_id")))
        )
