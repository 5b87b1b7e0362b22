"""What is changed where it stands: in the cell of a list, beside its name on a page; the page of the verb takes over when it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from organization import people
from organization.collisions import fingerprint
from organization.models import User
from requests import policies
from requests.case import Step
from requests.models import ActionItem, CoordinationRequest
from requests.states import BEING_WORKED_ON

Choices = Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Offer:
    """Whom one can choose here, and the fingerprint of who stands there now."""

    choices: Choices
    seen: str


def assignees(items: Iterable[ActionItem], user: User) -> dict[int, Offer]:
    """The items that this person may pass on now, each with whom it can be passed on to: one query for all."""
    runs = (item for item in items if item.state in BEING_WORKED_ON and not item.is_suspended)
    own = [item for item in runs if policies.may_reassign(item, user)]
    if not own:
        return {}
    known = people.colleagues({item.department_id for item in own})
    return {item.pk: _offer(item, known.get(item.department_id, [])) for item in own}


def _offer(item: ActionItem, known: Choices) -> Offer:
    but_not = (item.assignee_id, item.verifier_id)
    return Offer([row for row in known if row[0] not in but_not], fingerprint(item.assignee_id))


def keepers(matter: CoordinationRequest, steps: Iterable[Step]) -> Offer | None:
    """Whom the head of the office can name as case officer, where that is a step of this person now."""
    if not any(step.key == "keeper" for step in steps):
        return None
    but_not = (matter.filed_by_id, matter.keeper_id)
    offered: list[Any] = [(one.pk, one.name) for one in people.officers() if one.pk not in but_not]
    return Offer(offered, fingerprint(matter.keeper_id))
