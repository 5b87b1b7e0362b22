"""The work on an action item: signed for, started, reported, checked, closed (domain §3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.base import File as Upload
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import day_of, now, today
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from audit.transitions import insist
from documents.flows import attach
from notifications.flows import announce
from notifications.states import NoticeKind
from organization import people
from organization.models import User
from requests import item_rules, policies, rules
from requests.flows.extensions import drop_extension
from requests.flows.item_shared import (
    ITEM,
    close_of_office,
    execution_of,
    insist_on_running_matter,
    item_owes,
    lock_item,
    tell_item,
)
from requests.flows.shared import let_read, speakers, tell_people
from requests.models import ActionItem, CoordinationRequest, ProgressReport
from requests.states import BEING_WORKED_ON, ItemState, Receipt, Stage
from supervision import flows as supervision
from supervision.models import Obligation
from supervision.states import Kind

# While the verifier holds the ball nobody chases the owner (domain §6.2, Never).
VERIFICATION = "verification"
EVIDENCE = "evidence"


@flow
def acknowledge(*, item_id: int, by: User) -> ActionItem:
    """A2: a person signs for the item."""
    item = lock_item(item_id)
    insist(item.acknowledge, by)
    item.acknowledge()
    _received(item, Receipt.REAL)
    supervision.discharge(kind=Kind.RECEIPT, subject_type=ActionItem.SUBJECT, subject_id=item.pk)
    tell_item(item, "acknowledge", _n("%(department)s %(actor)s signed for %(number)s."), by=by)
    return item


@flow
def deem_received(*, item_id: int, by: Any) -> ActionItem | None:
    """A2: the limit has passed unsigned, so the item counts as received since its delivery (R101)."""
    item = lock_item(item_id)
    if item.state != ItemState.ISSUED or item.matter.is_suspended:
        return None
    item.deem_received()
    _received(item, Receipt.DEEMED)
    supervision.discharge(
        kind=Kind.RECEIPT, subject_type=ActionItem.SUBJECT, subject_id=item.pk, outcome="deemed"
    )
    tell_item(
        item,
        "deem_received",
        _n("%(number)s was not signed for in time and counts as received."),
        tone="warn",
    )
    return item


@flow
def start(*, item_id: int, by: User, first_step: str) -> ActionItem:
    """A5: the first substantive reply: what will be done first."""
    item = lock_item(item_id)
    insist_on_running_matter(item)
    if item.state == ItemState.ISSUED:
        acknowledge(item_id=item_id, by=by)
        item = lock_item(item_id)
    insist(item.start, by)
    if not first_step.strip():
        raise Invalid(_("Write the first step."), fields={"first_step": [_("Write the first step.")]})
    item.start()
    item.first_reply_at = now()
    item.save()
    supervision.discharge(kind=Kind.FIRST_REPLY, subject_type=ActionItem.SUBJECT, subject_id=item.pk)
    tell_item(item, "start", _n("%(department)s %(actor)s started %(number)s."), by=by, reason=first_step)
    return item


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
    lower_reason: str = "",
    wants_help: bool = False,
) -> ProgressReport:
    """A6: a progress report (form F12). Less than before needs its reason; a difficulty may ask the office for help."""
    item = lock_item(item_id)
    insist_on_running_matter(item)
    if not policies.may_work(item, by):
        raise NotYours(_("Only the responsible person and the department's liaison report on it."))
    if item.state in (ItemState.ISSUED, ItemState.ACKNOWLEDGED):
        item = start(item_id=item_id, by=by, first_step=done)
    if item.state != ItemState.IN_PROGRESS:
        raise NotReady(_("It is not in progress, so nothing can be reported now."))
    item_rules.insist_on_report(
        item,
        percent=percent,
        done=done,
        difficulty=difficulty,
        lower_reason=lower_reason,
        wants_help=wants_help,
    )
    row = ProgressReport.objects.create(
        item=item, reported_by=by, reported_at=now(), percent=percent, done=done.strip(), next_step=next_step.strip(),
        next_on=next_on, difficulty=difficulty.strip(), lower_reason=lower_reason.strip(), wants_help=wants_help,
    )  # fmt: skip
    item.percent = percent
    item.save()
    if wants_help:
        tell_people(
            item.matter, [item.matter.keeper] if item.matter.keeper else people.officers(),
            _n("%(number)s: %(department)s asks the office for help."), key=f"help:{row.pk}",
            params={"department": item.department_name}, number=item.number, url_name=ITEM, url_args=[item.pk],
        )  # fmt: skip
    tell_item(
        item, "report", _n("%(department)s %(actor)s reported on %(number)s: %(percent)s%%."), by=by,
        params={"percent": percent}, reason=row.done + (f"\n{row.difficulty}" if row.difficulty else ""),
    )  # fmt: skip
    return row


@flow
def submit_item(*, item_id: int, by: User, result: str, evidence: Sequence[Upload[Any]] = ()) -> ActionItem:
    """A8: reported done, with what was reached against the standard and its evidence. The verifier has the ball now."""
    item = lock_item(item_id)
    insist_on_running_matter(item)
    if item.state in (ItemState.ISSUED, ItemState.ACKNOWLEDGED) and policies.may_work(item, by):
        item = start(item_id=item_id, by=by, first_step=result)
    insist(item.submit, by)
    if not result.strip():
        sentence = _("Write what was reached, measured by the standard.")
        raise Invalid(sentence, fields={"result": [sentence]})
    item.submit()
    item.result, item.submitted_at, item.submitted_by, item.percent = result.strip(), now(), by, 100
    item.save()
    _keep_evidence(item, evidence, by)
    supervision.suspend(
        subject_type=ActionItem.SUBJECT,
        subject_id=item.pk,
        reason=_("Reported done, being verified"),
        cause=VERIFICATION,
    )
    supervision.owe(
        kind=Kind.VERIFY, holder=item.verifier, holder_department=None if item.verifier else people.office(),
        asked_by=by, **item_owes(item),
    )  # fmt: skip
    drop_extension(item)
    tell_people(
        item.matter, [item.verifier] if item.verifier else people.officers(),
        _n("%(number)s was reported done; please check it."), key=f"item:{item.pk}:submitted:{item.rework_count}",
        number=item.number, url_name=ITEM, url_args=[item.pk],
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
    return _keep_evidence(item, evidence, by)


@flow
def close_item(*, item_id: int, by: User, note: str = "") -> ActionItem:
    """A9: checked and struck off by somebody else than the doer. On time is judged by the original date (domain §6.4)."""
    item = lock_item(item_id)
    insist(item.close, by)
    item.close()
    item.closed_at, item.closed_by = now(), by
    item.is_on_time = day_of(item.closed_at) <= _original_due(item)
    item.save()
    supervision.discharge(kind=Kind.VERIFY, subject_type=ActionItem.SUBJECT, subject_id=item.pk)
    supervision.discharge(kind=Kind.EXECUTE, subject_type=ActionItem.SUBJECT, subject_id=item.pk)
    tell_people(
        item.matter, [item.assignee], _n("%(number)s has been checked and closed."), key=f"item:{item.pk}:closed",
        number=item.number, url_name=ITEM, url_args=[item.pk],
    )  # fmt: skip
    tell_item(item, "close", _n("%(actor)s checked %(number)s and closed it."), by=by, reason=note, tone="ok")
    _ask_for_completion(item.matter)
    return item


@flow
def send_back(*, item_id: int, by: User, defects: str, due_on: date) -> ActionItem:
    """A10: not good enough: the defects are named, a new date is set, the original date stays."""
    item = lock_item(item_id)
    insist(item.send_back, by)
    if not defects.strip():
        raise Invalid(_("Name the defects."), fields={"defects": [_("Name the defects.")]})
    item_rules.insist_on_due_date(due_on, field="due_on")
    item.send_back()
    item.save()
    supervision.discharge(kind=Kind.VERIFY, subject_type=ActionItem.SUBJECT, subject_id=item.pk)
    supervision.resume(subject_type=ActionItem.SUBJECT, subject_id=item.pk, cause=VERIFICATION)
    duty = execution_of(item)
    if duty is not None:
        supervision.change_due(obligation_id=duty.pk, due_at=close_of_office(due_on))
    tell_people(
        item.matter, [item.assignee, *speakers([item.department_id])],
        _n("%(number)s was sent back; new date %(due)s."), key=f"item:{item.pk}:back:{item.rework_count}",
        params={"due": f"{due_on:%Y-%m-%d}"}, number=item.number, url_name=ITEM, url_args=[item.pk],
    )  # fmt: skip
    tell_item(
        item, "send_back", _n("%(actor)s sent %(number)s back, new date %(due)s."), by=by, reason=defects,
        params={"due": f"{due_on:%Y-%m-%d}"}, tone="warn",
    )  # fmt: skip
    return item


@flow
def reassign(*, item_id: int, by: User, assignee: User, note: str) -> ActionItem:
    """A11: another person of the same department does it; the hand-over note stays in the history."""
    item = lock_item(item_id)
    if not policies.may_reassign(item, by):
        raise NotYours(_("Only the department head and the coordination office reassign an item."))
    insist_on_running_matter(item)
    if item.state not in BEING_WORKED_ON:
        raise NotReady(_("Only an item that is being worked on can be reassigned."))
    _insist_on_successor(item, assignee, note)
    before, item.assignee = item.assignee, assignee
    item.save()
    let_read(item.matter, users=[assignee.pk], why="item")
    for duty in Obligation.objects.of(ActionItem.SUBJECT, item.pk).open().filter(holder=before):
        supervision.hand_over(obligation_id=duty.pk, holder=assignee)
    tell_people(
        item.matter, [assignee, before], _n("%(number)s passed from %(before)s to %(after)s."),
        key=f"item:{item.pk}:to:{assignee.pk}:{now():%Y%m%d%H%M%S}", number=item.number, url_name=ITEM, url_args=[item.pk],
        params={"before": before.name, "after": assignee.name},
    )  # fmt: skip
    tell_item(
        item, "reassign", _n("%(actor)s passed %(number)s from %(before)s to %(after)s."), by=by, reason=note,
        params={"before": before.name, "after": assignee.name},
    )  # fmt: skip
    return item


@flow
def cancel_item(*, item_id: int, by: User, reason: str) -> ActionItem:
    """A12: no longer to be done, with its reason."""
    item = lock_item(item_id)
    insist(item.cancel, by)
    rules.insist_on_reason(reason)
    item.cancel()
    item.cancel_reason = reason
    item.save()
    drop_extension(item)
    supervision.cancel(subject_type=ActionItem.SUBJECT, subject_id=item.pk)
    tell_people(
        item.matter, [item.assignee], _n("%(number)s was cancelled."), key=f"item:{item.pk}:cancelled",
        number=item.number or "", url_name=ITEM, url_args=[item.pk],
    )  # fmt: skip
    tell_item(item, "cancel", _n("%(actor)s cancelled %(number)s."), by=by, reason=reason, tone="warn")
    _ask_for_completion(item.matter)
    return item


@flow
def remind(*, item_ids: Sequence[int], by: User) -> int:
    """A person of the office reminds whoever has the ball (催办): once a day for each item; returns how many.

    Items that have ended or were reminded of today already are passed over; NotReady when none is left.
    """
    if not policies.may_remind(by):
        raise NotYours(_("Only the coordination office sends reminders."))
    if not item_ids:
        raise Invalid(_("Choose at least one action item."))
    items = (
        ActionItem.objects.select_for_update(of=("self",))
        .open()
        .filter(pk__in=item_ids)
        .select_related("matter", "matter__keeper", "assignee", "verifier")
        .order_by("pk")
    )
    reminded = sum(_remind(item, by) for item in items)
    if not reminded:
        raise NotReady(_("All of them have ended or were reminded of today already."))
    return reminded


def _remind(item: ActionItem, by: User) -> bool:
    """Tell the verifier when it waits for checking, else owner and liaisons; the day in the key keeps it to once."""
    if item.state == ItemState.SUBMITTED:
        recipients = [item.verifier] if item.verifier else people.officers()
    else:
        recipients = [item.assignee, *speakers([item.department_id])]
    new = announce(
        recipients=recipients, sentence=_n("%(person)s reminds you of %(number)s: please report how far it has come."),
        params={"person": by.name}, number=item.number or "", url_name=ITEM, url_args=[item.pk],
        dedupe_key=f"item:{item.pk}:reminded:{today():%Y-%m-%d}", kind=NoticeKind.SUPERVISION,
    )  # fmt: skip
    if not new:
        return False
    tell_item(item, "remind", _n("%(actor)s sent a reminder of %(number)s."), by=by, tone="warn")
    return True


def _keep_evidence(item: ActionItem, uploads: Sequence[Upload[Any]], by: User) -> int:
    for upload in uploads:
        try:
            attach(
                upload=upload, subject_type=ActionItem.SUBJECT, subject_id=item.pk, case_id=item.matter_id, by=by,
                kind=EVIDENCE,
            )  # fmt: skip
        except Invalid as refusal:
            sentence = f"{upload.name}: {refusal}"
            raise Invalid(sentence, fields={"evidence": [sentence]}) from refusal
    return len(uploads)


def _insist_on_successor(item: ActionItem, assignee: User, note: str) -> None:
    if not note.strip():
        raise Invalid(_("Write the hand-over note."), fields={"note": [_("Write the hand-over note.")]})
    if assignee.pk == item.assignee_id:
        sentence = _("This person has it already. Choose somebody else.")
        raise Invalid(sentence, fields={"assignee": [sentence]})
    item_rules.insist_on_item(
        text=item.text, standard=item.standard, department=item.department, assignee=assignee,
        due_on=None, verifier=item.verifier,
    )  # fmt: skip


def _received(item: ActionItem, how: Receipt) -> None:
    item.acknowledged_at, item.receipt = now(), how
    item.save()


def _ask_for_completion(matter: CoordinationRequest) -> None:
    """When the last item is done, the lead department owes the completion of the whole matter."""
    if matter.stage == Stage.EXECUTION and not matter.items.unfinished().exists():
        supervision.owe(
            kind=Kind.CLOSE_EXECUTION, holder_department=matter.lead_department, asked_by=matter.filed_by,
            subject_type=matter.SUBJECT, subject_id=matter.pk, case_id=matter.pk, number=matter.number or "",
            url_name="requests:detail", url_args=[matter.pk], urgency=matter.urgency,
        )  # fmt: skip


def _original_due(item: ActionItem) -> date:
    duty = execution_of(item)
    return day_of(duty.original_due_at) if duty and duty.original_due_at else item.agreed_due_on
