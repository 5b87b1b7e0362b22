"""Planning: a new meeting, prefilled from its matter; topics and people."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from audit.acting import now, today
from audit.refusals import NotYours
from meetings import flows, notice_rules, policies
from meetings.forms.agenda import ChangeItemForm, ItemForm
from meetings.forms.plan import NewMeetingForm
from meetings.models import AgendaItem, Invitation
from meetings.states import ItemKind
from meetings.views.shared import agenda, the_meeting
from organization import people
from organization.models import User
from organization.states import PostKind
from pages.acts import carry_out, hand_in
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests.models import CoordinationRequest
from requests.states import Confidentiality
from supervision.calendar import working_days
from supervision.states import Urgency

BEGINS = time(9, 30)
LENGTH = timedelta(hours=1)
MORNINGS_TRIED = 5


@require_http_methods(["GET", "POST"])
@login_required
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Plan a meeting; `?matter=` brings its questions, its departments and the earliest morning that keeps the notice."""
    if not policies.may_plan(request.user):
        raise NotYours(_("Only the office, chairs, heads and liaisons plan a meeting."))
    matter = _matter_of(request)
    form = NewMeetingForm(posted(request), matter=matter, initial=_start(matter))
    if taken := hand_in(form, lambda: flows.plan(by=request.user, **_plan(form.cleaned_data, matter))):
        messages.success(request, _("The meeting is planned. Look through it and send the notice."))
        return redirect("meetings:detail", taken.result.pk)
    return answer(request, "meetings/new.html", {"matter": matter}, form)


@require_http_methods(["GET", "POST"])
@login_required
def add_item(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Put a topic on the agenda."""
    meeting = the_meeting(request, pk)
    if not policies.may_arrange(meeting, request.user):
        raise NotYours(_("You cannot do this here. Ask the coordination office if you think you should."))
    form = ItemForm(posted(request), meeting=meeting, user=request.user)
    return carry_out(
        request, form, flows.add_item, meeting_id=pk, done=_("The topic is on the agenda."),
        then=_page(pk), template="meetings/item.html", context={"meeting": meeting},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def change_item(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Put a topic differently."""
    meeting = the_meeting(request, pk)
    if not policies.may_arrange(meeting, request.user):
        raise NotYours(_("You cannot do this here. Ask the coordination office if you think you should."))
    item = next((row for row in agenda(meeting, request) if row.pk == item_pk and row.is_readable), None)  # type: ignore[attr-defined]  # marked by `shown`
    if item is None:
        raise Http404
    form = ChangeItemForm(posted(request), meeting=meeting, user=request.user, item=item)
    return carry_out(
        request, form, flows.change_item, item_id=item_pk, done=_("The topic has been changed."),
        then=_page(pk), template="meetings/item.html", context={"meeting": meeting, "item": item},
    )  # fmt: skip


@require_POST
@login_required
def agree_to_item(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """The chair takes a topic that was put after the cut-off."""
    meeting = the_meeting(request, pk)
    item = get_object_or_404(AgendaItem, pk=item_pk, meeting=meeting)
    flows.agree_to_late_item(item_id=item.pk, by=request.user)
    messages.success(request, _("The topic stands on the agenda."))
    return redirect(_page(pk))


@require_POST
@login_required
def remove_item(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Take a topic off the agenda."""
    meeting = the_meeting(request, pk)
    item = get_object_or_404(AgendaItem, pk=item_pk, meeting=meeting)
    flows.remove_item(item_id=item.pk, by=request.user)
    messages.success(request, _("The topic is off the agenda."))
    return redirect(_page(pk))


@require_POST
@login_required
def move_item(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """One place up."""
    meeting = the_meeting(request, pk)
    ids = list(meeting.items.order_by("order").values_list("pk", flat=True))
    at = ids.index(get_object_or_404(AgendaItem, pk=item_pk, meeting=meeting).pk)
    if at:
        ids[at - 1], ids[at] = ids[at], ids[at - 1]
    flows.order_items(meeting_id=pk, by=request.user, item_ids=ids)
    return redirect(_page(pk))


@require_POST
@login_required
def uninvite(request: AuthenticatedHttpRequest, pk: int, seat_pk: int) -> HttpResponse:
    """Take a seat away."""
    meeting = the_meeting(request, pk)
    seat = get_object_or_404(Invitation, pk=seat_pk, meeting=meeting)
    flows.uninvite(invitation_id=seat.pk, by=request.user)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect(_page(pk))


def _page(pk: int) -> str:
    return reverse("meetings:detail", args=[pk])


def _matter_of(request: AuthenticatedHttpRequest) -> CoordinationRequest | None:
    asked = request.GET.get("matter", "")
    if not asked.isdecimal():
        return None
    matter: CoordinationRequest = get_object_or_404(
        CoordinationRequest.objects.inside(request.user), pk=int(asked)
    )
    return matter


def _plan(data: dict[str, Any], matter: CoordinationRequest | None) -> dict[str, Any]:
    questions = data.pop("questions", ())
    return {
        **data,
        "items": [
            {
                "text": question.text,
                "question": question,
                "kind": ItemKind.DECISION,
                "department": matter.lead_department,
            }
            for question in questions
            if matter is not None
        ],
    }


def _start(matter: CoordinationRequest | None) -> dict[str, Any]:
    """What the office would write: the head chairs, a secretary records, the speakers of the departments attend."""
    urgency = matter.urgency if matter else Urgency.NORMAL
    begins = earliest_morning(urgency)
    chair = people.office_head()
    recorder: User | None = User.objects.holding(PostKind.SECRETARY).order_by("pk").first()
    start: dict[str, Any] = {
        "starts_at": begins, "ends_at": begins + LENGTH, "urgency": urgency, "kind": "special",
        "chair": chair.pk if chair else None, "recorder": recorder.pk if recorder else None,
    }  # fmt: skip
    if matter is not None:
        start["title"] = _title(matter)
        start["attendees"] = [
            person.pk
            for department_id in matter.participants.values_list("department_id", flat=True)
            if (person := people.head(department_id) or next(iter(people.liaisons(department_id)), None))
        ]
    return start


def _title(matter: CoordinationRequest) -> str:
    """The name is read by everybody invited: what is closed is called by its number."""
    if matter.confidentiality in (Confidentiality.RESTRICTED, Confidentiality.CONFIDENTIAL):
        return _("Special coordination meeting on %(number)s") % {"number": matter.number}
    return (_("Special coordination meeting: %(title)s") % {"title": matter.title})[:80]


def earliest_morning(urgency: str) -> datetime:
    """The first working morning for which the notice, sent today, is in time."""
    calendar = working_days()
    day = calendar.next_day(today(), max(notice_rules.NOTICE_DAYS.get(urgency, 1), 1))
    for _attempt in range(MORNINGS_TRIED):
        begins = calendar.at(day, BEGINS)
        if now() <= notice_rules.latest_notice(begins, urgency):
            return begins
        day = calendar.next_day(day)
    return calendar.at(day, BEGINS)
