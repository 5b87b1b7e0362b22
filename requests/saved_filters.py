"""Saved filters as the lists show them: which tabs, how many rows, which one is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from organization.models import User
from pages.lists import CappedCount
from pages.prepared import Prepared
from requests import matter_list, policies, register
from requests.models import SavedFilter
from requests.states import ListPage

MOST = 1_000
OF_PERSON = Prepared(
    lambda person, departments, page: SavedFilter.objects.seen_by(person, departments).filter(page=page)
)


@dataclass(frozen=True)
class SavedTab:
    """A saved filter as a tab of its list."""

    name: str
    query: str
    count: str
    is_here: bool
    is_shared: bool


def canonical(page: str, params: Mapping[str, str], user: User) -> str:
    """The filters of an address in one fixed spelling, and nothing else that stands in it; empty when none is set."""
    given: Any = (
        matter_list.filters_of(params, user) if page == ListPage.MATTERS else register.filters_of(params)
    )
    chosen = {name: value for name, value in asdict(given).items() if value}
    return urlencode(chosen) if given.are_set or chosen["tab"] not in DEFAULT_TABS else ""


DEFAULT_TABS = ("all", "open")


def of_list(page: str, user: User) -> list[SavedFilter]:
    """The own ones in their order, then those of the departments."""
    found: list[SavedFilter] = OF_PERSON(user.pk, user.authority.departments, page)
    return sorted(found, key=lambda row: row.owner_id != user.pk)


def counters(saved: Sequence[SavedFilter], user: User, moment: datetime) -> dict[str, CappedCount]:
    """What each tab counts, to be asked in the query that counts the others: the rows that this reader may see."""
    return {f"saved_{row.pk}": CappedCount(_rows(row, user, moment)) for row in saved}


def _rows(row: SavedFilter, user: User, moment: datetime) -> Any:
    if row.page == ListPage.MATTERS:
        rows = matter_list.found(user, matter_list.filters_of(row.params, user), moment)
    else:
        rows = register.filtered(register.items_for(user), register.filters_of(row.params), moment)
    return rows.order_by().values("pk")[:MOST]


def tabs(
    saved: Sequence[SavedFilter], counts: Mapping[str, int | None], here: str, user: User
) -> list[SavedTab]:
    return [
        SavedTab(
            row.name,
            row.query,
            capped(counts.get(f"saved_{row.pk}") or 0),
            is_here=row.query == here,
            is_shared=row.owner_id != user.pk,
        )
        for row in saved
    ]


def context(page: str, shown: Sequence[SavedTab], here: str, user: User) -> dict[str, Any]:
    """What `_saved_tabs.html` and `_saving.html` print: the tabs, which is open, what could be saved as one more."""
    is_saved = any(tab.is_here for tab in shown)
    return {
        "saved": shown,
        "saved_here": is_saved,
        "saving": "" if is_saved else here,
        "page_of_filters": page,
        "may_save": policies.may_save_filters(user),
    }


def stamp(saved: Sequence[SavedFilter]) -> str:
    """Which filters were counted: kept figures of others are no figures of these."""
    return ",".join(str(row.pk) for row in saved)


def capped(count: int) -> str:
    return f"{MOST - 1}+" if count >= MOST else str(count)
