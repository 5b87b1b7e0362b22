"""The life of an action item: drafted, issued, signed for, reported, closed (domain §3.2)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import day_of, now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from audit.transitions import insist
from documents.numbers import take
from documents.states import Series
from organization import people
from organization.models import Department, User
from requests import item_rules, policies, rules
from requests.flows.shared import let_read, lock, speakers, tell_people, tell_story
from requests.models import ActionItem, CoordinationRequest, ProgressReport, Question
from requests.states import FINAL_OUTCOMES, ItemState, Receipt, Stage
from supervision import flows as supervision
from supervision.calendar import working_days
from supervision.models import Obligation
from supervision.states import Kind

ITEM = "requests:item"
# While the verifier holds the ball nobody chases the owner (domain §6.2, Never).
VERIFICATION = "verification"


@flow
def draft_item(
    *,
    matter_id: int,
    by: User,
    text: str,
    standard: str,
    department: Department,
    assignee: User,
    due_on: date,
    question: Question | None = None,
    co_departments: tuple[Department, ...] = (),
    verifier: User | None = None,
    urgency: str = "normal",
    source_number: str = "",
    is_interim: bool = False,
) -> ActionItem:
    """Write down who will do what by when to which standard (R008, R061). It is issued with the decision."""
    matter = lock(matter_id)
    if not policies.may_draft_items(matter, by):
        raise NotYours(_("Only the office, the secretary and the lead department draft action items."))
    if matter.stage not in (Stage.DECISION, Stage.EXECUTION):
        raise NotReady(_("Action items are drafted while the matter is decided or carried out."))
    item_rules.insist_on_item(
        text=text,
        standard=standard,
        department=department,
        assignee=assignee,
        due_on=due_on,
        verifier=verifier,
    )
    item = ActionItem.objects.create(
        matter=matter, question=question, text=text.strip(), standard=standard.strip(), department=department,
        department_name=department.name, assignee=assignee, verifier=verifier, urgency=urgency,
        agreed_due_on=due_on, source_number=source_number, is_interim=is_interim,
    )  # fmt: skip
    item.co_departments.set(co_departments)
    let_read(matter, users=[pk for pk in (assignee.pk, verifier.pk if verifier else None) if pk], why="item")
    let_read(matter, departments=[department.pk, *(d.pk for d in co_departments)], why="item")
    return item


@flow
def discard_item(*, item_id: int, by: User) -> None:
    """Strike a drafted item that was never issued."""
    item = _lock(item_id)
    if not policies.may_draft_items(item.matter, by):
        raise NotYours(_("Only the office, the secretary and the lead department draft action items."))
    if item.state != ItemState.DRAFTED:
        raise NotReady(_("It has been issued already. Cancel it with a reason instead."))
    item.co_departments.clear()
    item.delete()


@flow
def issue_items(*, matter_id: int, only_settled: bool = False) -> int:
    """A1: hand out the drafted items of a decided matter, or only those of its settled questions. The clocks start now."""
    matter = lock(matter_id)
    drafts = matter.items.select_for_update(of=("self",)).filter(state=ItemState.DRAFTED)
    if only_settled:
        drafts = drafts.filter(question__outcome__in=FINAL_OUTCOMES)
    issued = 0
    for item in drafts.select_related("department", "assignee", "matter").order_by("pk"):
        _issue(item)
        issued += 1
    return issued


@flow
def issue_rework(*, matter_id: int, by: User) -> int:
    """Q18: hand out the items that answer the applicant's objection."""
    matter = lock(matter_id)
    if not policies.may_draft_items(matter, by):
        raise NotYours(_("Only the office and the lead department issue action items."))
    if matter.stage != Stage.EXECUTION:
        raise NotReady(_("The matter is not being carried out."))
    issued = issue_items(matter_id=matter_id)
    if not issued:
        raise NotReady(_("There is no drafted item to issue."))
    supervision.discharge(kind=Kind.ISSUE_ACTION_ITEMS, subject_type=matter.SUBJECT, subject_id=matter.pk)
    return issued


@flow
def acknowledge(*, item_id: int, by: User) -> ActionItem:
    """A2: a person signs for the item."""
    item = _lock(item_id)
    insist(item.acknowledge, by)
    item.acknowledge()
    _received(item, Receipt.REAL)
    supervision.discharge(kind=Kind.RECEIPT, subject_type=ActionItem.SUBJECT, subject_id=item.pk)
    _tell(item, "acknowledge", _n("%(department)s %(actor)s signed for %(number)s."), by=by)
    return item


