"""Who records what was agreed, and who objects to it (R092). Pure: no queries."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from requests.letter_policies import may_draft_letter
from requests.policies import is_officer

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import CoordinationRequest


def may_record_agreement(matter: CoordinationRequest, user: User, concerned: Collection[int]) -> bool:
    """Anybody with a post in a department that is concerned, and the office."""
    return is_officer(matter, user) or may_draft_letter(user, concerned)


def may_answer_agreement(user: User, departments: Collection[int]) -> bool:
    """The head of a side whose own people agreed (`departments`: those that were not at the table themselves)."""
    return not user.authority.headed.isdisjoint(departments)
