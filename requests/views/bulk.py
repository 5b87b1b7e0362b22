"""Several rows of a list at once: look at what will happen to each, then carry it out, row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audit.refusals import Invalid, NotYours
from pages.addresses import way_back
from pages.answers import answer
from pages.typing import AuthenticatedHttpRequest
from requests.bulk import ITEMS, MATTERS, BulkAct, Line, Listing, Round, chosen, whole_numbers


def page_of(listing: Listing, name: str) -> Callable[..., HttpResponse]:
    """The view of one act on the rows of one list. The rows come from the list, in the body of the form."""
    act = listing.acts[name]

    @require_POST
    @login_required
    def page(request: AuthenticatedHttpRequest) -> HttpResponse:
        if not act.may(request.user):
            raise NotYours(_("You cannot do this here. Ask the coordination office if you think you should."))
        try:
            ids = chosen(request.POST.getlist("ids"))
        except Invalid as refusal:
            messages.warning(request, str(refusal))
            return redirect(_back(request, listing))
        return _page(request, listing, act, ids)

    page.__name__ = f"{listing.name}_{name}"
    return page


def _page(request: AuthenticatedHttpRequest, listing: Listing, act: BulkAct, ids: list[int]) -> HttpResponse:
    asked = Round(listing, act, ids, request.user)
    step = request.POST.get("step", "")
    # What asks nothing is looked at in advance at once.
    form = act.form(request.POST if step or not act.form.base_fields else None, rows=asked.rows)
    lines, stamp, is_done, is_changed = asked.shown(), "", False, False
    if form.is_bound and form.is_valid():
        stamp = asked.stamp(form.cleaned_data)
        is_done = step == "go" and request.POST.get("previewed") == stamp
        is_changed = step == "go" and not is_done
        lines = (
            asked.carried_out(form.cleaned_data, _ticked(request), _seen(request, ids))
            if is_done
            else asked.rehearsed(form.cleaned_data)
        )
    return answer(
        request, "requests/bulk.html", {**_told(lines), "listing": listing, "act": act, "stamp": stamp,
        "ids": ids, "is_done": is_done, "is_changed": is_changed, "back": _back(request, listing)}, form,
    )  # fmt: skip


def _back(request: AuthenticatedHttpRequest, listing: Listing) -> str:
    """The list as it was filtered and turned."""
    return way_back(request, reverse(listing.page))


def _told(lines: list[Line]) -> dict[str, Any]:
    return {
        "lines": lines,
        "done": sum(line.is_done for line in lines),
        "refused": sum(bool(line.refusal) for line in lines),
    }


def _ticked(request: AuthenticatedHttpRequest) -> list[int]:
    return whole_numbers(request.POST.getlist("go"))


def _seen(request: AuthenticatedHttpRequest, ids: list[int]) -> dict[int, str]:
    return {pk: request.POST.get(f"seen-{pk}", "") for pk in ids}


PAGES = {
    (listing.name, name): page_of(listing, name) for listing in (MATTERS, ITEMS) for name in listing.acts
}
