"""The temporary group of a matter: set it up, see who sits in it (R004, R005)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.refusals import NotYours
from pages.acts import hand_in
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, policies
from requests.forms.groups import GroupForm, seats_of
from requests.models import MatterGroup
from requests.states import ENDED
from requests.views.shared import the_matter


@require_GET
@login_required
def group(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The group that works on the matter, else the last one that did; also when it is dissolved."""
    matter = the_matter(request, pk)
    groups = MatterGroup.objects.visible_to(request.user).filter(matter=matter)
    found = groups.select_related("committee__lead_department").first()
    if found is None or request.user.is_external:
        raise Http404
    context = {
        "matter": matter, "group": found, "seats": found.committee.seats.select_related("department", "person"),
        "may_set_up": found.ended_at is not None and matter.stage not in ENDED and policies.may_set_up_group(matter, request.user),
    }  # fmt: skip
    return answer(request, "requests/group.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    matter = the_matter(request, pk)
    if not policies.may_set_up_group(matter, request.user):
        raise NotYours(_("Only the coordination office sets up a group for a matter."))
    form, rows = GroupForm(posted(request), matter=matter), seats_of(matter, posted(request))

    def set_up() -> Any:
        return flows.set_up_group(matter_id=pk, by=request.user, members=rows.complete, **form.cleaned_data)

    if hand_in(form, set_up, rows):
        messages.success(request, _("The group is set up; its members read the matter."))
        return redirect("requests:group", pk)
    return answer(
        request, "requests/group_form.html", {"matter": matter, "form": form, "rows": rows}, [form, rows]
    )
