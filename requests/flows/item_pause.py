"""An action item is set aside for a while and taken up again (A12, 暂缓): its clocks stand still, its state stays."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now, today
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from organization.models import User
from requests import policies, rules
from requests.flows.cycle import go_on
from requests.flows.extensions import drop_extension
from requests.flows.item_shared import ITEM, close_of_office, item_owes, lock_item, tell_item
from requests.flows.shared import speakers, tell_people
from requests.merged import applicants
from requests.models import ActionItem
from requests.states import BEING_WORKED_ON
from supervision import flows as supervision
from supervision.calendar import working_days
from supervision.models import Obligation
from supervision.states import Kind

SUSPENDED = "item_suspended"


@flow
def suspend_item(*, item_id: int, by: User, reason: str, until: date) -> ActionItem:
    """A12: nothing is done on it until about a day, at most 20 working days ahead; whoever keeps the case looks at it again
    after 10. One that stands still already stays so until the new day."""
    item = lock_item(item_id)
    if not policies.may_suspend_item(item, by):
        raise NotYours(
            _("Only the head of the coordination office and the committee chair suspend an action item.")
        )
    if item.matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))
    if item.state not in BEING_WORKED_ON:
        raise NotReady(_("Only an item that is being worked on can be suspended."))
    rules.insist_on_reason(reason)
    if wrong := rules.wrong_restart(until):
        raise Invalid(wrong, fields={"until": [wrong]})
    was_suspended = item.is_suspended
    item.suspended_since = item.suspended_since or now()
    item.suspended_until, item.suspension_reason = until, reason.strip()[:500]
    item.save()
    if not was_suspended:
        drop_extension(item)
        supervision.suspend(
            subject_type=ActionItem.SUBJECT,
            subject_id=item.pk,
            reason=item.suspension_reason,
            cause=SUSPENDED,
        )
    _owe_look(item, by)
    day = {"until": f"{until:%Y-%m-%d}"}
    _tell(item, by, _n("%(number)s is suspended until about %(until)s."), key="suspended", params=day)
    tell_item(
        item, "suspend", _n("%(actor)s suspended %(number)s until about %(until)s."), by=by, params=day, reason=reason,
        tone="warn",
    )  # fmt: skip
    return item


@flow
def stay_suspended(*, item_id: int, by: User, reason: str) -> ActionItem:
    """A12: whoever owed the look found that it cannot go on yet. That look is done; the next is owed after 10 working days,
    at the latest on the day of the restart."""
    item = lock_item(item_id)
    look = look_owed_by(item, by)
    if look is None:
        raise NotYours(_("Whoever has to look at the suspended action item says that it stays so."))
    if item.matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))
    if not has_days_left(item):
        raise NotReady(
            _(
                "The day of its restart has come. Resume it, or have the head of the office suspend it for longer."
            )
        )
    rules.insist_on_reason(reason)
    supervision.discharge(kind=Kind.RESTART, subject_type=ActionItem.SUBJECT, subject_id=item.pk)
    supervision.owe(
        kind=Kind.RESTART, holder=look.holder, holder_department=look.holder_department, due_at=_next_look(item),
        **item_owes(item, asked_by=look.asked_by),
    )  # fmt: skip
    tell_item(
        item,
        "stay_suspended",
        _n("%(actor)s looked at %(number)s: it stays suspended."),
        by=by,
        reason=reason,
    )
    return item


def look_owed_by(item: ActionItem, user: User) -> Obligation | None:
    """The look at a suspended item, where it waits on this person's desk."""
    if not policies.may_write(user):
        return None
    looks = Obligation.objects.waiting_for(user).of(ActionItem.SUBJECT, item.pk).filter(kind=Kind.RESTART)
    found: Obligation | None = looks.for_lists().first()
    return found


def has_days_left(item: ActionItem) -> bool:
    """It is suspended, and the day of its restart is still to come."""
    return item.suspended_until is not None and item.suspended_until > today()


@flow
def resume_item(*, item_id: int, by: User, reason: str = "") -> ActionItem:
    """A12: it goes on from where it stood, with as much time as was left of it."""
    item = lock_item(item_id)
    if not policies.may_resume_item(item, by):
        raise NotYours(
            _(
                "Only the head of the coordination office, the committee chair or the case officer resumes an action item."
            )
        )
    if item.matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))
    if not item.is_suspended:
        raise NotReady(_("The action item is not suspended."))
    end_item_suspension(item)
    item.save()
    supervision.discharge(kind=Kind.RESTART, subject_type=ActionItem.SUBJECT, subject_id=item.pk)
    supervision.resume(subject_type=ActionItem.SUBJECT, subject_id=item.pk, cause=SUSPENDED)
    go_on(item)
    _tell(item, by, _n("%(number)s goes on."), key="resumed", to_do=True)
    tell_item(item, "resume", _n("%(actor)s resumed %(number)s."), by=by, reason=reason)
    return item


def end_item_suspension(item: ActionItem) -> None:
    """Called by a flow that saves the item and says what becomes of what is owed on it."""
    item.suspended_since = item.suspended_until = None
    item.suspension_reason = ""


def _next_look(item: ActionItem) -> datetime:
    look = working_days().add_days(now(), rules.CHECK_DAYS)
    return min(look, close_of_office(item.suspended_until)) if item.suspended_until else look


def _owe_look(item: ActionItem, by: User) -> None:
    """A12: every 10 working days somebody sees whether it can go on."""
    look = working_days().add_days(now(), rules.CHECK_DAYS)
    owed = Obligation.objects.of(ActionItem.SUBJECT, item.pk).open().filter(kind=Kind.RESTART).first()
    if owed is not None:
        supervision.change_due(obligation_id=owed.pk, due_at=look)
        return
    supervision.owe(kind=Kind.RESTART, holder=item.matter.keeper, due_at=look, **item_owes(item, asked_by=by))


def _tell(
    item: ActionItem,
    by: User,
    sentence: str,
    *,
    key: str,
    to_do: bool = False,
    params: dict[str, str] | None = None,
) -> None:
    concerned = [item.assignee, *speakers([item.department_id]), *applicants(item.matter), item.matter.keeper]
    others = {person.pk: person for person in concerned if person is not None and person.pk != by.pk}
    tell_people(
        item.matter, others.values(), sentence, key=f"item:{item.pk}:{key}:{now():%Y%m%d%H%M%S}", params=params,
        number=item.number, url_name=ITEM, url_args=[item.pk], to_do=to_do,
    )  # fmt: skip
