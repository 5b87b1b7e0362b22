"""What the pages of a meeting begin and end with: find it, do the verb, say so."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from meetings import reading
from meetings.models import AgendaItem, Material, Meeting
from pages.typing import AuthenticatedHttpRequest
from requests.looking import keep_looks


def the_meeting(request: AuthenticatedHttpRequest, pk: int) -> Meeting:
    """The meeting, for whom it exists: what may not be seen is a 404, not a 403."""
    found: Meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user)
        .select_related("chair", "recorder", "committee", "planned_by", "called_by", "contact")
        .prefetch_related("items", "invitations"),
        pk=pk,
    )
    return found


def agenda(meeting: Meeting, request: AuthenticatedHttpRequest) -> list[AgendaItem]:
    """The topics as this person may read them."""
    seen = reading.sight(request.user, [meeting])
    rows = reading.shown(meeting.items.for_meeting_page(), seen)
    note_topics(meeting, request, seen, "meeting")
    if reading.is_closed_to(request.user, meeting):
        for row in rows:
            row.is_readable = False  # type: ignore[attr-defined]  # a mark for the page
    return reading.with_prior_talks(rows, meeting, request.user)


def the_topic(meeting: Meeting, request: AuthenticatedHttpRequest, item_pk: int) -> AgendaItem:
    """One topic to write on. A confidential one exists for its readers only, whoever keeps the record."""
    item: AgendaItem = get_object_or_404(AgendaItem.objects.for_meeting_page(), pk=item_pk, meeting=meeting)
    item.meeting = meeting
    if item.matter is not None and item.matter.is_closed:
        seen = reading.sight(request.user, [meeting])
        if not seen.may_open(item.matter_id):
            raise Http404
        note_topics(meeting, request, seen, "meeting")
    return item


def note_topics(meeting: Meeting, request: AuthenticatedHttpRequest, seen: reading.Sight, what: str) -> None:
    """A look at the confidential topics that this page shows is kept, and the page bears the reader's name."""
    meeting.shows_closed = bool(seen.closed)  # type: ignore[attr-defined]  # a mark for the page
    keep_looks(request.user, seen.closed, what, meeting.number)


def material(meeting: Meeting, request: AuthenticatedHttpRequest) -> list[Material]:
    """The papers that this person may read."""
    seen = reading.sight(request.user, [meeting])
    return [row for row in meeting.material.kept() if row.item is None or seen.may_read(row.item.matter_id)]
