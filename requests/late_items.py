"""Which items of a matter are late, or expected late, at a moment: what a progress review has to answer for (R088)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from audit.acting import day_of
from requests.models import ActionItem, CoordinationRequest
from requests.states import BEING_WORKED_ON
from supervision.calendar import working_days
from supervision.models import Obligation
from supervision.states import Kind, State, Warned


@dataclass(frozen=True)
class Late:
    """An item with its date, and how many working days after it; 0 where its last word foretells it (R089)."""

    item: ActionItem
    due_on: date
    days: int


def late_items(matter: CoordinationRequest, moment: datetime) -> list[Late]:
    """The latest first. Who waits for a check, a ruling on a release or a dispute is not late: the clock is not theirs."""
    worked_on = matter.items.filter(state__in=BEING_WORKED_ON).select_related("assignee", "department")
    items: dict[int, ActionItem] = {item.pk: item for item in worked_on}
    foretold = Q(warn_why__in=[Warned.FORECAST, Warned.BEHIND], warn_at__lte=moment)
    duties = Obligation.objects.filter(
        foretold | Q(due_at__lt=moment), subject_type=ActionItem.SUBJECT, subject_id__in=items, kind=Kind.EXECUTE,
        state=State.OPEN, due_at__isnull=False,
    )  # fmt: skip
    calendar = working_days()
    return [
        Late(
            items[duty.subject_id], day_of(duty.due_at),
            calendar.days_between(duty.due_at, moment) if duty.due_at < moment else 0,
        )
        for duty in duties.order_by("due_at", "pk")
    ]  # fmt: skip
