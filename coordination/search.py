"""The search box: numbers, titles and names, each kind of thing by its own `visible_to`. A few of each, best known first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coordination import navigation
from disputes.models import Dispute
from meetings.models import Meeting
from organization.models import User
from requests.models import ActionItem, CoordinationRequest, Letter

SHOWN = 8
LONGEST = 60


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
        _items(words, reader),
        _letters(words, reader),
        _meetings(words, reader),
        _disputes(words, reader),
    ]
    if not reader.is_external:
        groups.append(_people(words, reader))
    return [group for group in groups if group.hits]


def only_hit(found: list[Found], text: str) -> str:
    """The page of the one thing that bears exactly this number, so that a typed number opens it."""
    exact = [hit.url for group in found for hit in group.hits if hit.number == text and hit.url]
    return exact[0] if len(exact) == 1 else ""


def _matters(words: str, reader: User) -> Found:
    matters = CoordinationRequest.objects
    # Asked one after the other: of an either-or the database would look at every row of both.
    seen, published = (
        rows.search(words).for_list_page()[: SHOWN + 1]
        for rows in (matters.visible_to(reader), matters.public_to(reader))
    )
    found = {row.pk: row for row in [*seen, *published]}
    rows = sorted(found.values(), key=_newest, reverse=True)[: SHOWN + 1]
    hits = [
        Hit(_page("requests:detail", row.pk), row.title, row.number or "", row.stage, row.department_name)
        for row in rows
    ]
    return _group(_("Matters"), hits, "requests:list", words)


def _items(words: str, reader: User) -> Found:
    rows = ActionItem.objects.visible_to(reader).filter(_each(words, "text", "number"))[: SHOWN + 1]
    hits = [
        Hit(_page("requests:item", row.pk), row.text, row.number or "", note=row.department_name)
        for row in rows
    ]
    return _group(_("Action items"), hits, "requests:items", words)


def _letters(words: str, reader: User) -> Found:
    rows = Letter.objects.visible_to(reader).filter(_each(words, "title", "number"))
    hits = [
        Hit(_page("requests:letter", row.pk), row.title, row.number or "", note=row.department_name)
        for row in rows.order_by("-pk")[: SHOWN + 1]
    ]
    return _group(_("Sheets and letters"), hits, "", words)


def _meetings(words: str, reader: User) -> Found:
    rows = Meeting.objects.visible_to(reader).search(words).order_by("-starts_at")[: SHOWN + 1]
    hits = [Hit(_page("meetings:detail", row.pk), row.title, row.number or "") for row in rows]
    return _group(_("Meetings"), hits, "meetings:list", words)


def _disputes(words: str, reader: User) -> Found:
    rows = Dispute.objects.visible_to(reader).filter(_each(words, "matter__title", "number"))
    hits = [
        Hit(_page("disputes:detail", row.pk), row.matter.title, row.number)
        for row in rows.select_related("matter").order_by("-pk")[: SHOWN + 1]
    ]
    return _group(_("Disputes"), hits, "disputes:list", words)


def _people(words: str, reader: User) -> Found:
    rows = User.objects.visible_to(reader).active().search(words.strip())[: SHOWN + 1]
    hits = [Hit(_page("organization:person", row.pk), row.name, note=row.phone) for row in rows]
    return _group(_("People"), hits, "organization:people", words)


def _group(heading: Any, hits: list[Hit], page: str, words: str) -> Found:
    more = navigation.address(page) if page and len(hits) > SHOWN else ""
    return Found(heading, hits[:SHOWN], f"{more}?{urlencode({'q': words})}" if more else "")


def _newest(matter: CoordinationRequest) -> tuple[bool, Any, int]:
    """As lists stand: what is still a draft first, then the latest filed."""
    return matter.submitted_at is None, matter.submitted_at, matter.pk


def _each(words: str, *fields: str) -> Q:
    """Every word in one of the fields."""
    found = Q()
    for word in words.split():
        either = Q()
        for field in fields:
            either |= Q(**{f"{field}__icontains": word})
        found &= either
    return found


def _page(name: str, pk: int) -> str:
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""
