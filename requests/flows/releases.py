"""A department asks once to be released from an item, the office rules within a working day (A3, A4, R100)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from audit.transitions import insist
from organization import people
from organization.models import Department, User
from requests import item_rules, policies
from requests.flows.cycle import begin_cycle, end_cycle
from requests.flows.extensions import drop_extension
from requests.flows.handovers import pass_on
from requests.flows.item_shared import (
    ITEM,
    execution_of,
    insist_on_running,
    item_owes,
    lock_item,
    tell_item,
)
from requests.flows.shared import let_read, speakers, tell_people
from requests.models import ActionItem, Release
from requests.states import Receipt, ReleaseState
from supervision import flows as supervision
from supervision import limits
from supervision.states import Kind, Outcome

RELEASE = "release"
PAGE = "requests:release"


def last_moment(item: ActionItem) -> datetime | None:
    """Until when a release can be asked for: one working day from the receipt; open while it is not signed for."""
    if item.acknowledged_at is None:
        return None
    return limits.due(Kind.RELEASE_WINDOW, item.urgency, item.acknowledged_at)


@flow
def ask_release(*, item_id: int, by: User, basis: str, right_owner: Department) -> Release:
    """A3: not our duty, by which basis, and whose it is. Once for each department, within a working day of the receipt.

    The ball is with the office then: nobody of the department is chased, and the date runs on.
    """
    item = lock_item(item_id)
    insist(item.ask_release, by)
    _insist_on_asking(item)
    _insist_on_form(item, basis, right_owner)
    drop_extension(item)
    item.ask_release()
    _sign_for(item)
    item.save()
    release = Release.objects.create(
        item=item, department=item.department, department_name=item.department_name, asked_by=by, asked_at=now(),
        basis=basis.strip(), right_owner=right_owner,
    )  # fmt: skip
    supervision.suspend(
        subject_type=ActionItem.SUBJECT,
        subject_id=item.pk,
        reason=_("Release asked"),
        scope="rungs",
        cause=RELEASE,
    )
    supervision.owe(
        kind=Kind.RELEASE_REPLY, holder_department=people.office(), ladder=True,
        **{**item_owes(item, asked_by=by), "subject_type": Release.SUBJECT, "subject_id": release.pk, "url_name": PAGE, "url_args": [release.pk]},
    )  # fmt: skip
    tell_people(
        item.matter, [person for person in people.officers() if person.pk != by.pk],
        _n("%(number)s: %(department)s asks to be released from it."), key=f"release:{release.pk}:asked",
        params={"department": item.department_name}, number=item.number, url_name=PAGE, url_args=[release.pk], to_do=True,
    )  # fmt: skip
    tell_item(
        item, "ask_release", _n("%(department)s %(actor)s asked to be released from %(number)s and named %(owner)s."),
        by=by, reason=basis, tone="warn", params={"owner": right_owner.name},
    )  # fmt: skip
    return release


@flow
def rule_release(
    *,
    release_id: int,
    by: User,
    grant: bool,
    answer: str,
    department: Department | None = None,
    assignee: User | None = None,
) -> Release:
    """A4: granted, the item goes to its right owner by the same date and counts as passed on; rejected, it binds.

    `department` is the one that the request named unless the office says another one.
    """
    item = lock_item(Release.objects.values_list("item_id", flat=True).get(pk=release_id))
    release: Release = (
        Release.objects.select_for_update(of=("self",))
        .select_related("department", "right_owner", "asked_by")
        .get(pk=release_id)
    )
    release.item = item
    if release.state != ReleaseState.ASKED:
        raise NotReady(_("This request has been answered already."))
    if not policies.may_rule_release(release, by):
        raise NotYours(_("The coordination office rules on it, never the person who asked."))
    insist_on_running(item)
    new_owner = department or release.right_owner
    _insist_on_ruling(item, grant=grant, answer=answer, new_owner=new_owner, assignee=assignee)
    release.state = ReleaseState.GRANTED if grant else ReleaseState.REJECTED
    release.ruled_by, release.ruled_at, release.answer = by, now(), answer.strip()
    release.passed_to = new_owner if grant else None
    release.save()
    supervision.discharge(kind=Kind.RELEASE_REPLY, subject_type=Release.SUBJECT, subject_id=release.pk)
    supervision.resume(subject_type=ActionItem.SUBJECT, subject_id=item.pk, cause=RELEASE)
    if grant and assignee is not None:
        _hand_on(item, release, new_owner, assignee)
    else:
        item.keep()
        item.save()
    _tell_ruling(release, by)
    return release


def drop_release(item: ActionItem) -> None:
    """The item is cancelled: nobody need be released from it any more."""
    for release in item.releases.filter(state=ReleaseState.ASKED):
        release.state = ReleaseState.DROPPED
        release.save()
        supervision.discharge(
            kind=Kind.RELEASE_REPLY,
            subject_type=Release.SUBJECT,
            subject_id=release.pk,
            outcome=Outcome.LAPSED,
        )
    supervision.resume(subject_type=ActionItem.SUBJECT, subject_id=item.pk, cause=RELEASE)


def _insist_on_asking(item: ActionItem) -> None:
    if item.releases.filter(department=item.department_id).exists():
        raise NotReady(
            _(
                "Your department has asked to be released from it before; it can ask once. Say what you need from others."
            )
        )
    last = last_moment(item)
    if last is not None and now() > last:
        raise NotReady(
            _(
                "A release is asked for within one working day of the receipt. Report what stands in the way instead."
            )
        )


def _insist_on_form(item: ActionItem, basis: str, right_owner: Department) -> None:
    fields: dict[str, list[Sentence]] = {}
    if not basis.strip():
        fields["basis"] = [_("Write the basis: the duty list, a rule, an earlier ruling.")]
    if right_owner.pk == item.department_id:
        fields["right_owner"] = [_("This is your own department. Name the one whose duty it is.")]
    if fields:
        raise Invalid(_("The request is not complete."), fields=fields)


def _insist_on_ruling(
    item: ActionItem, *, grant: bool, answer: str, new_owner: Department, assignee: User | None
) -> None:
    fields: dict[str, list[Sentence]] = {}
    if not answer.strip():
        fields["answer"] = [_("Write the reason; both departments read it.")]
    if grant and new_owner.pk == item.department_id:
        fields["department"] = [_("It is with this department already. Choose another one.")]
    if grant and assignee is None:
        fields["assignee"] = [_("Name who does it there.")]
    if fields:
        raise Invalid(_("The ruling is not complete."), fields=fields)
    if grant and assignee is not None:
        item_rules.insist_on_item(
            text=item.text, standard=item.standard, department=new_owner, assignee=assignee, due_on=None,
            verifier=item.verifier,
        )  # fmt: skip


def _sign_for(item: ActionItem) -> None:
    """Whoever asks to be released has received it."""
    if item.acknowledged_at is None:
        item.acknowledged_at, item.receipt = now(), Receipt.REAL
    supervision.discharge(kind=Kind.RECEIPT, subject_type=ActionItem.SUBJECT, subject_id=item.pk)


def _hand_on(item: ActionItem, release: Release, new_owner: Department, assignee: User) -> None:
    """The new owner has it from now on, by the same date, with a receipt and a first reply of its own (A4)."""
    item.hand_on()
    item.department, item.department_name, item.assignee = new_owner, new_owner.name, assignee
    item.issued_at, item.acknowledged_at, item.receipt, item.first_reply_at = now(), None, "", None
    item.save()
    item.co_departments.remove(new_owner)
    let_read(item.matter, users=[assignee.pk], departments=[new_owner.pk], why="item")
    _hand_duties_on(item)
    pass_on(
        item.matter, from_department=release.department, to_department=new_owner, reason=release.basis,
        by=release.asked_by, number=item.number or "",
    )  # fmt: skip


def _hand_duties_on(item: ActionItem) -> None:
    end_cycle(item)
    supervision.discharge(
        kind=Kind.FIRST_REPLY,
        subject_type=ActionItem.SUBJECT,
        subject_id=item.pk,
        outcome=Outcome.HANDED_OVER,
    )
    duty = execution_of(item)
    if duty is not None:
        supervision.hand_over(obligation_id=duty.pk, holder=item.assignee, holder_department=item.department)
    common: dict[str, Any] = item_owes(item)
    supervision.owe(kind=Kind.RECEIPT, holder_department=item.department, on_lapse="deemed", **common)
    supervision.owe(kind=Kind.FIRST_REPLY, holder=item.assignee, holder_department=item.department, **common)
    begin_cycle(item)


def _tell_ruling(release: Release, by: User) -> None:
    item, granted = release.item, release.state == ReleaseState.GRANTED
    names = {"owner": item.department_name, "from": release.department_name}
    concerned = [release.asked_by, item.assignee, *speakers([release.department_id, item.department_id])]
    tell_people(
        item.matter, {person.pk: person for person in concerned}.values(),
        _n("%(number)s has passed from %(from)s to %(owner)s.") if granted
        else _n("%(number)s stays with %(from)s: the release was not granted."),
        key=f"release:{release.pk}:ruled", number=item.number, url_name=ITEM, url_args=[item.pk], params=names, to_do=True,
    )  # fmt: skip
    tell_item(
        item, "rule_release",
        _n("%(actor)s granted the release: %(number)s passes from %(from)s to %(owner)s %(assignee)s, by the same date.")
        if granted else _n("%(actor)s did not grant the release: %(number)s stays with %(from)s."),
        by=by, reason=release.answer, tone="warn", params={**names, "assignee": item.assignee.name},
    )  # fmt: skip
