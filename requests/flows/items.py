"""An action item is signed for, started, passed on, cancelled, reminded of (domain §3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now, today
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from audit.transitions import insist
from notifications.flows import announce
from notifications.states import NoticeKind
from organization import people
from organization.collisions import insist_on_standing
from organization.models import User
from requests import item_rules, policies, powers, rules
from requests.approval_states import Power
from requests.flows.cycle import begin_cycle
from requests.flows.extensions import drop_extension
from requests.flows.item_pause import end_item_suspension
from requests.flows.item_shared import (
    ITEM,
    ask_for_completion,
    insist_on_running,
    lock_item,
    tell_item,
)
from requests.flows.obstacles import end_obstacles
from requests.flows.releases import drop_release
from requests.flows.shared import let_read, speakers, tell_people
from requests.models import ActionItem
from requests.states import BEING_WORKED_ON, ItemState, Receipt
from supervision import flows as supervision
from supervision.models import Obligation
from supervision.states import Kind


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
    if item.state != ItemState.ISSUED or item.matter.is_suspended or item.is_suspended:
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
    """A5: the first substantive reply: what will be done first. The next word is owed a cycle later (R085)."""
    item: ActionItem = begin(item_id=item_id, by=by, first_step=first_step)
    begin_cycle(item)
    return item


@flow
def begin(*, item_id: int, by: User, first_step: str) -> ActionItem:
    """The start itself; also that of an item that is reported on, or reported done, without a start before."""
    item = lock_item(item_id)
    insist_on_running(item)
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
def reassign(*, item_id: int, by: User, assignee: User, note: str, seen: str = "") -> ActionItem:
    """A11: another person of the same department does it; the hand-over note stays in the history.

    Raises Conflict, with the name of the other person, when somebody else has it than was `seen`.
    """
    item = lock_item(item_id)
    if not policies.may_reassign(item, by):
        otherwise = _("Only the department's head or liaison and the coordination office reassign an item.")
        powers.insist(item.matter, by, Power.ITEMS, otherwise=otherwise)
    insist_on_running(item)
    if item.state not in BEING_WORKED_ON:
        raise NotReady(_("Only an item that is being worked on can be reassigned."))
    insist_on_standing(item, "assignee_id", seen=seen, theirs=item.assignee, yours=assignee)
    _insist_on_successor(item, assignee, note)
    before, item.assignee = item.assignee, assignee
    item.save()
    let_read(item.matter, users=[assignee.pk], why="item")
    for duty in Obligation.objects.of(ActionItem.SUBJECT, item.pk).open().filter(holder=before):
        supervision.hand_over(obligation_id=duty.pk, holder=assignee)
    tell_people(
        item.matter, [assignee, before], _n("%(number)s passed from %(before)s to %(after)s."),
        key=f"item:{item.pk}:to:{assignee.pk}:{now():%Y%m%d%H%M%S}", number=item.number, url_name=ITEM, url_args=[item.pk],
        params={"before": before.name, "after": assignee.name}, to_do=True,
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
    return end_item(item, by, reason)


def end_item(item: ActionItem, by: User, reason: str, *, with_matter: bool = False) -> ActionItem:
    """Called by a flow that has locked the item and asked who may: the head of the office, a plan that goes without it, or
    a denied oral order, with which everything ends."""
    end_item_suspension(item)
    item.end_with_matter() if with_matter else item.cancel()
    item.cancel_reason = reason
    item.save()
    drop_extension(item)
    drop_release(item)
    end_obstacles(item, by, reason)
    supervision.cancel(subject_type=ActionItem.SUBJECT, subject_id=item.pk)
    tell_people(
        item.matter, [item.assignee], _n("%(number)s was cancelled."), key=f"item:{item.pk}:cancelled",
        number=item.number or "", url_name=ITEM, url_args=[item.pk],
    )  # fmt: skip
    tell_item(item, "cancel", _n("%(actor)s cancelled %(number)s."), by=by, reason=reason, tone="warn")
    ask_for_completion(item.matter)
    return item


@flow
def remind(*, item_ids: Sequence[int], by: User) -> int:
    """A person of the office reminds whoever has the ball (催办): once a day for each item; returns how many.

    Items that have ended, stand still or were reminded of today already are passed over; NotReady when none is left.
    """
    if not policies.may_remind(by):
        raise NotYours(_("Only the coordination office sends reminders."))
    if not item_ids:
        raise Invalid(_("Choose at least one action item."))
    items = (
        ActionItem.objects.select_for_update(of=("self",))
        .open()
        .filter(pk__in=item_ids, suspended_since=None, matter__suspended_since=None)
        .select_related("matter", "matter__keeper", "assignee", "verifier")
        .order_by("pk")
    )
    reminded = sum(_remind(item, by) for item in items)
    if not reminded:
        raise NotReady(_("All of them have ended, are suspended or were reminded of today already."))
    return reminded


def _remind(item: ActionItem, by: User) -> bool:
    """Tell whoever has the ball: the verifier, the office that rules on a release, else owner and liaisons; the day in the key keeps it to once."""
    if item.state == ItemState.SUBMITTED:
        recipients = [item.verifier] if item.verifier else people.officers()
    elif item.state == ItemState.RELEASING:
        recipients = people.officers()
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
