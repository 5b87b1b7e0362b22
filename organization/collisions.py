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
