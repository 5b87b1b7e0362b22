"""What is printed of a meeting: the notice (F6); and the rules of the house that it prints."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.refusals import NotYours, Refusal
from meetings import flows, policies
from meetings.forms.material import HouseRulesForm
from meetings.views.shared import agenda, material, the_meeting
from pages.answers import answer, posted
from pages.forms import apply_refusal
from pages.typing import AuthenticatedHttpRequest


@require_GET
@login_required
def notice(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The notice as one sheet: when, where, who, what about, what to read and to prepare, how to stay away."""
    meeting = the_meeting(request, pk)
    context = {
        "meeting": meeting, "items": agenda(meeting, request), "material": material(meeting, request),
        "seats": list(meeting.invitations.for_meeting_page()),
    }  # fmt: skip
    return answer(request, "meetings/notice.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def rules(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Leave and substitutes, as every new notice prints them."""
    if not policies.may_set_rules(request.user):
        raise NotYours(
            _("Only the head of the coordination office and the system administrator change this.")
        )
    form = HouseRulesForm(posted(request))
    if form.is_valid():
        try:
            flows.set_leave_rules(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            apply_refusal(form, refusal)
        else:
            messages.success(
                request, _("The rules have been changed. They stand on the notices planned from now on.")
            )
            return redirect("meetings:rules")
    return answer(request, "meetings/rules.html", {"may_arrange": True}, form)
