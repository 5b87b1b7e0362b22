"""Named reads of meetings, agenda items and minutes. `visible_to` decides what exists for a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db.models import F, Q, QuerySet

from meetings.states import COMING, TAKES_TIME, MeetingState, MinutesState
from organization.querysets import Someone
from requests.states import Confidentiality


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
        own |= Q(
            minutes__state=MinutesState.PUBLISHED,
            pk__in=self._rows("minutes").filter(distribution_people=user).values("meeting_id"),
        )
        return self.filter(own)

    def _rows(self, name: str) -> QuerySet[Any]:
        return self.model._meta.get_field(name).related_model._default_manager.all()

    def coming(self) -> Self:
        return self.filter(state__in=COMING)

    def without_chair_or_recorder(self) -> Self:
        """Meetings whose chair or recorder has closed the account or holds no post any more."""
        people = self.model._meta.get_field("chair").related_model._default_manager
        acting = people.active().filter(posts__until=None, posts__isnull=False).values("pk")
        return self.exclude(chair__in=acting, recorder__in=acting)

    def in_session(self) -> Self:
        return self.filter(state=MeetingState.IN_SESSION)

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
        return self.select_related("person", "department", "stands_for__person")

    def for_sheet(self) -> Self:
        """By department, as a sheet is read (F8)."""
        return self.select_related(
            "person", "department", "stands_for__person", "proxy_file", "signed_by"
        ).order_by(F("department__order").asc(nulls_last=True), "department_name", "pk")


class MinutesQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Published minutes of visible meetings, as far as their level allows. The draft is for chair, recorder and
        office; whoever was invited reads it from the moment it is sent to be confirmed.
        """
        meetings = self.model._meta.get_field("meeting").related_model._default_manager.visible_to(user)
        found = self.filter(meeting__in=meetings.values("pk"))
        if found.query.is_empty():
            return found
        authority = user.authority
        seats = meetings.model._meta.get_field("invitations").related_model._default_manager.filter(
            person=user
        )
        own = Q(meeting__chair=user) | Q(meeting__recorder=user)
        sent = ~Q(state=MinutesState.DRAFTING) & Q(meeting__in=seats.values("meeting_id"))
        own |= sent | Q(state=MinutesState.PUBLISHED) & self._within_level(user)
        if (authority.reads_all or authority.is_secretary) and not user.is_external:
            own |= Q(confidentiality__in=_wide_levels(user))
        return found.filter(own)

    def _within_level(self, user: Someone) -> Q:
        """The level narrows who of those that see the meeting reads its minutes (domain §5): restricted for those they
        are distributed to, confidential for persons named, never for whole departments."""
        departments = user.authority.speaks_for | user.authority.in_charge_of
        named = Q(pk__in=self.model._default_manager.filter(distribution_people=user).values("pk"))
        told = Q(pk__in=self.model._default_manager.filter(distribution__in=departments).values("pk"))
        return (
            Q(confidentiality__in=[Confidentiality.PUBLIC, Confidentiality.INTERNAL])
            | named
            | Q(confidentiality=Confidentiality.RESTRICTED) & told
        )


def _wide_levels(user: Someone) -> list[str]:
    """What office, leaders and auditors read without being at the table: as with matters (requests, `_wide_view`)."""
    levels = [Confidentiality.PUBLIC.value, Confidentiality.INTERNAL.value]
    authority = user.authority
    if authority.is_officer or authority.is_auditor or authority.is_arbiter:
        levels.append(Confidentiality.RESTRICTED.value)
    return levels
