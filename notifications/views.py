"""The notices of the person who is logged in: unread first, each with the way to its thing."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from notifications import flows
from notifications.models import Notice
from pages.lists import chosen, paginate
from pages.typing import AuthenticatedHttpRequest

TABS = ("unread", "all")


@require_GET
@login_required
def notices(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Unread or all, newest first."""
    mine = Notice.objects.visible_to(request.user)
    tab = chosen(request, "tab", TABS, "unread")
    shown = mine.unread() if tab == "unread" else mine
    return render(
        request,
        "notifications/list.html",
        {"page": paginate(request, shown.newest_first()), "tab": tab, "unread": mine.unread().count()},
    )


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
    flows.mark_read("all", by=request.user)
    messages.success(request, _("All notices are marked as read."))
    return redirect("notifications:list")
