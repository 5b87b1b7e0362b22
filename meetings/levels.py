"""How strict the minutes are: never below a matter that they tell of (F9, domain §5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from requests.states import OPEN_LEVELS, Confidentiality

if TYPE_CHECKING:
    from meetings.models import Meeting

ORDER = list(Confidentiality.values)


def strictest(meeting: Meeting) -> str:
    """The strictest level among the matters on the agenda; public when there is none."""
    found = meeting.items.exclude(matter=None).values_list("matter__confidentiality", flat=True)
    return max(found, key=ORDER.index, default=Confidentiality.PUBLIC.value)


def at_first(meeting: Meeting) -> str:
    """What a draft begins with: that of its strictest matter, internal at least until somebody opens it."""
    return max(strictest(meeting), Confidentiality.INTERNAL.value, key=ORDER.index)


def is_below(level: str, floor: str) -> bool:
    return ORDER.index(level) < ORDER.index(floor)


def offered(meeting: Meeting, present: str) -> list[Confidentiality]:
    """The levels that these minutes can have: at least the floor, and of those that name no persons."""
    floor = strictest(meeting)
    return [
        level
        for level in Confidentiality
        if not is_below(level, floor) and (level in OPEN_LEVELS or level in (floor, present))
    ]
