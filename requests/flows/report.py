"""How far an item has come: the progress report (A6, form F12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.base import File as Upload
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import day_of, now
from audit.flow import flow
from audit.refusals import NotReady, NotYours
from organization import people
from organization.models import User
from requests import item_rules, policies
from requests.flows.cycle import begin_cycle
from requests.flows.item_shared import (
    ITEM,
    execution_of,
    insist_on_running,
    keep_evidence,
    lock_item,
    tell_item,
)
from requests.flows.items import begin
from requests.flows.shared import tell_people
from requests.models import ActionItem, ProgressReport
from requests.states import ItemState

# How people write that there is none.
NO_DIFFICULTY = ("无", "没有", "none")


@flow
def report(
    *,
    item_id: int,
    by: User,
    percent: int,
    done: str,
    next_step: str = "",
    next_on: date | None = None,
    difficulty: str = "",
    coordination: str = "",
    expected_on: date | None = None,
    risk_change: str = "",
    lower_reason: str = "",
    evidence: Sequence[Upload[Any]] = (),
) -> ProgressReport:
    """A6: a progress report (form F12). The next one is owed a cycle later (R085).

    What has to be coordinated reaches the office at once (R090); so does a date that will not be kept (R089).
    """
    item = lock_item(item_id)
    insist_on_running(item)
    if not policies.may_work(item, by):
        raise NotYours(_("Only the responsible person and the department's liaison report on it."))
    if item.state in (ItemState.ISSUED, ItemState.ACKNOWLEDGED):
        item = begin(item_id=item_id, by=by, first_step=done)
    if item.state != ItemState.IN_PROGRESS:
        raise NotReady(_("It is not in progress, so nothing can be reported now."))
    item_rules.insist_on_report(
        item, percent=percent, done=done, next_step=next_step, next_on=next_on, difficulty=difficulty,
        expected_on=expected_on, lower_reason=lower_reason,
    )  # fmt: skip
    row = ProgressReport.objects.create(
        item=item, reported_by=by, reported_at=now(), percent=percent, done=done.strip(), next_step=next_step.strip(),
        next_on=next_on, difficulty=difficulty.strip(), lower_reason=lower_reason.strip(),
        wants_help=bool(coordination.strip()), coordination=coordination.strip(), expected_on=expected_on,
        risk_change=risk_change.strip(),
    )  # fmt: skip
    item.percent = percent
    item.save()
    keep_evidence(item, evidence, by)
    begin_cycle(item)
    _tell_the_office(item, row)
    tell_item(
        item, "report", _n("%(department)s %(actor)s reported on %(number)s: %(percent)s%%."), by=by,
        params={"percent": percent}, reason="\n".join(filter(None, (row.done, _if_any(row.difficulty), row.coordination))),
    )  # fmt: skip
    return row


def _if_any(difficulty: str) -> str:
    """That there is no difficulty stands in the report; the story need not repeat it."""
    return "" if difficulty.strip("。. ").lower() in NO_DIFFICULTY else difficulty


def _tell_the_office(item: ActionItem, row: ProgressReport) -> None:
    """What the case officer should not have to look for: a wish for help, a date that will not be kept."""
    keepers = [item.matter.keeper] if item.matter.keeper else people.officers()
    if row.wants_help:
        tell_people(
            item.matter, keepers, _n("%(number)s: %(department)s asks the office for help."), key=f"help:{row.pk}",
            params={"department": item.department_name}, number=item.number, url_name=ITEM, url_args=[item.pk], to_do=True,
        )  # fmt: skip
    duty = execution_of(item)
    due_on = day_of(duty.due_at) if duty and duty.due_at else None
    if row.expected_on and due_on and row.expected_on > due_on:
        tell_people(
            item.matter, keepers, _n("%(number)s: %(department)s expects to finish on %(expected)s, after the due date %(due)s."),
            key=f"forecast:{row.pk}", number=item.number, url_name=ITEM, url_args=[item.pk],
            params={"department": item.department_name, "expected": f"{row.expected_on:%Y-%m-%d}", "due": f"{due_on:%Y-%m-%d}"},
        )  # fmt: skip