@flow
def deem_received(*, item_id: int, by: Any) -> ActionItem | None:
    """A2: the limit has passed unsigned, so the item counts as received since its delivery (R101)."""
    item = _lock(item_id)
    if item.state != ItemState.ISSUED:
        return None
    item.deem_received()
    _received(item, Receipt.DEEMED)
    supervision.discharge(
        kind=Kind.RECEIPT, subject_type=ActionItem.SUBJECT, subject_id=item.pk, outcome="deemed"
    )
    _tell(
        item,
        "deem_received",
        _n("%(number)s was not signed for in time and counts as received."),
        tone="warn",
    )
    return item


@flow
def start(*, item_id: int, by: User, first_step: str) -> ActionItem:
    """A5: the first substantive reply: what will be done first."""
    item = _lock(item_id)
    _insist_on_running_matter(item)
    if item.state == ItemState.ISSUED:
        acknowledge(item_id=item_id, by=by)
        item = _lock(item_id)
    insist(item.start, by)
    if not first_step.strip():
        raise Invalid(_("Write the first step."), fields={"first_step": [_("Write the first step.")]})
    item.start()
    item.first_reply_at = now()
    item.save()
    supervision.discharge(kind=Kind.FIRST_REPLY, subject_type=ActionItem.SUBJECT, subject_id=item.pk)
    _tell(item, "start", _n("%(department)s %(actor)s started %(number)s."), by=by, reason=first_step)
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
    item = _lock(item_id)
    _insist_on_running_matter(item)
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
    _tell(
        item, "report", _n("%(department)s %(actor)s reported on %(number)s: %(percent)s%%."), by=by,
        params={"percent": percent}, reason=row.done + (f"\n{row.difficulty}" if row.difficulty else ""),
    )  # fmt: skip
    return row


@flow
def submit_item(*, item_id: int, by: User, result: str) -> ActionItem:
    """A8: reported done, with what was reached against the standard. The verifier has the ball now."""
    item = _lock(item_id)
    _insist_on_running_matter(item)
    if item.state in (ItemState.ISSUED, ItemState.ACKNOWLEDGED) and policies.may_work(item, by):
        item = start(item_id=item_id, by=by, first_step=result)
    insist(item.submit, by)
    if not result.strip():
        sentence = _("Write what was reached, measured by the standard.")
        raise Invalid(sentence, fields={"result": [sentence]})
    item.submit()
    item.result, item.submitted_at, item.submitted_by, item.percent = result.strip(), now(), by, 100
    item.save()
    supervision.suspend(
        subject_type=ActionItem.SUBJECT,
        subject_id=item.pk,
        reason=_("Reported done, being verified"),
        cause=VERIFICATION,
    )
    supervision.owe(
        kind=Kind.VERIFY, holder=item.verifier, holder_department=None if item.verifier else people.office(),
        asked_by=by, **_what_it_owes(item),
    )  # fmt: skip
    _tell(item, "submit", _n("%(department)s %(actor)s reported %(number)s done."), by=by, reason=result)
    return item


@flow
def close_item(*, item_id: int, by: User, note: str = "") -> ActionItem:
    """A9: checked and struck off by somebody else than the doer. On time is judged by the original date (domain §6.4)."""
    item = _lock(item_id)
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
    _tell(item, "close", _n("%(actor)s checked %(number)s and closed it."), by=by, reason=note, tone="ok")
    _ask_for_completion(item.matter)
    return item


@flow
def send_back(*, item_id: int, by: User, defects: str, due_on: date) -> ActionItem:
    """A10: not good enough: the defects are named, a new date is set, the original date stays."""
    item = _lock(item_id)
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
    _tell(
        item, "send_back", _n("%(actor)s sent %(number)s back, new date %(due)s."), by=by, reason=defects,
        params={"due": f"{due_on:%Y-%m-%d}"}, tone="warn",
    )  # fmt: skip
    return item


