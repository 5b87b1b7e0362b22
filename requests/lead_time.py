"""How long the material lies with the departments before the decision may begin (R045)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from audit.acting import day_of, now
from supervision.calendar import working_days
from supervision.states import Urgency

if TYPE_CHECKING:
    from requests.models import CoordinationRequest

# Working days by urgency.
LEAD_DAYS = {Urgency.NORMAL.value: 2, Urgency.URGENT.value: 1, Urgency.EXTRA.value: 0}


def ripe_on(matter: CoordinationRequest) -> date | None:
    """The first day on which the decision may begin without a reason; none before the material is delivered."""
    if matter.material_delivered_at is None:
        return None
    delivered, days = day_of(matter.material_delivered_at), LEAD_DAYS[matter.urgency]
    return working_days().next_day(delivered, days) if days else delivered


def is_over(matter: CoordinationRequest) -> bool:
    """Whether it has passed. The simple track knows none: its sheet asked, and everybody has answered."""
    ripe = ripe_on(matter)
    return matter.is_simple or (ripe is not None and day_of(now()) >= ripe)


def may_be_cut(matter: CoordinationRequest) -> bool:
    """An urgent matter goes on sooner with a reason; a normal one waits."""
    return bool(matter.urgency != Urgency.NORMAL)
