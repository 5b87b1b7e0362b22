"""Two people at one text: whoever saves second is told who was first, and loses nothing of what they wrote.

A form carries the fingerprint of what it showed (`seen`); the flow compares it with what stands there now.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.acting import now
from audit.refusals import Conflict
from organization.models import User


def fingerprint(*values: Any) -> str:
    """The same for the same words, whatever blanks a form put around them."""
    words = [str(value or "").replace("\r\n", "\n").strip() for value in values]
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()[:16]


def insist_on_seen(seen: str, standing: str, *, name: str, at: datetime | None) -> None:
    """Raise Conflict where something else stands there than what the form showed; an empty `seen` asks nothing."""
    if seen and seen != standing:
        raise Conflict(
            _("%(name)s changed this at %(time)s. Compare it with what stands there now, then save again.")
            % {"name": name or _("Somebody"), "time": f"{timezone.localtime(at):%H:%M}" if at else "—"},
            seen=standing,
        )


def insist_on_standing(thing: Any, field: str, *, seen: str, theirs: object, yours: object) -> None:
    """The same of one plain field: who put there what stands there now, how long ago, and what the other one wanted.

    `seen` is the fingerprint of the stored value (the id of a person); `theirs` and `yours` are words.
    """
    standing = fingerprint(getattr(thing, field))
    if not seen or seen == standing:
        return
    name, at = hand_on(thing, field)
    told = {"name": name or _("Somebody"), "theirs": theirs or "—", "yours": yours or "—", "ago": ago(at)}
    sentence = (
        _("%(name)s chose %(theirs)s already, %(ago)s: nothing is left to do.") % told
        if theirs == yours
        else _("%(name)s changed it to %(theirs)s %(ago)s, you chose %(yours)s. Please choose again.") % told
    )
    raise Conflict(sentence, fields={field.removesuffix("_id"): [sentence]}, seen=standing)


def hand_on(thing: Any, field: str) -> tuple[str, datetime | None]:
    """Who put there what stands in this field now, and when, by the readable history."""
    rows = type(thing).history.filter(id=thing.pk).order_by("-history_date", "-history_id")
    found: tuple[str, datetime | None] = ("", None)
    for value, key, at in rows.values_list(field, "history_user_id", "history_date")[:100]:
        if value != getattr(thing, field):
            break
        found = (key, at)
    return name_of(found[0]) if found[0] else "", found[1]


def ago(at: datetime | None) -> str:
    """A moment as far as it lies back."""
    minutes = int((now() - at).total_seconds() // 60) if at else 0
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    return _("on %(when)s") % {"when": f"{timezone.localtime(at):%Y-%m-%d %H:%M}"}


def last_hand(thing: Any) -> tuple[str, datetime | None]:
    """Who saved this thing last, and when, by its readable history."""
    row = type(thing).history.filter(id=thing.pk).order_by("-history_date", "-history_id").first()
    if row is None:
        return "", None
    return name_of(row.history_user_id), row.history_date


def name_of(key: str) -> str:
    """`person:7` as a name; empty for a part of the system."""
    kind, _colon, pk = key.partition(":")
    if kind != "person" or not pk.isdecimal():
        return ""
    return str(User.objects.filter(pk=int(pk)).values_list("name", flat=True).first() or "")
