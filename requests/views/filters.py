"""Saved filters: keep the present one under a name, and the page on which they are put in order."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.refusals import NotYours
from pages.acts import carry_out, hand_in
from pages.answers import answer, posted
from pages.lists import chosen
from pages.typing import AuthenticatedHttpRequest
from requests import flows, policies, saved_filters
from requests.forms.filters import FilterForm
from requests.models import SavedFilter
from requests.states import ListPage

PAGES: dict[str, str] = {ListPage.MATTERS: "requests:list", ListPage.ITEMS: "requests:items"}


@require_GET
@login_required
def filters(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The own filters of both lists in their order, and those that others share."""
    _insist(request)
    lists = []
    for page in ListPage:
        rows = saved_filters.of_list(page, request.user)
        lists.append((page.label, reverse(PAGES[page]), [(row, _rights(row, request)) for row in rows]))
    return answer(request, "requests/filters.html", {"lists": lists})


def _rights(row: SavedFilter, request: AuthenticatedHttpRequest) -> dict[str, bool]:
    return {
        "is_own": row.owner_id == request.user.pk,
        "may_remove": policies.may_remove_filter(row, request.user),
    }


@require_http_methods(["GET", "POST"])
@login_required
def save(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Keep what the list is filtered by: it stands in the address of this page."""
    _insist(request)
    page = chosen(request, "page", ListPage.values, ListPage.MATTERS)
    there = reverse(PAGES[page])
    query = saved_filters.canonical(page, request.GET, request.user)
    if request.method == "GET" and not query:
        messages.warning(request, _("No filter is set. Filter the list first, then save it."))
        return redirect(there)
    form = FilterForm(posted(request))

    def keep() -> Any:
        return flows.save_filter(page=page, params=request.GET, by=request.user, **form.cleaned_data)

    if hand_in(form, keep):
        messages.success(request, _("The filter has been saved as a tab."))
        return redirect(f"{there}?{query}")
    return answer(request, "requests/filter.html", {"back": f"{there}?{query}"}, form)


@require_http_methods(["GET", "POST"])
@login_required
def change(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Rename an own one, share it or not."""
    saved = _seen(request, pk)
    if saved.owner_id != request.user.pk:
        raise NotYours(_("Only whoever saved a filter changes it."))
    start = {"name": saved.name, "is_shared": saved.department_id is not None}
    return carry_out(
        request,
        FilterForm(posted(request), initial=start),
        flows.change_filter,
        done=_("The tab has been changed."),
        template="requests/filter.html",
        context={"back": reverse("requests:filters"), "saved": saved},
        then=reverse("requests:filters"),
        filter_id=pk,
    )


@require_POST
@login_required
def remove(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    flows.remove_filter(filter_id=_seen(request, pk).pk, by=request.user)
    messages.success(request, _("The tab has been removed."))
    return redirect("requests:filters")


@require_POST
@login_required
def move(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """To the front with `up`, else to the back."""
    flows.move_filter(filter_id=_seen(request, pk).pk, up=request.POST.get("go") == "up", by=request.user)
    return redirect("requests:filters")


def _seen(request: AuthenticatedHttpRequest, pk: int) -> SavedFilter:
    found: SavedFilter = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)
    return found


def _insist(request: AuthenticatedHttpRequest) -> None:
    if not policies.may_save_filters(request.user):
        raise NotYours(_("Only members of the house save filters."))
