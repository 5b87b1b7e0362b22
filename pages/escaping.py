"""Escaping as Django does it (`conditional_escape`, `format_html`), for lists: a page of thirty rows asks a thousand times.

Django looks at each argument of each call for a lazy one. Here a plain or a safe string, which nearly all are, is told by
its type; everything else is left to Django.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


def escaped(value: Any) -> str:
    """A value as it may stand in a page: escaped unless it is safe already."""
    kind = type(value)
    if kind is SafeString:
        return value
    return SafeString(escape(value)) if kind is str else conditional_escape(value)


def filled(pattern: str, *values: Any) -> SafeString:
    """A pattern of ours, `<b>{}</b>`, with values in their places, each escaped unless it is safe already."""
    return SafeString(pattern.format(*map(escaped, values)))


def filled_each(pattern: str, rows: Iterable[Iterable[Any]]) -> SafeString:
    """The pattern once for each row of values, one behind the other."""
    return SafeString("".join([pattern.format(*map(escaped, row)) for row in rows]))