@flow
def reassign(*, item_id: int, by: User, assignee: User, note: str) -> ActionItem:
    """A11: another person of the same department does it; the hand-over note stays in the history."""
    item = _lock(item_id)
    if not policies.may_reassign(item, by):
        raise NotYours(_("Only the department head and the coordination office reassign an item."))
    if not item.is_open:
        raise NotReady(_("Only an open item can be reassigned."))
    if not note.strip():
        raise Invalid(_("Write the hand-over note."), fields={"note": [_("Write the hand-over note.")]})
    item_rules.insist_on_item(
        text=item.text, standard=item.standard, department=item.department, assignee=assignee,
        due_on=None, verifier=item.verifier,
    )  # fmt: skip
    before, item.assignee = item.assignee, assignee
    item.save()
    let_read(item.matter, users=[assignee.pk], why="item")
    duty = execution_of(item)
    if duty is not None:
        supervision.hand_over(obligation_id=duty.pk, holder=assignee)
    tell_people(
        item.matter, [assignee, before], _n("%(number)s passed from %(before)s to %(after)s."),
        key=f"item:{item.pk}:to:{assignee.pk}:{now():%Y%m%d%H%M%S}", number=item.number, url_name=ITEM, url_args=[item.pk],
        params={"before": before.name, "after": assignee.name},
    )  # fmt: skip
    _tell(
        item, "reassign", _n("%(actor)s passed %(number)s from %(before)s to %(after)s."), by=by, reason=note,
        params={"before": before.name, "after": assignee.name},
    )  # fmt: skip
    return item


@flow
def cancel_item(*, item_id: int, by: User, reason: str) -> ActionItem:
    """A12: no longer to be done, with its reason."""
    item = _lock(item_id)
    insist(item.cancel, by)
    rules.insist_on_reason(reason)
    item.cancel()
    item.cancel_reason = reason
    item.save()
    supervision.cancel(subject_type=ActionItem.SUBJECT, subject_id=item.pk)
    tell_people(
        item.matter, [item.assignee], _n("%(number)s was cancelled."), key=f"item:{item.pk}:cancelled",
        number=item.number or "", url_name=ITEM, url_args=[item.pk],
    )  # fmt: skip
    _tell(item, "cancel", _n("%(actor)s cancelled %(number)s."), by=by, reason=reason, tone="warn")
    _ask_for_completion(item.matter)
    return item


def execution_of(item: ActionItem) -> Obligation | None:
    """The obligation that holds the item's due date."""
    duty: Obligation | None = (
        Obligation.objects.of(ActionItem.SUBJECT, item.pk).filter(kind=Kind.EXECUTE).order_by("-pk").first()
    )
    return duty


def close_of_office(day: date) -> datetime:
    """A limit that names a day ends at the close of office on it (domain §6)."""
    return working_days().close(day)


def _lock(item_id: int) -> ActionItem:
    item: ActionItem = (
        ActionItem.objects.select_for_update(of=("self",))
        .select_related("matter", "matter__keeper", "department", "assignee", "verifier")
        .get(pk=item_id)
    )
    return item


def _insist_on_running_matter(item: ActionItem) -> None:
    if item.matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))


def _issue(item: ActionItem) -> None:
    item.number = take(Series.ACTION_ITEM)
    item.issue()
    item.issued_at = now()
    item.save()
    common = _what_it_owes(item)
    supervision.owe(kind=Kind.RECEIPT, holder_department=item.department, on_lapse="deemed", **common)
    supervision.owe(kind=Kind.FIRST_REPLY, holder=item.assignee, holder_department=item.department, **common)
    supervision.owe(
        kind=Kind.EXECUTE, holder=item.assignee, holder_department=item.department, ladder=True,
        due_at=close_of_office(item.agreed_due_on), **common,
    )  # fmt: skip
    tell_people(
        item.matter, [item.assignee, *speakers([item.department_id])], _n("%(number)s was issued to you, due %(due)s."),
        key=f"item:{item.pk}:issued", params={"due": f"{item.agreed_due_on:%Y-%m-%d}"},
        number=item.number, url_name=ITEM, url_args=[item.pk],
    )  # fmt: skip
    _tell(
        item, "issue", _n("%(number)s was issued to %(department)s %(assignee)s, due %(due)s."),
        params={"assignee": item.assignee.name, "due": f"{item.agreed_due_on:%Y-%m-%d}"}, tone="acc",
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


def _what_it_owes(item: ActionItem) -> dict[str, Any]:
    return {
        "subject_type": ActionItem.SUBJECT,
        "subject_id": item.pk,
        "case_id": item.matter_id,
        "number": item.number or "",
        "url_name": ITEM,
        "url_args": [item.pk],
        "urgency": item.urgency,
    }


def _tell(
    item: ActionItem, verb: str, sentence: str, *, by: User | None = None, params: dict[str, Any] | None = None,
    reason: str = "", tone: str = "",
) -> None:  # fmt: skip
    facts = {"number": item.number or "", "department": item.department_name, **(params or {})}
    tell_story(item.matter, verb, sentence, by=by, subject=item, params=facts, reason=reason, tone=tone)
