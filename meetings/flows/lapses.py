"""What happens when a limit of this app has passed: silence on the minutes counts as confirmation (M9)."""

from __future__ import annotations

from datetime import datetime

from audit.acting import SYSTEM
from meetings.flows.minutes import deem_confirmed
from meetings.models import Minutes
from supervision.models import Obligation
from supervision.states import Kind


def act_on_lapses(now: datetime) -> int:
    """Take every lapsed confirmation, each in a transaction of its own."""
    lapsed = Obligation.objects.lapsed_unanswered(Kind.MINUTES_CONFIRM).filter(subject_type=Minutes.SUBJECT)
    acted = 0
    for minutes_id, person_id in list(lapsed.values_list("subject_id", "holder_id")[:1000]):
        acted += deem_confirmed(minutes_id=minutes_id, person_id=person_id, by=SYSTEM) is not None
    return acted
