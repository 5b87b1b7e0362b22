"""The list of matters: its tabs and filters, as they stand in an address, and the rows that they leave.

Read by the page, by the table that leaves the house, and by the saved filters: the same words find the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import User
from pages.lists import one_of
from requests.models import CoordinationRequest
from requests.querysets import is_staff_member
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
LIGHTS = {
    "bad": _("Overdue"),
    "warn": _("Due soon"),
    "ok": pgettext_lazy("light", "In time"),
    "hold": _("Paused"),
}
NAMES = ("q", "stage", "category", "department", "urgency", "light")
# On the tab of the public ones nothing is filtered by what its rows do not tell.
PUBLIC_NAMES = ("q", "stage", "department")
LONGEST_SEARCH = 60


@dataclass(frozen=True)
class Filters:
    """What the reader chose; empty means all."""

    tab: str = "all"
    stage: str = ""
    category: str = ""
    department: str = ""
    urgency: str = ""
    light: str = ""
    q: str = ""

    @property
    def are_set(self) -> bool:
        return any(getattr(self, name) for name in NAMES)


def tabs_of(user: User) -> list[str]:
    return [key for key in TABS if key != "public" or is_staff_member(user)]


def filters_of(params: Mapping[str, str], user: User, tab: str = "all") -> Filters:
    """Only what the list offers, and on the tab of the public ones only what its rows tell."""
    tab = one_of(params, "tab", tabs_of(user), tab)
    department = params.get("department", "")
    given = {
        "stage": one_of(params, "stage", Stage.values),
        "category": one_of(params, "category", Category.values),
        "department": department if department.isdecimal() and len(department) < 19 else "",
        "urgency": one_of(params, "urgency", Urgency.values),
        "light": one_of(params, "light", LIGHTS),
        "q": params.get("q", "").strip()[:LONGEST_SEARCH],
    }
    return Filters(tab=tab, **{name: given[name] for name in names_of(tab)})


def names_of(tab: str) -> Sequence[str]:
    """The filters that a tab offers."""
    return PUBLIC_NAMES if tab == "public" else NAMES


def found(user: User, given: Filters, moment: datetime) -> Any:
    """The matters of this tab and these filters that exist for this person."""
    rows = rows_of_tab(user, given.tab)
    for name in ("stage", "category", "urgency"):
        if value := getattr(given, name):
            rows = rows.filter(**{name: value})
    if given.department:
        rows = rows.filter(filed_by_department=int(given.department))
    if given.light:
        rows = rows.filter(pk__in=_cases_of(given.light, moment))
    return rows.search(given.q)


def rows_of_tab(user: User, tab: str) -> Any:
    if tab == "public":
        return CoordinationRequest.objects.public_to(user)
    return of_tab(CoordinationRequest.objects.visible_to(user), tab, user)


def of_tab(seen: Any, tab: str, person: Any) -> Any:
    """The part of what a person sees that stands on a tab; the person may be given later (pages/prepared.py)."""
    # A draft that was thrown away stays for the record, but nobody looks for it.
    rows = seen.exclude(stage=Stage.WITHDRAWN, number=None)
    if tab == "mine":
        return rows.filter(filed_by=person)
    if tab == "ours":
        waiting = Obligation.objects.waiting_for(person).exclude(case_id=None).order_by().values("case_id")
        return rows.filter(pk__in=waiting)
    stages = {"active": ACTIVE, "ended": ENDED}.get(tab)
    return rows.filter(stage__in=stages) if stages else rows


def _cases_of(light: str, moment: datetime) -> Any:
    """Matters in which something owed shows this light."""
    shown = Obligation.objects.open().with_light(moment, clock.warn_until(moment)).filter(shape=light)
    return shown.exclude(case_id=None).values("case_id")
