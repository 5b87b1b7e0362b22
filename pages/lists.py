"""Lists: one page of a query, and a filter that takes only what it offers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import IntegerField, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.functional import Promise

PAGE_SIZE = 30
# Nobody turns further; a filter finds it sooner, and the database is spared.
MOST_PAGES = 2_000


@dataclass(frozen=True)
class Rows:
    """Rows that are read from one to another, where their number is known: as good as a query set for `paginate`."""

    read: Callable[[int, int], list[Any]]
    number: int

    def __len__(self) -> int:
        return self.number

    def __getitem__(self, part: slice) -> list[Any]:
        return self.read(part.start, part.stop) if part.stop else []


def paginate(request: HttpRequest, rows: QuerySet[Any] | Rows, size: int = PAGE_SIZE) -> Page[Any]:
    """The page that `?page=` names; a page out of range is the nearest one, never an error."""
    asked: Any = rows  # of its rows a paginator asks their number and slices
    return Paginator(asked, size).get_page(request.GET.get("page"))


class Filter(NamedTuple):
    """A choice above a list (`pages/list_page.html`): its name in the address, the words for all, what it offers, what holds."""

    name: str
    all: str | Promise
    options: Iterable[tuple[Any, Any]]
    value: str


def chosen(request: HttpRequest, name: str, offered: Iterable[str], default: str = "") -> str:
    """The value of a filter in the URL, or the default when it is none of those offered."""
    return one_of(request.GET, name, offered, default)


def one_of(params: Mapping[str, str], name: str, offered: Iterable[str], default: str = "") -> str:
    """The same of filters that stand elsewhere: saved ones."""
    value = params.get(name, default)
    return value if value in set(offered) else default


@dataclass(frozen=True)
class Leaf:
    """One page of a list whose length nobody counts: the rows, and whether more follow."""

    rows: list[Any]
    number: int
    size: int
    has_next: bool

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1


def turn(request: HttpRequest, read: Callable[[int, int], Iterable[Any]], size: int = PAGE_SIZE) -> Leaf:
    """The page that `?page=` names, without counting the list: one row more is read to know whether it goes on."""
    asked = request.GET.get("page", "1")
    number = min(max(int(asked), 1), MOST_PAGES) if asked.isdecimal() else 1
    rows = list(read((number - 1) * size, number * size + 1))
    return Leaf(rows[:size], number, size, has_next=len(rows) > size)


class CappedCount(Subquery):
    """How many rows a query has, but never counting further than its slice: `CappedCount(rows[:1000])`."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()
