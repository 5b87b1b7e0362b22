"""A change of an action item that was closed meanwhile changes nothing any more: it ends as void and holds nothing up (R094)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM
from audit.flow import flow
from audit.one_by_one import each
from requests.change_states import UNDONE
from requests.flows.change_shared import lock_change, tell_change
from requests.flows.shared import speakers
from requests.models import ChangeRequest
from requests.states import ITEM_OPEN
from supervision import flows as supervision

BATCH = 200


def is_moot(change: ChangeRequest) -> bool:
    """One that holds already on an oral order is not: its papers follow."""
    return change.applied_at is None and change.item is not None and not change.item.is_open


def end_void_changes(now: datetime) -> int:
    """A step of the tick: every change that is not carried out and whose item is closed."""
    rows = ChangeRequest.objects.filter(state__in=UNDONE, applied_at=None, item__isnull=False)
    found = rows.exclude(item__state__in=ITEM_OPEN).order_by("pk").values_list("pk", flat=True)
    return each(list(found[:BATCH]), lambda pk: end_void_change(change_id=pk, by=SYSTEM))


@flow
def end_void_change(*, change_id: int, by: Any) -> ChangeRequest | None:
    """Nobody owes it a word any more; whoever asked for it, decides on it or would carry it out hears why."""
    change = lock_change(change_id)
    if change.state not in UNDONE or not is_moot(change):
        return None
    change.lapse()
    change.save()
    supervision.cancel(subject_type=ChangeRequest.SUBJECT, subject_id=change.pk)
    lead = speakers([change.matter.lead_department_id or 0])
    tell_change(
        change, "end_void_change", _n("The change %(number)s has ended: its action item is closed, so nothing is left to change."),
        None, [change.asked_by, change.approver, change.matter.keeper, *lead],
    )  # fmt: skip
    return change
