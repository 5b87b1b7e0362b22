"""The left navigation: what each person can use, with counts. Entries whose page does not exist are left out.

A count is one query at most, and only asked for when the shell is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organization.models import User
from organization.states import PostKind

Counter = Callable[[User], int]


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


def _only_runs_the_system(user: User) -> bool:
    return set(user.authority.by_kind) == {PostKind.SYSTEM_ADMIN}


@dataclass(frozen=True)
class Entry:
    """One line: its words, the page it opens, its icon, who sees it, and how many things wait there."""

    label: Promise
    page: str
    icon: str
    may: Callable[[User], bool]
    counter: Counter | None = None
    hot: bool = False


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


GROUPS = (
    Group(
        None,
        (
            Entry(_("Waiting for me"), "home", "inbox", works_here),
            Entry(_("Filed by me"), "requests:mine", "send", works_inside),
        ),
    ),
    Group(
        _("Work"),
        (
            Entry(_("Matters"), "requests:list", "clipboard-text", reads_matters),
            Entry(_("Meetings and minutes"), "meetings:list", "calendar-event", works_inside),
            Entry(_("Supervision register"), "requests:register", "checklist", works_inside),
            Entry(_("Disputes"), "disputes:list", "scale", works_inside),
        ),
    ),
    Group(
        _("Looking back"),
        (
            Entry(_("Archive"), "archive:list", "archive", keeps_records),
            Entry(_("Audit"), "archive:audit", "shield-check", audits),
        ),
    ),
    Group(
        _("Arrangements"),
        (
            Entry(_("Organization"), "organization:index", "sitemap", arranges),
            Entry(_("Settings"), "supervision:settings", "settings", arranges),
        ),
    ),
)


def address(page: str) -> str:
    """The URL of a page by its name, or nothing while the page does not exist."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def entries_of(user: User) -> Iterator[tuple[Group, list[tuple[Entry, str]]]]:
    """Groups and entries that this person can use, with their addresses."""
    for group in GROUPS:
        seen = [(entry, url) for entry in group.entries if entry.may(user) and (url := address(entry.page))]
        if seen:
            yield group, seen


def lines(user: User, path: str) -> list[Lines]:
    """The navigation of this person, with the line of this page marked."""
    found = list(entries_of(user))
    here = _here([url for _group, seen in found for _entry, url in seen], path)
    return [
        Lines(
            group.heading,
            [
                Line(
                    entry.label,
                    url,
                    entry.icon,
                    entry.counter(user) if entry.counter else 0,
                    entry.hot,
                    ("page" if url == path else "true") if url == here else "",
                )
                for entry, url in seen
            ],
        )
        for group, seen in found
    ]


def first_page(user: User) -> str:
    """Where this person starts: the first line of their navigation."""
    return next((url for _group, seen in entries_of(user) for _entry, url in seen), "")


def _here(urls: list[str], path: str) -> str:
    """The longest address that this page lies under; the home page is under nothing but itself."""
    above = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(above, key=len, default="")
