"""What a person from outside reads of a matter that is shared with them (R018, domain §5 column EX)."""

from __future__ import annotations

from typing import Any

from organization.models import User
from requests.models import ActionItem, CoordinationRequest
from requests.reads import PARTICIPANTS, questions_of


def shared_with(matter: CoordinationRequest, user: User) -> dict[str, Any]:
    """What it is about, what was decided, and the own items: no opinion, no paper, no word of the house."""
    return {
        "matter": matter,
        "departments": PARTICIPANTS(matter.pk),
        "questions": questions_of(matter),
        "items": ActionItem.objects.visible_to(user).filter(matter=matter).for_list_page(),
    }
