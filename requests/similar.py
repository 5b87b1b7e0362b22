"""Matters under way that may be about the same thing (R042), as far as a person may see them, each with its holder."""

from __future__ import annotations

from organization.models import User
from requests.models import CoordinationRequest
from requests.panels import held_by, with_leading_duty

MOST = 5


def similar_matters(user: User, title: str, but_not: int) -> list[tuple[CoordinationRequest, str]]:
    """The most alike first, each with the words for whoever holds it."""
    seen = CoordinationRequest.objects.visible_to(user).similar_to(title).exclude(pk=but_not)
    rows = with_leading_duty(list(seen.for_list_page()[:MOST]))
    return [(matter, held_by(duty)) for matter, duty in rows]
