"""Comments as they are read and written: who is called by @name, what stood there before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from audit.refusals import Invalid
from organization.models import User
from requests import policies
from requests.models import Comment, CoordinationRequest
from requests.references import POINTED, Reference, number_of, references, shown

LONGEST = 1000
MOST_NAMED = 20
SHOWN = 200
EDIT_WITHIN = timedelta(minutes=15)
# Not the @ of a mail address.
CALLED = re.compile(r"(?<![\w.@-])@([\w·.-]{1,40})")


def called(text: str) -> dict[str, list[User]]:
    """Who is meant by each @ in a text. Chinese parts no words: of the names that fit, the longest counts."""
    found: dict[str, list[User]] = {}
    words = {hit[1] for hit in CALLED.finditer(text)}
    starts = {word[:length] for word in words for length in range(1, len(word) + 1)}
    people = User.objects.active().filter(Q(name__in=starts) | Q(username__in=starts)) if starts else ()
    by_name: dict[str, list[User]] = {}
    for person in people:
        for name in {person.name, person.username}:
            by_name.setdefault(name, []).append(person)
    for word in sorted(words):
        name = max((name for name in by_name if word.startswith(name)), key=len, default="")
        found[name or word] = by_name.get(name, [])
    return found


def insist_on_mentioned(matter: CoordinationRequest, text: str) -> list[User]:
    """The people that a comment calls. Raises Invalid where somebody is not there, or may not see the matter."""
    named = called(text)
    if len(named) > MOST_NAMED:
        raise _refused(_("At most %(most)s people are called in one comment.") % {"most": MOST_NAMED})
    return [_the_one(matter, name, people) for name, people in named.items()]


def _the_one(matter: CoordinationRequest, name: str, people: Sequence[User]) -> User:
    if not people:
        raise _refused(
            _("Nobody here is called “%(name)s”. Write the full name after the @, or leave the @ out.")
            % {"name": name}
        )
    seeing = [person for person in people if sees(person, matter)]
    if not seeing:
        raise _refused(
            _(
                "%(name)s may not see this matter and is not told. Leave the @ out, or have the department take part."
            )
            % {"name": name}
        )
    if len(seeing) > 1:
        logins = " / ".join(person.username for person in seeing)
        raise _refused(
            _("Several people are called %(name)s. Write the login name: %(logins)s.")
            % {"name": name, "logins": logins}
        )
    return seeing[0]


def sees(person: User, matter: CoordinationRequest) -> bool:
    return bool(CoordinationRequest.objects.inside(person).filter(pk=matter.pk).exists())


def _refused(sentence: str) -> Invalid:
    return Invalid(sentence, fields={"text": [sentence]})


def insist_on_text(text: str) -> None:
    if not text.strip():
        raise _refused(_("Write what you want to say."))
    if len(text) > LONGEST:
        raise _refused(
            _("Now %(count)s characters, at most %(most)s. Shorten it.")
            % {"count": len(text), "most": LONGEST}
        )


# --- reading ---


@dataclass(frozen=True)
class Said:
    """A comment as this reader sees it."""

    comment: Comment
    words: SafeString
    earlier: list[tuple[datetime, str]]
    may_change: bool
    may_withdraw: bool


def said(
    comments: Sequence[Comment], matter: CoordinationRequest, reader: User, moment: datetime
) -> list[Said]:
    """The comments of a matter: numbers lead only where this reader may go, a withdrawn one keeps its words to itself."""
    standing = [row for row in comments if row.withdrawn_at is None]
    links = references((row.text for row in standing), reader)
    names = {row.pk: [person.name for person in row.mentioned.all()] for row in standing}
    earlier = _earlier([row.pk for row in standing if row.edited_at])
    is_open = policies.may_discuss(matter, reader)
    return [
        Said(
            comment=row,
            words=_words(row.text, names.get(row.pk, []), links)
            if row.withdrawn_at is None
            else SafeString(),
            earlier=earlier.get(row.pk, []),
            may_change=is_open and may_still_change(row, reader, moment),
            may_withdraw=is_open and row.author_id == reader.pk and row.withdrawn_at is None,
        )
        for row in comments
    ]


def may_still_change(comment: Comment, reader: User, moment: datetime) -> bool:
    return (
        comment.author_id == reader.pk
        and comment.withdrawn_at is None
        and moment - comment.written_at <= EDIT_WITHIN
    )


def _words(text: str, names: Sequence[str], links: dict[str, Reference]) -> SafeString:
    """Escaped, with its links and its names."""
    parts, at = [], 0
    for hit in POINTED.finditer(text):
        parts += [_called_out(text[at : hit.start()], names), shown(number_of(hit), links)]
        at = hit.end()
    parts.append(_called_out(text[at:], names))
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped


def _called_out(text: str, names: Sequence[str]) -> str:
    escaped = str(conditional_escape(text)).replace("\n", "<br>")
    for name in sorted(names, key=len, reverse=True):
        safe = conditional_escape(name)
        escaped = escaped.replace(f"@{safe}", f"<strong>@{safe}</strong>")
    return escaped


def _earlier(ids: Sequence[int]) -> dict[int, list[tuple[datetime, str]]]:
    """The texts that a changed comment had before, the oldest first."""
    found: dict[int, list[tuple[datetime, str]]] = {}
    if not ids:
        return found
    kept: Any = Comment.history.filter(id__in=ids).order_by("history_date", "history_id")
    for row in kept.values_list("id", "history_date", "text"):
        texts = found.setdefault(row[0], [])
        if not texts or texts[-1][1] != row[2]:
            texts.append(row[1:])
    return {pk: texts[:-1] for pk, texts in found.items()}
