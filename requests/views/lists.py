"""The list of matters: tabs with counts, filters in the address, the light of each row."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from audit.acting import now
from organization.models import Department, User
from pages.answers import answer
from pages.figures import figures
from pages.labels import choices
from pages.lists import CappedCount, Filter, turn
from pages.prepared import Prepared
from pages.typing import AuthenticatedHttpRequest
from requests import bulk, matter_list, policies, saved_filters
from requests.matter_list import LIGHTS, TABS, Filters
from requests.models import CoordinationRequest, SavedFilter
from requests.oral_policies import may_read_orders
from requests.panels import with_leading_duty
from requests.querysets import sight
from requests.saved_filters import MOST
from requests.states import Category, ListPage, Stage
from supervision.states import Urgency

DEPARTMENTS = Prepared(lambda: Department.objects.active().exclude(kind="top").values_list("pk", "name"))


@require_GET
@login_required
def matters(request: AuthenticatedHttpRequest, tab: str = "all") -> HttpResponse:
    """Every matter that this person may see, by tab and filter."""
    given = matter_list.filters_of(request.GET, request.user, tab)
    is_public = given.tab == "public"
    leaf = turn(request, _read(request.user, given))
    saved = saved_filters.of_list(ListPage.MATTERS, request.user)
    counts = _counts(request, saved)
    here = saved_filters.canonical(ListPage.MATTERS, request.GET, request.user)
    shown = saved_filters.tabs(saved, counts, here, request.user)
    context = {
        "tab": given.tab,
        "tabs": [
            (key, TABS[key], saved_filters.capped(counts[f"n_{key}"]))
            for key in matter_list.tabs_of(request.user)
        ],
        **saved_filters.context(ListPage.MATTERS, shown, here, request.user),
        "rows": leaf.rows if is_public else with_leading_duty(leaf.rows),
        "leaf": leaf,
        "find": _("Number or title"),
        "filters": _filters(given),
        "is_filtered": given.are_set,
        "may_file": policies.may_file(request.user),
        "bulk": [] if is_public else bulk.MATTERS.offered(request.user),
        "may_read_orders": may_read_orders(request.user),
        "may_export": policies.may_export_matters(request.user),
    }
    return answer(request, "requests/list.html", context)


@require_GET
@login_required
def mine(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What this person has filed: the same list on its own tab."""
    return matters(request, tab="mine")


def _read(user: User, given: Filters) -> Callable[[int, int], Any]:
    """From which row to which: the plain tabs, which everybody opens, are written once."""
    if given.tab in ("ours", "public") or given.are_set:
        rows = matter_list.found(user, given, now())
        found = rows.for_public_page() if given.tab == "public" else rows.for_list_page()
        return lambda start, stop: found[start:stop]
    person, departments, levels = sight(user)
    return lambda start, stop: _page(given.tab, levels, start, stop)(person, departments)


@lru_cache(256)  # a reading for each page that somebody turned to
def _page(tab: str, levels: tuple[str, ...], start: int, stop: int) -> Prepared:
    def read(person: Any, departments: Any) -> Any:
        seen = CoordinationRequest.objects.seen_by(person, departments, levels)
        return matter_list.of_tab(seen, tab, person).for_list_page()[start:stop]

    return Prepared(read)


def _counts(request: AuthenticatedHttpRequest, saved: list[SavedFilter]) -> dict[str, int]:
    """All counts in one query, none counted beyond a thousand."""

    def count() -> dict[str, int]:
        rows = {
            f"n_{tab}": CappedCount(matter_list.rows_of_tab(request.user, tab).order_by().values("pk")[:MOST])
            for tab in matter_list.tabs_of(request.user)
        }
        rows |= saved_filters.counters(saved, request.user, now())
        found: dict[str, int] = User.objects.filter(pk=request.user.pk).values(**rows).get()
        return found

    return figures(request, f"matters-by-tab:{saved_filters.stamp(saved)}", count)


def _filters(given: Filters) -> list[Filter]:
    offered: list[tuple[str, Any, list[tuple[str, Any]]]] = [
        ("stage", _("All stages"), choices(Stage)),
        ("category", _("All categories"), choices(Category)),
        ("department", _("All departments"), [(str(pk), name) for pk, name in DEPARTMENTS()]),
        ("urgency", _("All urgencies"), choices(Urgency)),
        ("light", _("All lights"), list(LIGHTS.items())),
    ]
    return [
        Filter(name, label, options, getattr(given, name))
        for name, label, options in offered
        if name in matter_list.names_of(given.tab)
    ]
