"""What the pages of a meeting begin and end with: find it, do the verb, say so."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from meetings import reading
from meetings.models import AgendaItem, Meeting
from pages.typing import AuthenticatedHttpRequest


def the_meeting(request: AuthenticatedHttpRequest, pk: int) -> Meeting:
    """The meeting, for whom it exists: what may not be seen is a 404, not a 403."""
    found: Meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user)
        .select_related("chair", "recorder", "committee", "planned_by", "called_by")
        .prefetch_related("items", "invitations"),
        pk=pk,
    )
    return found


def agenda(meeting: Meeting, request: AuthenticatedHttpRequest) -> list[AgendaItem]:
    """The topics as this person may read them."""
    return reading.shown(meeting.items.for_meeting_page(), reading.sight(request.user, [meeting]))
