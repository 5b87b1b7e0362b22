"""The search box: numbers, titles and names, each kind of thing by its own `visible_to`. A few of each, best known first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coordination import navigation
from disputes.models import Dispute
from documents.search import PAIR, holding_words
from meetings.models import Meeting
from organization.given import PreparedFor
from organization.models import User
from pages.addresses import link
from requests.models import ActionItem, CoordinationRequest, Letter, OutsidePaper
from requests.querysets import NAME

SHOWN = 8
LONGEST = 60
WRITTEN = 3


@dataclass(frozen=True)
class Hit:
    """One thing found: where it is, what it is called, and a word about it."""

    url: str
    title: str
    number: str = ""
    stage: str = ""
    note: str = ""


@dataclass(frozen=True)
class Found:
    """The hits among one kind of thing; `more_url` leads to all of them where its list can search."""

    heading: Promise
    hits: list[Hit]
    more_url: str = ""


def find(text: str, reader: User) -> list[Found]:
    """Everything of that number, title or name that exists for this reader."""
    words = text[:LONGEST]
    if not words.split():
        return []
    groups = [
        _matters(words, reader),
        _group(_("Action items"), _hits(_items, words, reader), "requests:items", words),
        _group(_("Sheets and letters"), _hits(_letters, words, reader), "", words),
        _group(_("Meetings"), _hits(_meetings, words, reader), "meetings:list", words),
        _group(_("Disputes"), _hits(_disputes, words, reader), "disputes:list", words),
    ]
    if not reader.is_external:
        papers = _hits(_outside_papers, words, reader)
        groups.append(_group(_("Papers in and out"), papers, "requests:outside_papers", words))
        people = [_person(row) for row in _rows(_people, [words.strip()], reader)]
        groups.append(_group(_("People"), people, "organization:people", words))
    return [group for group in groups if group.hits]


def only_hit(found: list[Found], text: str) -> str:
    """The page of the one thing that bears exactly this number, so that a typed number opens it."""
    exact = [hit.url for group in found for hit in group.hits if hit.number == text and hit.url]
    return exact[0] if len(exact) == 1 else ""


# A word and its length; of a word that is given later only the length is known.
Words = Sequence[tuple[Any, int]]
Read = Callable[..., QuerySet[Any]]


def _rows(read: Read, words: Sequence[str], reader: User) -> list[Any]:
    """The few rows that exist for this reader. A search for up to three words is written once (organization/given.py)."""
    if len(words) > WRITTEN:
        return list(read(reader, [(word, len(word)) for word in words]))
    return _written(read, tuple(min(len(word), PAIR + 1) for word in words))(reader, *words)


@cache
def _written(read: Read, lengths: tuple[int, ...]) -> PreparedFor:
    return PreparedFor(
        lambda reader, *words: read(reader, list(zip(words, lengths, strict=True))), values=len(lengths)
    )


def _matters(text: str, reader: User) -> Found:
    # Asked one after the other: of an either-or the database would look at every row of both.
    words = text.split()
    found = {row.pk: row for read in (_seen, _published) for row in _rows(read, words, reader)}
    rows = sorted(found.values(), key=_newest, reverse=True)[: SHOWN + 1]
    hits = [
        Hit(link("requests:detail", row.pk), row.title, row.number or "", row.stage, row.department_name)
        for row in rows
    ]
    return _group(_("Matters"), hits, "requests:list", text)


def _seen(reader: Any, words: Words) -> QuerySet[Any]:
    return _called(CoordinationRequest.objects.visible_to(reader), words)


def _published(reader: Any, words: Words) -> QuerySet[Any]:
    return _called(CoordinationRequest.objects.public_to(reader), words)


def _called(matters: Any, words: Words) -> QuerySet[Any]:
    found: QuerySet[Any] = holding_words(matters, words, *NAME).for_list_page()[: SHOWN + 1]
    return found


def _items(reader: Any, words: Words) -> QuerySet[Any]:
    return ActionItem.objects.visible_to(reader).filter(_each(words, "text", "number"))[: SHOWN + 1]


def _letters(reader: Any, words: Words) -> QuerySet[Any]:
    rows = Letter.objects.visible_to(reader).filter(_each(words, "title", "number"))
    return rows.order_by("-pk")[: SHOWN + 1]


def _outside_papers(reader: Any, words: Words) -> QuerySet[Any]:
    """Also by the number that its sender gave it, and by the sender."""
    rows = OutsidePaper.objects.visible_to(reader).filter(
        _each(words, "title", "number", "their_number", "unit")
    )
    return rows.order_by("-registered_at", "-pk")[: SHOWN + 1]


def _meetings(reader: Any, words: Words) -> QuerySet[Any]:
    rows = Meeting.objects.visible_to(reader).filter(_each(words, "title", "number", "minutes__number"))
    return rows.order_by("-starts_at")[: SHOWN + 1]


def _disputes(reader: Any, words: Words) -> QuerySet[Any]:
    rows = Dispute.objects.visible_to(reader).filter(_each(words, "matter__title", "number"))
    return rows.select_related("matter").order_by("-pk")[: SHOWN + 1]


def _people(reader: Any, words: Words) -> QuerySet[Any]:
    return User.objects.visible_to(reader).active().filter(_each(words, "name", "username"))[: SHOWN + 1]


def _hits(read: Read, text: str, reader: User) -> list[Hit]:
    return [TOLD[read](row) for row in _rows(read, text.split(), reader)]


def _person(row: User) -> Hit:
    return Hit(link("organization:person", row.pk), row.name, note=row.phone)


TOLD: dict[Read, Callable[[Any], Hit]] = {
    _items: lambda row: Hit(
        link("requests:item", row.pk), row.text, row.number or "", note=row.department_name
    ),
    _letters: lambda row: Hit(
        link("requests:letter", row.pk), row.title, row.number or "", note=row.department_name
    ),
    _outside_papers: lambda row: Hit(
        link("requests:outside_paper", row.pk), row.title, row.number, note=row.unit
    ),
    _meetings: lambda row: Hit(link("meetings:detail", row.pk), row.title, row.number or ""),
    _disputes: lambda row: Hit(link("disputes:detail", row.pk), row.matter.title, row.number),
}


def _group(heading: Any, hits: list[Hit], page: str, words: str) -> Found:
    more = navigation.address(page) if page and len(hits) > SHOWN else ""
    return Found(heading, hits[:SHOWN], f"{more}?{urlencode({'q': words})}" if more else "")


def _newest(matter: CoordinationRequest) -> tuple[bool, Any, int]:
    """As lists stand: what is still a draft first, then the latest filed."""
    return matter.submitted_at is None, matter.submitted_at, matter.pk


def _each(words: Words, *fields: str) -> Q:
    """Every word in one of the fields."""
    found = Q()
    for word, _length in words:
        either = Q()
        for field in fields:
            either |= Q(**{f"{field}__icontains": word})
        found &= either
    return found
