"""Reported done with its evidence, checked by somebody else, closed or sent back (A8 to A10), each look on a sheet (F14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.base import File as Upload
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import day_of, now, today
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from audit.transitions import insist
from organization import people
from organization.models import User
from requests import acceptance_rules, item_rules, policies
from requests.acceptance_rules import Defects, conclusion_of
from requests.acceptance_states import AcceptanceKind, Judgement
from requests.flows.acceptance import list_defects, owe_defects, write_sheet
from requests.flows.cycle import begin_cycle, end_cycle
from requests.flows.extensions import drop_extension
from requests.flows.item_shared import (
    ITEM,
    ask_for_completion,
    close_of_office,
    execution_of,
    has_evidence,
    insist_on_running,
    item_owes,
    keep_evidence,
    lock_item,
    tell_item,
)
from requests.flows.items import begin
from requests.flows.obstacles import end_obstacles
from requests.flows.shared import speakers, tell_people
from requests.models import ActionItem
from requests.states import ItemState
from supervision import flows as supervision
from supervision.states import Kind

# While the verifier holds the ball nobody chases the owner (domain §6.2, Never).
VERIFICATION = "verification"


@flow
def submit_item(
    *, item_id: int, by: User, result: str, evidence: Sequence[Upload[Any]] = (), evidence_note: str = ""
) -> ActionItem:
    """A8: reported done, with what was reached against the standard and its evidence. The verifier has the ball now.

    The evidence is at least one file, sent along or attached before; where the standard needs no paper, a note of where
    and how one can see it.
    """
    item = lock_item(item_id)
    insist_on_running(item)
    if item.state in (ItemState.ISSUED, ItemState.ACKNOWLEDGED) and policies.may_work(item, by):
        item = begin(item_id=item_id, by=by, first_step=result)
    insist(item.submit, by)
    _insist_on_evidence(item, result=result, evidence=evidence, evidence_note=evidence_note)
    item.submit()
    item.result, item.submitted_at, item.submitted_by, item.percent = result.strip(), now(), by, 100
    item.evidence_note = evidence_note.strip()
    item.save()
    keep_evidence(item, evidence, by)
    end_cycle(item)
    supervision.suspend(
        subject_type=ActionItem.SUBJECT,
        subject_id=item.pk,
        reason=_("Reported done, being verified"),
        cause=VERIFICATION,
    )
    supervision.owe(
        kind=Kind.VERIFY, holder=item.verifier, holder_department=None if item.verifier else people.office(),
        **item_owes(item, asked_by=by),
    )  # fmt: skip
    drop_extension(item)
    tell_people(
        item.matter, [item.verifier] if item.verifier else people.officers(),
        _n("%(number)s was reported done; please check it."), key=f"item:{item.pk}:submitted:{item.rework_count}",
        number=item.number, url_name=ITEM, url_args=[item.pk], to_do=True,
    )  # fmt: skip
    tell_item(item, "submit", _n("%(department)s %(actor)s reported %(number)s done."), by=by, reason=result)
    return item


@flow
def attach_evidence(*, item_id: int, by: User, evidence: Sequence[Upload[Any]]) -> int:
    """Papers that show how far it has come; added while the item is open."""
    item = lock_item(item_id)
    if not policies.may_add_evidence(item, by):
        raise NotYours(_("Only those who work on it or check it add files."))
    if not item.is_open:
        raise NotReady(_("The item has ended; it can only be read."))
    return keep_evidence(item, evidence, by)


@flow
def close_item(
    *,
    item_id: int,
    by: User,
    note: str = "",
    completeness: str = Judgement.MET,
    quality: str = Judgement.MET,
    defects: Defects = (),
) -> ActionItem:
    """A9: checked and struck off by somebody else than the doer. On time is judged by the original date (domain §6.4).

    The acceptance sheet (F14) says how: mostly met passes with conditions, each defect owed by a person and a day.
    """
    item = lock_item(item_id)
    insist(item.close, by)
    acceptance_rules.insist_on_pass(conclusion_of(completeness, quality), defects)
    item.close()
    item.closed_at, item.closed_by = now(), by
    item.is_on_time = day_of(item.closed_at) <= _original_due(item)
    item.save()
    supervision.discharge(kind=Kind.VERIFY, subject_type=ActionItem.SUBJECT, subject_id=item.pk)
    end_obstacles(item, by, _("The item has been closed."))
    supervision.discharge(kind=Kind.EXECUTE, subject_type=ActionItem.SUBJECT, subject_id=item.pk)
    tell_people(
        item.matter, [item.assignee], _n("%(number)s has been checked and closed."), key=f"item:{item.pk}:closed",
        number=item.number, url_name=ITEM, url_args=[item.pk],
    )  # fmt: skip
    tell_item(item, "close", _n("%(actor)s checked %(number)s and closed it."), by=by, reason=note, tone="ok")
    sheet = write_sheet(
        item, by, kind=AcceptanceKind.FINAL, completeness=completeness, quality=quality, is_on_time=item.is_on_time,
        note=note,
    )  # fmt: skip
    owe_defects(sheet, defects, by)
    ask_for_completion(item.matter)
    return item


@flow
def send_back(
    *,
    item_id: int,
    by: User,
    defects: str,
    due_on: date,
    completeness: str = Judgement.MISSED,
    quality: str = Judgement.MET,
) -> ActionItem:
    """A10: not good enough: the defects are named, one a line, a new date is set, the original date stays.

    The acceptance sheet (F14) says what is not met: completion, quality or both (R103, R104).
    """
    item = lock_item(item_id)
    insist(item.send_back, by)
    found = acceptance_rules.lines_of(defects)
    acceptance_rules.insist_on_failure(conclusion_of(completeness, quality), found)
    item_rules.insist_on_due_date(due_on, field="due_on")
    sheet = write_sheet(
        item, by, kind=AcceptanceKind.FINAL, completeness=completeness, quality=quality,
        is_on_time=today() <= _original_due(item),
    )  # fmt: skip
    list_defects(sheet, found, due_on=due_on)
    item.send_back()
    last = item.reports.first()  # that it was reported done is taken back with it (F12)
    item.percent = last.percent if last is not None else 0
    item.save()
    supervision.discharge(kind=Kind.VERIFY, subject_type=ActionItem.SUBJECT, subject_id=item.pk)
    supervision.resume(subject_type=ActionItem.SUBJECT, subject_id=item.pk, cause=VERIFICATION)
    duty = execution_of(item)
    if duty is not None:
        supervision.change_due(obligation_id=duty.pk, due_at=close_of_office(due_on))
    begin_cycle(item)
    tell_people(
        item.matter, [item.assignee, *speakers([item.department_id])],
        _n("%(number)s was sent back; new date %(due)s."), key=f"item:{item.pk}:back:{item.rework_count}",
        params={"due": f"{due_on:%Y-%m-%d}"}, number=item.number, url_name=ITEM, url_args=[item.pk], to_do=True,
    )  # fmt: skip
    tell_item(
        item, "send_back", _n("%(actor)s sent %(number)s back, new date %(due)s."), by=by, reason=defects,
        params={"due": f"{due_on:%Y-%m-%d}"}, tone="warn",
    )  # fmt: skip
    return item


def _original_due(item: ActionItem) -> date:
    duty = execution_of(item)
    return day_of(duty.original_due_at) if duty and duty.original_due_at else item.agreed_due_on


def _insist_on_evidence(
    item: ActionItem, *, result: str, evidence: Sequence[Upload[Any]], evidence_note: str
) -> None:
    """A8: the result, and something by which the verifier can see it; both gaps at once."""
    fields: dict[str, list[Sentence]] = {}
    if not result.strip():
        fields["result"] = [_("Write what was reached, measured by the standard.")]
    if not (evidence or evidence_note.strip() or has_evidence(item)):
        fields["evidence"] = [_("Add a file, or write where and how the result can be checked.")]
    if fields:
        raise Invalid(_("The report is not complete."), fields=fields)
