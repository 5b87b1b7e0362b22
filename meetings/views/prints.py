"""What is printed of a meeting: the notice (F6) and the sheet of who was there (F8); the rules that the notice prints."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.refusals import NotYours
from documents.serving import serve
from meetings import flows, policies
from meetings.forms.material import HouseRulesForm
from meetings.forms.sheet import SeatForm
from meetings.reading import with_effects
from meetings.states import MEMBERS, Capacity, MeetingState
from meetings.views.shared import agenda, material, the_meeting
from pages.acts import carry_out
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest

CORRECTABLE = (MeetingState.CALLED, MeetingState.IN_SESSION, MeetingState.CLOSED)


@require_GET
@login_required
def notice(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The notice as one sheet: when, where, who, what about, what to read and to prepare, how to stay away."""
    meeting = the_meeting(request, pk)
    seats = list(meeting.invitations.for_meeting_page())
    context = {
        "meeting": meeting, "items": with_effects(agenda(meeting, request)), "material": material(meeting, request),
        "attending": [row for row in seats if row.capacity in MEMBERS],
        "sitting_in": [row for row in seats if row.capacity == Capacity.SIT_IN],
    }  # fmt: skip
    return answer(request, "meetings/notice.html", context)


@require_GET
@login_required
def sheet(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The sheet of who was there: to be printed, and for the recorder to put right."""
    meeting = the_meeting(request, pk)
    context = {
        "meeting": meeting, "seats": list(meeting.invitations.for_sheet()),
        "may_correct": policies.may_record(meeting, request.user) and meeting.state in CORRECTABLE,
    }  # fmt: skip
    return answer(request, "meetings/sheet.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def seat(request: AuthenticatedHttpRequest, pk: int, seat_pk: int) -> HttpResponse:
    """The recorder puts one line right."""
    meeting = the_meeting(request, pk)
    if not policies.may_record(meeting, request.user):
        raise NotYours(_("Only the recorder marks who is there."))
    row = get_object_or_404(meeting.invitations.for_sheet(), pk=seat_pk)
    form = SeatForm(posted(request), meeting=meeting, seat=row)
    return carry_out(
        request, form, flows.correct_seat, invitation_id=row.pk, done=_("The line has been put right."),
        then=reverse("meetings:sheet", args=[pk]), template="meetings/seat.html",
        context={"meeting": meeting, "seat": row},
    )  # fmt: skip


@require_GET
@login_required
def proxy(request: AuthenticatedHttpRequest, pk: int, seat_pk: int) -> FileResponse:
    """The paper that empowers a substitute, for whoever sees the meeting."""
    meeting = the_meeting(request, pk)
    row = get_object_or_404(meeting.invitations.for_sheet().exclude(proxy_file=None), pk=seat_pk)
    return serve(row.proxy_file)


@require_http_methods(["GET", "POST"])
@login_required
def rules(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Leave and substitutes, as every new notice prints them."""
    if not policies.may_set_rules(request.user):
        raise NotYours(
            _("Only the head of the coordination office and the system administrator change this.")
        )
    return carry_out(
        request, HouseRulesForm(posted(request)), flows.set_leave_rules,
        done=_("The rules have been changed. They stand on the notices planned from now on."),
        then=reverse("meetings:rules"), template="meetings/rules.html", context={"may_arrange": True},
    )  # fmt: skip
