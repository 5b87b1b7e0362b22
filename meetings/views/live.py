"""The session: current topic, agenda, who is there; results by one key each, and without script by links."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.acting import now
from audit.refusals import NotYours
from meetings import flows, policies, quorum
from meetings.flows.results import can_still_change
from meetings.forms.results import ResultForm, results_for, rows_of
from meetings.models import AgendaItem, Invitation
from meetings.states import MeetingState, Result
from meetings.views.shared import agenda, the_meeting, the_topic
from pages.acts import hand_in
from pages.answers import answer, posted
from pages.lists import chosen
from pages.typing import AuthenticatedHttpRequest


@require_GET
@login_required
def live(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The session as it stands; without `?item=` the first topic that has no result."""
    meeting = the_meeting(request, pk)
    if meeting.state not in (MeetingState.CALLED, MeetingState.IN_SESSION):
        messages.warning(request, _("This meeting is not in session: see where it stands."))
        return redirect("meetings:detail", pk)
    items = agenda(meeting, request)
    current = _current(items, request.GET.get("item", ""))
    seats = list(meeting.invitations.for_meeting_page())
    is_recorder = policies.may_record(meeting, request.user)
    context = {
        "meeting": meeting,
        "items": items,
        "current": current,
        "following": _following(items, current),
        "participants": _participants(current),
        "results": results_for(current) if current else [],
        "may_change": current is not None and is_recorder and can_still_change(current),
        "seats": seats,
        "quorum": quorum.of_meeting(meeting),
        "there": sum(row.is_in_room for row in seats),
        "settled": sum(bool(item.result) for item in items),
        "planned_minutes": sum(item.length for item in items),
        "now": now(),
        "left": int((meeting.ends_at - now()).total_seconds() // 60),
        "is_recorder": is_recorder,
        "is_chair": policies.is_chair(meeting, request.user),
        "is_open": meeting.state == MeetingState.IN_SESSION,
    }
    return answer(request, "meetings/live.html", context)


@require_POST
@login_required
def arrive(request: AuthenticatedHttpRequest, pk: int, seat_pk: int) -> HttpResponse:
    """Somebody has come."""
    return _mark(request, pk, seat_pk, flows.mark_arrival)


@require_POST
@login_required
def leave(request: AuthenticatedHttpRequest, pk: int, seat_pk: int) -> HttpResponse:
    """Somebody has left."""
    return _mark(request, pk, seat_pk, flows.mark_departure)


@require_POST
@login_required
def sign(request: AuthenticatedHttpRequest, pk: int, seat_pk: int) -> HttpResponse:
    """The own signature."""
    return _mark(request, pk, seat_pk, flows.sign_in)


@require_http_methods(["GET", "POST"])
@login_required
def result(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Note what became of a topic: the words that belong to this result, and its tables."""
    meeting = the_meeting(request, pk)
    if not policies.may_record(meeting, request.user):
        raise NotYours(_("Only the recorder notes the results."))
    item = the_topic(meeting, request, item_pk)
    kinds = [value for value, _label in results_for(item)]
    value = chosen(request, "result", kinds, item.result or kinds[0])
    return write_item(
        request, item, value, flow=flows.record_result, given={"result": value},
        done=_("The result of item %(order)s is noted.") % {"order": item.order},
        then=reverse("meetings:live", args=[pk]), template="meetings/result.html",
    )  # fmt: skip


@require_POST
@login_required
def undo(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Take a result back within five minutes."""
    meeting = the_meeting(request, pk)
    item = the_topic(meeting, request, item_pk)
    flows.undo_result(item_id=item.pk, by=request.user)
    messages.success(request, _("The result of item %(order)s is taken back.") % {"order": item.order})
    return redirect(f"{reverse('meetings:live', args=[pk])}?item={item.pk}")


def write_item(
    request: AuthenticatedHttpRequest, item: AgendaItem, value: str, *, flow: Any, given: dict[str, Any], done: str,
    then: str, template: str,
) -> HttpResponse:  # fmt: skip
    """Form and tables of one topic, to the flow that takes them."""
    form = ResultForm(posted(request), item=item, result=value)
    tables = rows_of(item, value, posted(request))

    def write() -> Any:
        rows = {name: table.rows for name, table in tables.items()}
        return flow(item_id=item.pk, by=request.user, **given, **form.cleaned_data, **rows)

    if hand_in(form, write, *tables.values()):
        messages.success(request, done)
        return redirect(then)
    context = {
        "meeting": item.meeting, "item": item, "result": value, "result_label": Result(value).label,
        "form": form, "tables": tables, "back": then, **{f"{name}_rows": table for name, table in tables.items()},
    }  # fmt: skip
    return answer(request, template, context, [form, *tables.values()])


def _mark(request: AuthenticatedHttpRequest, pk: int, seat_pk: int, flow: Any) -> HttpResponse:
    meeting = the_meeting(request, pk)
    seat = get_object_or_404(Invitation, pk=seat_pk, meeting=meeting)
    flow(invitation_id=seat.pk, by=request.user)
    item = request.POST.get("item", "")
    return redirect(reverse("meetings:live", args=[pk]) + (f"?item={item}" if item.isdecimal() else ""))


def _current(items: list[AgendaItem], asked: str) -> AgendaItem | None:
    named = [item for item in items if str(item.pk) == asked]
    waiting = [item for item in items if not item.result]
    return next(iter([*named, *waiting, *items[-1:]]), None)


def _following(items: list[AgendaItem], current: AgendaItem | None) -> AgendaItem | None:
    if current is None:
        return None
    return next((item for item in items if item.order > current.order), None)


def _participants(current: Any) -> list[Any]:
    if current is None or current.matter is None or not current.is_readable:
        return []
    return list(current.matter.participants.all())
