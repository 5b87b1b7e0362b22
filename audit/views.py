"""The event log, for auditors only. Looking is recorded before anything is shown."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from audit import told
from audit.flows import note_read
from audit.forms import EventFilter
from audit.models import Event, Reading

PAGE = 50

View = Callable[..., HttpResponse]


def auditors_only(view: View) -> View:
    """For everybody else the log does not exist."""

    @functools.wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not getattr(request.user, "may_read_audit", False):
            raise Http404
        return view(request, *args, **kwargs)

    guarded: View = require_GET(login_required(enter))
    return guarded


@auditors_only
def events(request: HttpRequest) -> HttpResponse:
    """Newest first; the next page goes on below the last one shown, so that it costs the same however long the log."""
    asked = EventFilter(request.GET)
    user: Any = request.user
    note_read(what="events", filters=asked.asked, by=user)
    rows = list(asked.found(Event.objects.visible_to(user))[: PAGE + 1])
    shown = rows[:PAGE]
    context = {
        "form": asked,
        "things": told.things(),
        "lines": [
            (event, told.ACTIONS.get(event.action, event.action), told.thing(event.object_type))
            for event in shown
        ],
        "next": shown[-1].pk if len(rows) > PAGE else None,
    }
    return render(request, "audit/events.html", context, status=200 if asked.is_valid() else 422)


@auditors_only
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: who, when, why, and field by field what stood there before and after."""
    user: Any = request.user
    found = get_object_or_404(Event.objects.visible_to(user), pk=pk)
    note_read(what="event", filters={"id": str(pk)}, by=user)
    context = {
        "event": found,
        "thing": told.thing(found.object_type),
        "action": told.ACTIONS.get(found.action, found.action),
        "differences": told.differences(found),
        "together": [(other, told.thing(other.object_type)) for other in found.neighbours()],
    }
    return render(request, "audit/event.html", context)


@auditors_only
def readings(request: HttpRequest) -> HttpResponse:
    """Who has looked into the log, and for what."""
    user: Any = request.user
    note_read(what="readings", by=user)
    found = Reading.objects.visible_to(user).order_by("-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "audit/readings.html", {"page": page})
