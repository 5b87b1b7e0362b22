"""What was merged into a matter, directly or by a matter that was merged itself, and who goes on being told (R042)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from organization.models import User
from pages.prepared import Prepared
from requests.models import CoordinationRequest

TAKEN_IN = Prepared(
    lambda mains: (
        CoordinationRequest.objects.filter(merged_into__in=mains).select_related("filed_by").order_by("pk")
    )
)


def taken_in(matter: CoordinationRequest) -> list[CoordinationRequest]:
    """Everything that was merged into it. A merged matter is at its end, so the way down has no circle."""
    found: list[CoordinationRequest] = []
    front: list[int] = [matter.pk]
    while front:
        rows: Iterable[Any] = TAKEN_IN(front)
        front = [row.pk for row in rows]
        found += rows
    return found


def applicants(matter: CoordinationRequest) -> list[User]:
    """Who is told how it goes: whoever filed it, and whoever filed what was merged into it."""
    return [matter.filed_by, *joined_applicants(matter)]


def joined_applicants(matter: CoordinationRequest) -> list[User]:
    """The applicants of what was merged into it, without its own."""
    found = {row.filed_by_id: row.filed_by for row in taken_in(matter)}
    found.pop(matter.filed_by_id, None)
    return list(found.values())
