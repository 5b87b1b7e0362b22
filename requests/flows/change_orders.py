"""An oral order is confirmed by whoever gave it, at once (domain §3.6: applied on the oral order, papers follow)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from organization.models import User
from requests import change_policies
from requests.flows.change_shared import end_duty, lock_change, tell_change, what_is_owed, write_back
from requests.flows.shared import let_read, tell_people
from requests.models import ChangeRequest
from supervision import flows as supervision
from supervision.states import Kind, Outcome

ORDER = "requests:change_order"


def ask_for_order(change: ChangeRequest, giver: User, by: User) -> None:
    """It holds already, in the giver's name: the giver hears of it at once and confirms that it was ordered."""
    let_read(change.matter, users=[giver.pk], why="change")
    supervision.owe(
        kind=Kind.CONFIRM_ORDER, holder=giver, asked_by=by, **{**what_is_owed(change), "url_name": ORDER}
    )
    tell_people(
        change.matter, [giver], _n("%(number)s holds since now on your oral order, as %(actor)s says; confirm that you gave it."),
        key=f"change:{change.pk}:order", params={"actor": by.name}, url_name=ORDER, url_args=[change.pk], number=change.number, to_do=True,
    )  # fmt: skip


@flow
def confirm_order(*, change_id: int, by: User, is_given: bool, note: str = "") -> ChangeRequest:
    """The giver says that it was ordered; if not, what was decided holds again at once, and the change is denied."""
    change = lock_change(change_id)
    if not change_policies.may_confirm_order(change, by):
        raise NotYours(_("Only the person in whose name it was ordered confirms it."))
    if not change.order_is_awaited:
        raise NotReady(_("There is no oral order here that waits for its confirmation."))
    if not is_given and not note.strip():
        sentence = _("Write what you ordered instead, or that you ordered nothing.")
        raise Invalid(sentence, fields={"note": [sentence]})
    if change.ordered_by_id != by.pk:
        return _close(change, by, note, is_given=is_given)
    if is_given:
        change.order_confirmed_at = now()
        change.save()
        end_duty(change, Kind.CONFIRM_ORDER)
    else:
        _deny(change, by, note)
    tell_change(
        change, "confirm_order",
        _n("%(actor)s confirmed the oral order of %(number)s.") if is_given
        else _n("%(actor)s did not give the order of %(number)s; what was decided holds."),
        by, [change.asked_by, change.matter.keeper], reason=note, tone="ok" if is_given else "bad",
    )  # fmt: skip
    return change


def _close(change: ChangeRequest, by: User, note: str, *, is_given: bool) -> ChangeRequest:
    """Whoever gave the order has left and nobody confirms it for them: the level of the decision answers the change alone."""
    if is_given:
        sentence = _("Nobody confirms an order for somebody else. Close it as not confirmed.")
        raise Invalid(sentence, fields={"is_given": [sentence]})
    end_duty(change, Kind.CONFIRM_ORDER, Outcome.CANCELLED)
    tell_change(
        change, "confirm_order", _n("%(actor)s closed the oral order of %(number)s as not confirmed: whoever gave it has left."),
        by, [change.asked_by, change.matter.keeper], reason=note, tone="warn",
    )  # fmt: skip
    return change


def _deny(change: ChangeRequest, by: User, note: str) -> None:
    change.deny()
    change.answer, change.answered_by, change.answered_at = note.strip(), by, now()
    write_back(change)
    change.save()
    supervision.cancel(subject_type=ChangeRequest.SUBJECT, subject_id=change.pk)
