"""The meeting: before it, what is planned and who comes; after it, what was settled."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from audit.acting import now
from audit.models import TransitionLog
from meetings import calendar_file, policies
from meetings.models import Meeting, Minutes
from meetings.next_steps import next_steps
from meetings.states import COMING, MeetingState, Reply
from meetings.views.shared import agenda, material, the_meeting
from organization.models import User
from pages.answers import answer
from pages.typing import AuthenticatedHttpRequest
from requests.policies import may_write
from supervision.models import Obligation

RECENT = 12


@require_GET
@login_required
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One page before and after: head, agenda, people, course of events, and the one act of this person."""
    meeting = the_meeting(request, pk)
    seats = list(meeting.invitations.for_meeting_page())
    duties = Obligation.objects.open().of(Meeting.SUBJECT, pk).select_related("holder", "holder_department")
    story = TransitionLog.objects.filter(subject_type=Meeting.SUBJECT, subject_id=pk, case_id=None)
    story = story.exclude(verb="attach")  # the meeting tells of its material and proxies in its own words
    context = {
        "meeting": meeting,
        "items": agenda(meeting, request),
        "paper": Minutes.objects.visible_to(request.user).filter(meeting=meeting).first(),
        "seats": seats,
        "material": material(meeting, request),
        "may_remove_material": meeting.state in (MeetingState.PLANNED, MeetingState.POSTPONED),
        "may_add_material": _may_add_material(meeting, request.user),
        "coming": sum(row.reply == Reply.YES for row in seats),
        "silent": sum(row.reply == Reply.WAITING for row in seats),
        "duties": {row.holder_id: row for row in duties},
        "steps": next_steps(meeting, request.user),
        "story": story.order_by("-at", "-pk")[:RECENT],
        "is_chair": policies.is_chair(meeting, request.user),
        "may_arrange": policies.may_arrange(meeting, request.user) and meeting.state in COMING,
        "is_before": meeting.state in COMING,
        "lost": _lost(meeting),
        "may_name_officers": policies.may_call(meeting, request.user),
    }
    return answer(request, "meetings/detail.html", context)


def _lost(meeting: Meeting) -> list[str]:
    """The chair or recorder who has left, by name, while the meeting is still to come (R019)."""
    if not Meeting.objects.coming().without_chair_or_recorder().filter(pk=meeting.pk).exists():
        return []
    return [person.name for person in (meeting.chair, meeting.recorder) if not may_write(person)]


@require_GET
@login_required
def calendar(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The event as a file for one's own calendar."""
    meeting = the_meeting(request, pk)
    url = request.build_absolute_uri(reverse("meetings:detail", args=[pk]))
    days = [row.due_on for row in material(meeting, request)]
    text = calendar_file.of_meeting(
        meeting, host=request.get_host(), url=url, written_at=now(), material_by=max(days, default=None)
    )
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="meeting-{pk}.ics"'
    return response


def _may_add_material(meeting: Meeting, user: User) -> bool:
    return meeting.state in (*COMING, MeetingState.IN_SESSION) and any(
        policies.may_add_material(meeting, item, user) for item in [None, *meeting.items.all()]
    )
