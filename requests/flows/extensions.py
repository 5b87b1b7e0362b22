"""Asking for a later date and answering it (A7, R097). The original due date stays and counts."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import day_of, now
from audit.flow import flow
from audit.reasons import lack_of_reason
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from organization import people
from organization.models import User
from requests import item_rules, policies, powers
from requests.flows.cycle import go_on
from requests.flows.item_shared import (
    ITEM,
    close_of_office,
    execution_of,
    insist_on_running,
    lock_item,
)
from requests.flows.shared import let_read, tell_people, tell_story
from requests.models import ActionItem, Extension
from requests.states import Approver, ExtensionState, ItemState
from supervision import flows as supervision
from supervision.calendar import working_days
from supervision.models import Obligation
from supervision.states import Kind

# A7: who decides rises with the length, in working days; at most three times and thirty days in all.
HEAD_DAYS, LEADER_DAYS = 5, 10
MOST_TIMES, MOST_DAYS = 3, 30
EXTENSION = "extension"
LEVELS = (Approver.HEAD, Approver.LEADER, Approver.CHAIR)


@flow
def ask_extension(*, item_id: int, by: User, wished_on: date, reason: str, progress: str) -> Extension:
    """Ask for a later date. Asked after the due date it is still recorded as overdue, and says so (R097)."""
    item = lock_item(item_id)
    duty = _insist_on_asking(item, by)
    from_due = duty.due_at
    if from_due is None:  # pragma: no cover - an execution always has its date
        raise NotReady(_("This item has no due date."))
    days = working_days().days_between(from_due, close_of_office(wished_on))
    original = day_of(duty.original_due_at or from_due)
    _insist_on_form(
        item,
        wished_on=wished_on,
        reason=reason,
        progress=progress,
        due_on=day_of(from_due),
        original=original,
    )
    extension = Extension.objects.create(
        item=item, asked_by=by, asked_at=now(), from_due_at=from_due, wished_on=wished_on,
        working_days=days, reason=reason.strip(), progress=progress.strip(), approver=_approver(days),
        asked_late=now() > from_due,
    )  # fmt: skip
    # A pending wish freezes the steps after the due date, not the friendly ones before it (domain §6.2).
    supervision.suspend(
        subject_type=ActionItem.SUBJECT,
        subject_id=item.pk,
        reason=_("Extension asked"),
        scope="rungs",
        cause=EXTENSION,
    )
    approver = _find_approver(extension)
    let_read(item.matter, users=[approver.pk], why="extension")
    supervision.owe(
        kind=Kind.EXTENSION_REPLY, subject_type=Extension.SUBJECT, subject_id=extension.pk, case_id=item.matter_id,
        number=item.number or "", url_name="requests:extension", url_args=[extension.pk], holder=approver,
        asked_by=by, urgency=item.urgency,
    )  # fmt: skip
    lead = powers.lead_for_days(item.matter, days)
    tell_people(
        item.matter, [approver, *([lead] if lead and lead.pk not in (by.pk, item.assignee_id) else [])],
        _n("%(number)s: %(department)s asks for a later date."), key=f"extension:{extension.pk}:asked",
        params={"department": item.department_name}, number=item.number, url_name="requests:extension",
        url_args=[extension.pk], to_do=True,
    )  # fmt: skip
    tell_story(
        item.matter, "ask_extension",
        _n("%(department)s %(actor)s asked, after the due date, to extend %(number)s to %(wished)s.")
        if extension.asked_late
        else _n("%(department)s %(actor)s asked to extend %(number)s to %(wished)s."),
        by=by, subject=item, reason=reason,
        params={"department": item.department_name, "number": item.number, "wished": f"{wished_on:%Y-%m-%d}"},
    )  # fmt: skip
    return extension


@flow
def answer_extension(*, extension_id: int, by: User, approve: bool, answer: str = "") -> Extension:
    """Approve or deny. Approved: a new date and a new ladder, the original date kept for the figures."""
    item = lock_item(Extension.objects.values_list("item_id", flat=True).get(pk=extension_id))
    extension: Extension = (
        Extension.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=extension_id)
    )
    extension.item = item
    if extension.state != ExtensionState.ASKED:
        raise NotReady(_("This request has been answered already."))
    if not policies.may_answer_extension(extension, by):
        powers.insist_on_days(extension, by)
    insist_on_running(extension.item)
    if not approve and not answer.strip():
        raise Invalid(_("Write why not."), fields={"answer": [_("Write why not.")]})
    extension.state = ExtensionState.APPROVED if approve else ExtensionState.DENIED
    extension.answered_by, extension.answered_at, extension.answer = by, now(), answer.strip()
    extension.save()
    supervision.discharge(kind=Kind.EXTENSION_REPLY, subject_type=Extension.SUBJECT, subject_id=extension.pk)
    supervision.resume(subject_type=ActionItem.SUBJECT, subject_id=item.pk, cause=EXTENSION)
    duty = execution_of(item)
    if approve and duty is not None:
        supervision.change_due(obligation_id=duty.pk, due_at=close_of_office(extension.wished_on))
        go_on(item)
    _tell_answer(extension, by)
    return extension


def drop_extension(item: ActionItem) -> None:
    """A wish for a later date has no object any more when the item is reported done or cancelled."""
    for extension in item.extensions.filter(state=ExtensionState.ASKED):
        extension.state = ExtensionState.DROPPED
        extension.save()
        supervision.discharge(
            kind=Kind.EXTENSION_REPLY,
            subject_type=extension.SUBJECT,
            subject_id=extension.pk,
            outcome="lapsed",
        )
    # Nothing is asked any more: the steps after the due date run again.
    supervision.resume(subject_type=ActionItem.SUBJECT, subject_id=item.pk, cause=EXTENSION)


def _insist_on_asking(item: ActionItem, by: User) -> Obligation:
    if not policies.may_work(item, by):
        raise NotYours(_("Only the responsible person and the department's liaison ask for an extension."))
    insist_on_running(item)
    if item.state not in (ItemState.ISSUED, ItemState.ACKNOWLEDGED, ItemState.IN_PROGRESS):
        raise NotReady(_("The item is not being worked on, so its date cannot be extended."))
    if item.extensions.filter(state=ExtensionState.ASKED).exists():
        raise NotReady(_("A request for this item is still waiting for its answer."))
    duty = execution_of(item)
    if duty is None or duty.due_at is None:
        raise NotReady(_("This item has no due date."))
    return duty


def _insist_on_form(
    item: ActionItem, *, wished_on: date, reason: str, progress: str, due_on: date, original: date
) -> None:
    fields: dict[str, list[Sentence]] = {}
    if wrong := _wrong_day(item, wished_on, due_on, original):
        fields["wished_on"] = [wrong]
    if lack := lack_of_reason(reason):
        fields["reason"] = [lack]
    if not progress.strip():
        fields["progress"] = [_("Write how far it has come.")]
    if fields:
        raise Invalid(_("The request is not complete."), fields=fields)


def _wrong_day(item: ActionItem, wished_on: date, due_on: date, original: date) -> Sentence:
    """What no other day would mend comes first."""
    if item.extensions.filter(state=ExtensionState.APPROVED).count() >= MOST_TIMES:
        return _(
            "It has been extended three times already. Report what stands in the way and ask the office to coordinate."
        )
    if (wished_on - original).days > MOST_DAYS:
        return _(
            "More than 30 days after the original date. Choose an earlier day, or ask the office to coordinate."
        )
    if wrong := item_rules.wrong_due_date(wished_on):
        return wrong
    return _("Choose a day after the present due date.") if wished_on <= due_on else ""


def _approver(days: int) -> Approver:
    if days <= HEAD_DAYS:
        return Approver.HEAD
    return Approver.LEADER if days <= LEADER_DAYS else Approver.CHAIR


def _find_approver(extension: Extension) -> User:
    """The person on the level that the length asks for; a vacant level, or one held by a doer, goes one level up.

    Where nobody at all may answer, nothing is asked: a wish that only a doer could grant would wait for ever.
    """
    doers = {extension.asked_by_id, extension.item.assignee_id}
    for level in LEVELS[LEVELS.index(Approver(extension.approver)) :]:
        for person in _holders_of(level, extension.item.department_id):
            if person is not None and person.pk not in doers:
                if level != extension.approver:
                    extension.approver = level
                    extension.save()
                return person
    raise NotReady(
        _("Nobody holds the post that decides on this. Ask the coordination office to have it filled.")
    )


def _holders_of(level: Approver, department_id: int) -> tuple[User | None, ...]:
    if level == Approver.HEAD:
        return (people.head(department_id),)
    if level == Approver.LEADER:
        return (people.leader_in_charge(department_id),)
    return people.committee_chair(), people.arbiter()


def _tell_answer(extension: Extension, by: User) -> None:
    item = extension.item
    wished = f"{extension.wished_on:%Y-%m-%d}"
    approved = extension.state == ExtensionState.APPROVED
    tell_people(
        item.matter, [extension.asked_by, item.assignee],
        _n("%(number)s: the extension to %(wished)s was approved.") if approved
        else _n("%(number)s: the extension to %(wished)s was denied."),
        key=f"extension:{extension.pk}", number=item.number, url_name=ITEM, url_args=[item.pk],
        params={"wished": wished},
    )  # fmt: skip
    tell_story(
        item.matter, "answer_extension",
        _n("%(actor)s approved the extension of %(number)s to %(wished)s.") if approved
        else _n("%(actor)s denied the extension of %(number)s."),
        by=by, subject=item, reason=extension.answer, tone="warn",
        params={"number": item.number, "wished": wished},
    )  # fmt: skip
