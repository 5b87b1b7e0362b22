"""Lists: one page of a query, and a filter that takes only what it offers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 30


def paginate(request: HttpRequest, queryset: QuerySet[Any], size: int = PAGE_SIZE) -> Page[Any]:
    """The page that `?page=` names; a page out of range is the nearest one, never an error."""
    return Paginator(queryset, size).get_page(request.GET.get("page"))


def chosen(request: HttpRequest, name: str, offered: Iterable[str], default: str = "") -> str:
    """The value of a filter in the URL, or the default when it is none of those offered."""
    value = request.GET.get(name, default)
    return value if value in set(offered) else default
