"""The list of matters: tabs with counts, filters in the address, the light of each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from audit.acting import now
from organization.models import Department, User
from pages.answers import answer
from pages.figures import figures
from pages.lists import CappedCount, chosen, turn
from pages.prepared import Prepared
from pages.typing import AuthenticatedHttpRequest
from requests import policies
from requests.models import CoordinationRequest
from requests.panels import with_leading_duties
from requests.querysets import is_staff_member, sight
from requests.states import ACTIVE, ENDED, Category, Stage
from supervision import clock
from supervision.models import Obligation
from supervision.states import Urgency

TABS = {
    "all": _("All"),
    "mine": _("Filed by me"),
    "ours": _("Waiting for my department"),
    "active": _("Under way"),
    "ended": pgettext_lazy("matters", "Ended"),
    "public": pgettext_lazy("level", "Public"),
}
# On the tab of the public ones nothing is filtered by what its rows do not tell.
PUBLIC_FILTERS = ("stage", "department")
LIGHTS = {
    "bad": _("Overdue"),
    "warn": _("Due soon"),
    "ok": pgettext_lazy("light", "In time"),
    "hold": _("Paused"),
}
MOST = 1_000

DEPARTMENTS = Prepared(lambda: Department.objects.active().exclude(kind="top").values_list("pk", "name"))


@require_GET
@login_required
def matters(request: AuthenticatedHttpRequest, tab: str = "all") -> HttpResponse:
    """Every matter that this person may see, by tab and filter."""
    tabs = _tabs_of(request.user)
    tab = chosen(request, "tab", tabs, tab)
    is_public = tab == "public"
    filters = [one for one in _filters(request) if not is_public or one["name"] in PUBLIC_FILTERS]
    names = ["q", *(one["name"] for one in filters)]
    leaf = turn(request, _read(request, tab, names))
    context = {
        "tab": tab,
        "tabs": _counted(request, tabs),
        "rows": leaf.rows if is_public else with_leading_duties(leaf.rows),
        "leaf": leaf,
        "filters": filters,
        "is_filtered": any(request.GET.get(name) for name in names),
        "may_file": policies.may_file(request.user),
    }
    return answer(request, "requests/list.html", context)


@require_GET
@login_required
def mine(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What this person has filed: the same list on its own tab."""
    return matters(request, tab="mine")


def _tabs_of(user: User) -> list[str]:
    return [key for key in TABS if key != "public" or is_staff_member(user)]


def _rows(user: User, tab: str) -> Any:
    if tab == "public":
        return CoordinationRequest.objects.public_to(user)
    return _of_tab(CoordinationRequest.objects.visible_to(user), tab, user)


def _read(request: AuthenticatedHttpRequest, tab: str, names: Sequence[str]) -> Callable[[int, int], Any]:
    """From which row to which: the plain tabs, which everybody opens, are written once."""
    if tab in ("ours", "public") or any(request.GET.get(name) for name in names):
        rows = _filtered(request, _rows(request.user, tab), names)
        found = rows.for_public_page() if tab == "public" else rows.for_list_page()
        return lambda start, stop: found[start:stop]
    person, departments, levels = sight(request.user)
    return lambda start, stop: _page(tab, levels, start, stop)(person, departments)


@lru_cache(256)  # a reading for each page that somebody turned to
def _page(tab: str, levels: tuple[str, ...], start: int, stop: int) -> Prepared:
    def read(person: Any, departments: Any) -> Any:
        seen = CoordinationRequest.objects.seen_by(person, departments, levels)
        return _of_tab(seen, tab, person).for_list_page()[start:stop]

    return Prepared(read)


def _of_tab(seen: Any, tab: str, person: Any) -> Any:
    # A draft that was thrown away stays for the record, but nobody looks for it.
    rows = seen.exclude(stage=Stage.WITHDRAWN, number=None)
    if tab == "mine":
        return rows.filter(filed_by=person)
    if tab == "ours":
        waiting = Obligation.objects.waiting_for(person).exclude(case_id=None).order_by().values("case_id")
        return rows.filter(pk__in=waiting)
    stages = {"active": ACTIVE, "ended": ENDED}.get(tab)
    return rows.filter(stage__in=stages) if stages else rows


def _counted(request: AuthenticatedHttpRequest, tabs: Sequence[str]) -> list[dict[str, Any]]:
    """All counts in one query, none counted beyond a thousand."""

    def count() -> dict[str, int]:
        counts = {
            f"n_{tab}": CappedCount(_rows(request.user, tab).order_by().values("pk")[:MOST]) for tab in tabs
        }
        found: dict[str, int] = User.objects.filter(pk=request.user.pk).values(**counts).get()
        return found

    found = figures(request, "matters-by-tab", count)
    return [
        {"key": key, "label": label, "count": _capped(found[f"n_{key}"])}
        for key, label in TABS.items()
        if key in tabs
    ]


def _capped(count: int) -> str:
    return f"{MOST - 1}+" if count >= MOST else str(count)


def _filtered(request: AuthenticatedHttpRequest, rows: Any, names: Sequence[str]) -> Any:
    """Only by the filters that the tab offers."""
    for name, offered in (
        ("stage", Stage.values),
        ("category", Category.values),
        ("urgency", Urgency.values),
    ):
        if name in names and (value := chosen(request, name, offered)):
            rows = rows.filter(**{name: value})
    if (department := request.GET.get("department", "")).isdecimal():
        rows = rows.filter(filed_by_department=int(department))
    if "light" in names and (light := chosen(request, "light", LIGHTS)):
        rows = rows.filter(pk__in=_cases_of(light))
    return rows.search(request.GET.get("q", "")[:60])


def _cases_of(light: str) -> Any:
    """Matters in which something owed shows this light."""
    moment = now()
    shown = Obligation.objects.open().with_light(moment, clock.warn_until(moment)).filter(shape=light)
    return shown.exclude(case_id=None).values("case_id")


def _filters(request: AuthenticatedHttpRequest) -> list[dict[str, Any]]:
    given: QueryDict = request.GET
    offered: list[tuple[str, Any, list[tuple[str, Any]]]] = [
        ("stage", _("All stages"), list(Stage.choices)),
        ("category", _("All categories"), list(Category.choices)),
        ("department", _("All departments"), [(str(pk), name) for pk, name in DEPARTMENTS()]),
        ("urgency", _("All urgencies"), list(Urgency.choices)),
        ("light", _("All lights"), list(LIGHTS.items())),
    ]
    return [
        {"name": name, "all": label, "options": options, "value": given.get(name, "")}
        for name, label, options in offered
    ]
