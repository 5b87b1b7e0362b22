"""What the numbers of notices are called, asked when they are read: whoever may no longer see a thing reads its number only."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from disputes.models import Dispute
from meetings.models import Meeting
from organization.models import User
from requests.models import ActionItem, CoordinationRequest, Letter, OutsidePaper

# Each kind of thing that bears a number, and the field that says what it is about.
NAMED: tuple[tuple[Any, str], ...] = (
    (CoordinationRequest.objects, "title"),
    (ActionItem.objects, "text"),
    (Letter.objects, "title"),
    (OutsidePaper.objects, "title"),
    (Meeting.objects, "title"),
    (Dispute.objects, "matter__title"),
)


def titles(reader: User, numbers: Collection[str]) -> dict[str, str]:
    """Title by number, of what this reader may see now: one question to the database."""
    if not numbers:
        return {}
    first, *others = [
        things.visible_to(reader).filter(number__in=numbers).order_by().values_list("number", name)
        for things, name in NAMED
    ]
    return dict(first.union(*others, all=True))
