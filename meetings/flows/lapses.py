"""What happens when a limit of this app has passed: silence on the minutes counts as confirmation (M9)."""

from __future__ import annotations

from datetime import datetime

from audit.acting import SYSTEM
from audit.one_by_one import each
from meetings.flows.minutes import deem_confirmed
from meetings.models import Minutes
from supervision.models import Obligation
from supervision.states import Kind


def act_on_lapses(now: datetime) -> int:
    """Take every lapsed confirmation, each in a transaction of its own."""
    lapsed = Obligation.objects.lapsed_unanswered(Kind.MINUTES_CONFIRM).filter(subject_type=Minutes.SUBJECT)
    return each(
        list(lapsed.values_list("subject_id", "holder_id")[:1000]),
        lambda row: deem_confirmed(minutes_id=row[0], person_id=row[1], by=SYSTEM),
    )
