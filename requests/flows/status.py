"""Whoever asked for the coordination asks how far an item has come (R091, 主动跟进)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import day_of, now, today
from audit.flow import flow
from audit.models import TransitionLog
from audit.refusals import NotReady, NotYours
from organization.models import User
from requests import policies
from requests.flows.cycle import watch
from requests.flows.item_shared import ITEM, insist_on_running, item_owes, lock_item, tell_item
from requests.flows.shared import speakers, tell_people
from requests.models import ActionItem
from requests.states import BEING_WORKED_ON
from supervision import flows as supervision
from supervision.calendar import working_days
from supervision.models import Obligation
from supervision.states import Kind

# Working days: so often somebody may ask of one item, and so soon the answer is due.
ASK_AGAIN_DAYS, ANSWER_DAYS = 3, 1
VERB = "ask_status"


@flow
def ask_status(*, item_id: int, by: User) -> ActionItem:
    """R091: the next word on the item is due within one working day. At most once in three working days; both are on record.

    Whatever word was owed anyway ends with the same answer: nobody reports twice.
    """
    item = lock_item(item_id)
    if not policies.may_ask_status(item, by):
        raise NotYours(_("The applicant and the applying department ask how far it has come."))
    insist_on_running(item)
    if item.state not in BEING_WORKED_ON:
        raise NotReady(_("Nobody is working on it now, so there is nothing to ask."))
    _insist_on_interval(item)
    _owe_word(item, by)
    watch(item)
    tell_people(
        item.matter, [item.assignee, *speakers([item.department_id])],
        _n("%(person)s asks how far %(number)s has come; please report within one working day."),
        key=f"item:{item.pk}:asked:{now():%Y%m%d%H%M}", params={"person": by.name}, number=item.number,
        url_name=ITEM, url_args=[item.pk], to_do=True,
    )  # fmt: skip
    tell_item(item, VERB, _n("%(actor)s asked how far %(number)s has come."), by=by)
    return item


def _insist_on_interval(item: ActionItem) -> None:
    asked = TransitionLog.objects.of(ActionItem.SUBJECT, item.pk).filter(verb=VERB).order_by("-at").first()
    if asked is None:
        return
    again = day_of(working_days().add_days(asked.at, ASK_AGAIN_DAYS))
    if today() < again:
        raise NotReady(
            _("This was asked on %(asked)s already. You can ask again from %(again)s on.")
            % {"asked": f"{day_of(asked.at):%m-%d}", "again": f"{again:%m-%d}"}
        )


def _owe_word(item: ActionItem, by: User) -> None:
    soon = working_days().add_days(now(), ANSWER_DAYS)
    owed = Obligation.objects.of(ActionItem.SUBJECT, item.pk).open().filter(kind=Kind.PROGRESS).first()
    if owed is None:
        supervision.owe(
            kind=Kind.PROGRESS, holder=item.assignee, holder_department=item.department, due_at=soon,
            **item_owes(item, asked_by=by),
        )  # fmt: skip
    elif owed.due_at is None or owed.due_at > soon:
        supervision.change_due(obligation_id=owed.pk, due_at=soon)
