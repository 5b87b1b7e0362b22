"""Numbers after a # in a text (#协〔2026〕41号): where each leads, and what it is, for somebody who may see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from documents.states import Series
from organization.models import User
from pages.addresses import address, link
from requests.models import ActionItem, ChangeRequest, Circulation, CoordinationRequest, Letter

SIGNS = "|".join(sorted(Series.values, key=len, reverse=True))
# With the brackets of an office or those that a keyboard has.
POINTED = re.compile(rf"#\s?({SIGNS}|[\u4e00-\u9fff])[〔\[［【(（](\d{{4}})[〕\]］】)）](\d{{1,6}})号?")
# What apps above keep: the search opens the one thing of that number, for whoever may see it.
ABOVE = (Series.MEETING, Series.MINUTES, Series.DISPUTE)


@dataclass(frozen=True)
class Reference:
    """Where a number leads; `words` say what it is when the pointer rests on it."""

    url: str
    words: str = ""


def _changes(reader: User) -> QuerySet[Any]:
    return ChangeRequest.objects.filter(matter__in=CoordinationRequest.objects.visible_to(reader))


Read = Callable[[User], QuerySet[Any]]
# For each sign: what exists for a reader, its page, and the field that names it.
KINDS: dict[str, tuple[Read, str, str]] = {
    Series.REQUEST: (CoordinationRequest.objects.visible_to, "requests:detail", "title"),
    Series.ACTION_ITEM: (ActionItem.objects.visible_to, "requests:item", "text"),
    Series.CONTACT_SHEET: (Letter.objects.visible_to, "requests:letter", "title"),
    Series.LETTER: (Letter.objects.visible_to, "requests:letter", "title"),
    Series.PAPER: (Circulation.objects.visible_to, "requests:circulation", "title"),
    Series.CHANGE: (_changes, "requests:change", "after"),
}


def number_of(hit: re.Match[str]) -> str:
    """As the office writes it."""
    return f"{hit[1]}〔{hit[2]}〕{int(hit[3])}号"


def references(texts: Iterable[str], reader: User) -> dict[str, Reference]:
    """Where the numbers in these texts lead; those that do not exist for this reader lead nowhere."""
    signs: dict[str, set[str]] = {}
    for text in texts:
        for hit in POINTED.finditer(text):
            signs.setdefault(hit[1], set()).add(number_of(hit))
    found: dict[str, Reference] = {}
    for sign, numbers in signs.items():
        found |= _own(sign, numbers, reader) if sign in KINDS else _above(sign, numbers)
    return found


def _own(sign: str, numbers: set[str], reader: User) -> dict[str, Reference]:
    read, page, name = KINDS[sign]
    return {
        row.number: Reference(address(page, row.pk), f"{getattr(row, name)}（{_standing(row)}）")
        for row in read(reader).filter(number__in=numbers)
    }


def _standing(row: Any) -> str:
    words = row.get_stage_display() if isinstance(row, CoordinationRequest) else row.get_state_display()
    return str(words)


def _above(sign: str, numbers: set[str]) -> dict[str, Reference]:
    search = link("search")
    if sign not in ABOVE or not search:
        return {}
    return {number: Reference(f"{search}?{urlencode({'q': number})}") for number in numbers}


def shown(number: str, found: dict[str, Reference]) -> SafeString:
    """The number as the page prints it."""
    words = format_html('<span class="x-no">#{}</span>', number)
    leads = found.get(number)
    if leads is None:
        return words
    if not leads.words:
        return format_html('<a href="{}">{}</a>', leads.url, words)
    return format_html('<a href="{}" title="{}">{}</a>', leads.url, leads.words, words)
