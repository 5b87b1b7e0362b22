"""The left navigation: what each person can use, with counts. Entries whose page does not exist are left out.

The figures are counted in one query, only when the shell is drawn, and kept for some seconds (pages/figures.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination import desk
from coordination.counting import count_all
from disputes.models import Dispute
from meetings.models import Meeting
from notifications.models import Notice
from organization.models import User
from organization.states import PostKind
from pages.addresses import link
from pages.figures import figures
from requests.models import ActionItem, CoordinationRequest

UNREAD = "unread"

# What is counted beside an entry; all entries are counted in one query (`coordination.counting`).
Counter = Callable[[User], QuerySet[Any]]


def works_here(user: User) -> bool:
    """Everybody who may owe something: not the auditor, and not an account that only runs the system."""
    return not user.authority.changes_nothing and not _only_runs_the_system(user)


def reads_matters(user: User) -> bool:
    return user.is_external or works_here(user)


def works_inside(user: User) -> bool:
    return works_here(user) and not user.is_external


def keeps_records(user: User) -> bool:
    return works_inside(user) or user.authority.is_auditor


def audits(user: User) -> bool:
    return user.authority.is_auditor


def arranges(user: User) -> bool:
    """Who keeps departments, people and the calendar in order."""
    return user.authority.is_system_admin or user.authority.is_office_head


def keeps_goals(user: User) -> bool:
    """Whoever arranges finds the list of goals among the tabs of the organization."""
    return user.authority.is_officer and not arranges(user)


def _waiting(user: User) -> QuerySet[Any]:
    return desk.things(user)


def _filed(user: User) -> QuerySet[Any]:
    return CoordinationRequest.objects.active().filter(filed_by=user)


def _matters(user: User) -> QuerySet[Any]:
    return CoordinationRequest.objects.visible_to(user).active()


def _meetings(user: User) -> QuerySet[Any]:
    return Meeting.objects.visible_to(user).under_way()


def _items(user: User) -> QuerySet[Any]:
    return ActionItem.objects.visible_to(user).open()


def _disputes(user: User) -> QuerySet[Any]:
    return Dispute.objects.visible_to(user).open()


def _unread(user: User) -> QuerySet[Any]:
    return Notice.objects.visible_to(user).unread()


def _only_runs_the_system(user: User) -> bool:
    return set(user.authority.by_kind) == {PostKind.SYSTEM_ADMIN}


@dataclass(frozen=True)
class Entry:
    """One line: its words, the page it opens, its icon, who sees it, and how many things wait there.

    `hot` says whether that number is to stand out; `filters` choose a view of the page (`tab=mine`).
    """

    label: Promise
    page: str
    icon: str
    may: Callable[[User], bool]
    counted: Counter | None = None
    hot: bool = False
    filters: str = ""


@dataclass(frozen=True)
class Group:
    heading: Promise | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Line:
    """An entry as the page prints it."""

    label: Promise
    url: str
    icon: str
    count: int
    hot: bool
    current: str


@dataclass(frozen=True)
class Lines:
    heading: Promise | None
    entries: list[Line]


Offered = list[tuple[Group, list[tuple[Entry, str]]]]

GROUPS = (
    Group(
        None,
        (
            Entry(_("Waiting for me"), "home", "inbox", works_here, _waiting, hot=True),
            Entry(_("Filed by me"), "requests:list", "send", works_inside, _filed, filters="tab=mine"),
        ),
    ),
    Group(
        _("Work"),
        (
            Entry(_("Matters"), "requests:list", "clipboard-text", reads_matters, _matters),
            Entry(_("Meetings and minutes"), "meetings:list", "calendar-event", works_inside, _meetings),
            Entry(_("Supervision register"), "requests:items", "checklist", works_inside, _items),
            Entry(_("Papers in and out"), "requests:outside_papers", "mail", works_inside),
            Entry(_("Ledger of loans"), "requests:loans", "arrows-exchange", works_inside),
            Entry(_("Improvements"), "requests:improvements", "trending-up", works_inside),
            Entry(_("Process documents"), "requests:procedures", "books", works_inside),
            Entry(_("Disputes"), "disputes:list", "scale", works_inside, _disputes),
        ),
    ),
    Group(
        _("Looking back"),
        (
            Entry(_("Archive"), "archive:list", "archive", keeps_records),
            Entry(_("Audit"), "archive:decisions", "shield-check", audits),
            Entry(_("Events"), "audit:events", "history", audits),
        ),
    ),
    Group(
        _("Arrangements"),
        (
            Entry(_("Organization"), "organization:index", "sitemap", arranges),
            Entry(pgettext_lazy("list of goals", "Goals"), "organization:goals", "flag", keeps_goals),
            Entry(_("Settings"), "supervision:settings", "settings", arranges),
        ),
    ),
)


def address(page: str) -> str:
    """The URL of a page by its name, or nothing while the page does not exist."""
    return link(page)


def entries_of(user: User) -> Iterator[tuple[Group, list[tuple[Entry, str]]]]:
    """Groups and entries that this person can use, with their addresses."""
    for group in GROUPS:
        seen = [
            (entry, _address(entry)) for entry in group.entries if entry.may(user) and address(entry.page)
        ]
        if seen:
            yield group, seen


def lines(user: User, request: HttpRequest) -> tuple[list[Lines], int]:
    """The navigation of this person, with the line of this page marked; and how many notices are unread."""
    found = list(entries_of(user))
    path, query = request.path, request.META.get("QUERY_STRING", "")
    here = _here([url for _group, seen in found for _entry, url in seen], path, query)
    counts = figures(request, "navigation", lambda: _counts(user, found))
    told = [
        Lines(
            group.heading,
            [
                Line(entry.label, url, entry.icon, counts.get(url, 0), entry.hot, _mark(url, here, path))
                for entry, url in seen
            ],
        )
        for group, seen in found
    ]
    return told, counts[UNREAD]


def _counts(user: User, found: Offered) -> dict[str, int]:
    wanted = {
        url: entry.counted(user).values("pk")
        for _group, seen in found
        for entry, url in seen
        if entry.counted
    }
    return count_all({**wanted, UNREAD: _unread(user).values("pk")})


def first_page(user: User) -> str:
    """Where this person starts: the first line of their navigation."""
    return next((url for _group, seen in entries_of(user) for _entry, url in seen), "")


def _address(entry: Entry) -> str:
    return f"{address(entry.page)}?{entry.filters}" if entry.filters else address(entry.page)


def _mark(url: str, here: str, path: str) -> str:
    """`page` for this very page, `true` for a page below it."""
    if url != here:
        return ""
    return "page" if url.partition("?")[0] == path else "true"


def _here(urls: list[str], path: str, query: str) -> str:
    """The longest address that this page lies under; the home page is under nothing but itself."""
    return max((url for url in urls if _is_above(url, path, query)), key=len, default="")


def _is_above(url: str, path: str, query: str) -> bool:
    place, _mark, filters = url.partition("?")
    if filters:
        return path == place and filters in query.split("&")
    return path == place or (place != "/" and path.startswith(place))
