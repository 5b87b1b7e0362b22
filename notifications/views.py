"""The notices of the person who is logged in: unread first, each with the way to its thing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from notifications import flows
from notifications.forms import SubscriptionForm
from notifications.models import Notice, Subscription
from pages.acts import carry_out
from pages.answers import posted
from pages.lists import chosen, paginate
from pages.typing import AuthenticatedHttpRequest

TABS = ("unread", "collected", "all")


@require_GET
@login_required
def notices(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Unread or all, newest first."""
    return _listed(request, chosen(request, "tab", TABS, "unread"))


@require_GET
@login_required
def collected(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What was collected and is not read, day by day: where the one notice of the day leads."""
    return _listed(request, "collected")


def _listed(request: AuthenticatedHttpRequest, tab: str) -> HttpResponse:
    mine = Notice.objects.visible_to(request.user)
    shown = {"unread": mine.unread(), "collected": mine.collected()}.get(tab, mine)
    context = {
        "page": paginate(request, shown.newest_first()), "tab": tab, "unread": mine.unread().count(),
        "collected": mine.collected().count(),
    }  # fmt: skip
    return render(request, "notifications/list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def subscription(request: AuthenticatedHttpRequest) -> HttpResponse:
    """How I want to hear of what is only told (R069)."""
    wish = Subscription.objects.filter(person=request.user).first()
    names = ("info", "result", "most_per_day")
    start = {name: getattr(wish, name) for name in names} if wish else {}
    return carry_out(
        request, SubscriptionForm(posted(request), initial=start), flows.subscribe, done=_("From now on you hear of it like this."),
        then=reverse("notifications:list"), template="notifications/subscription.html", context={},
    )  # fmt: skip


@require_POST
@login_required
def open_notice(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Mark one as read and go to the thing it is about."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    flows.mark_read(notice.pk, by=request.user)
    try:
        return redirect(reverse(notice.url_name, args=notice.url_args))
    except NoReverseMatch:  # the thing has no page of its own
        return redirect("notifications:list")


@require_POST
@login_required
def read_all(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Those of the tab that is open: what was not told yet stays unread."""
    tab: Any = chosen(request, "tab", TABS, "unread")
    flows.mark_read(tab, by=request.user)
    done = _("All notices are marked as read.") if tab == "all" else _("These notices are marked as read.")
    messages.success(request, done)
    return redirect("notifications:list")
