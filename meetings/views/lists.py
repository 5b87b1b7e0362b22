"""The list of meetings, and the part of the matter's page that tells of its meetings."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from meetings import policies, rules
from meetings.models import Meeting
from meetings.states import COMING, MeetingState
from pages.answers import answer
from pages.lists import chosen, paginate
from pages.typing import AuthenticatedHttpRequest
from requests.looking import keep_look
from requests.models import CoordinationRequest

TABS: dict[str, tuple[Any, Q]] = {
    "coming": (_("Coming up"), Q(state__in=COMING)),
    "session": (_("In session"), Q(state=MeetingState.IN_SESSION)),
    "minutes": (_("Waiting for minutes"), Q(state=MeetingState.CLOSED)),
    "published": (_("Published"), Q(state=MeetingState.DOCUMENTED)),
    "all": (_("All"), Q()),
}


@require_GET
@login_required
def meetings(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Meetings by where they stand; what comes next stands first."""
    tab = chosen(request, "tab", TABS, "coming")
    seen = Meeting.objects.visible_to(request.user)
    counts = seen.order_by().aggregate(
        **{
            f"n_{key}": Count("pk", filter=where, distinct=True) if where else Count("pk", distinct=True)
            for key, (_label, where) in TABS.items()
        }
    )
    rows = seen.filter(TABS[tab][1]).search(request.GET.get("q", "")).for_list_page()
    rows = rows.order_by("starts_at", "pk") if tab in ("coming", "session") else rows
    context = {
        "tab": tab,
        "tabs": [(key, label, counts[f"n_{key}"]) for key, (label, _where) in TABS.items()],
        "find": _("Number or name"),
        "is_filtered": bool(request.GET.get("q")),
        "page": paginate(request, rows),
        "may_plan": policies.may_plan(request.user),
    }
    return answer(request, "meetings/list.html", context)


@require_GET
@login_required
def panel(request: AuthenticatedHttpRequest, matter_pk: int) -> HttpResponse:
    """The meetings of one matter, for whoever may see the matter."""
    matter = get_object_or_404(CoordinationRequest.objects.inside(request.user), pk=matter_pk)
    keep_look(request.user, matter, "meeting")
    rows = Meeting.objects.of_matter(matter.pk).for_list_page()
    visible = set(
        Meeting.objects.visible_to(request.user)
        .filter(pk__in=[row.pk for row in rows])
        .values_list("pk", flat=True)
    )
    context = {
        "matter": matter,
        "rows": [
            {
                "meeting": row,
                "is_visible": row.pk in visible,
                "items": [item for item in row.items.all() if item.matter_id == matter.pk],
            }
            for row in rows
        ],
        "may_plan": policies.may_plan(request.user) and matter.stage in rules.ON_AGENDA,
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "meetings/_panel.html" if part else "meetings/panel.html", context)
