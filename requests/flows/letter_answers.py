"""What an addressed department does with a contact sheet or letter: sign for it, answer it, confirm the answer (F4, R064)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import NotReady, NotYours
from audit.words import word
from organization.models import Department, User
from requests import letter_policies as policies
from requests import letter_rules
from requests.flows.handovers import pass_on
from requests.flows.letter_shared import LETTER, ask_head, lock_addressee, tell_letter, told_reason
from requests.flows.shared import tell_people
from requests.flows.simple_round import take_answer
from requests.letter_states import LetterState, Reply
from requests.models import Addressee
from requests.rules import insist_on_open_matter
from requests.states import Receipt
from supervision import flows as supervision
from supervision.states import Kind


@flow
def receive_letter(*, addressee_id: int, by: User) -> Addressee:
    """Sign for it. What counts as received already stays so (R101)."""
    addressee = lock_addressee(addressee_id)
    _insist_on_speaker(addressee, by)
    _insist_on_sent(addressee)
    if not addressee.receipt:
        _receive(addressee, by)
        addressee.save()
        tell_letter(
            addressee.letter, "receive_letter", _n("%(department)s %(actor)s signed for %(number)s."),
            by=by, params={"department": addressee.department_name},
        )  # fmt: skip
    return addressee


@flow
def deem_letter_received(*, addressee_id: int, by: Any) -> Addressee | None:
    """No signature within the limit: it counts as received (视为签收), the clock of the answer runs on (R101)."""
    addressee = lock_addressee(addressee_id)
    if addressee.receipt:
        return None
    addressee.receipt, addressee.received_at = Receipt.DEEMED, now()
    addressee.save()
    supervision.discharge(
        kind=Kind.RECEIPT, subject_type=Addressee.SUBJECT, subject_id=addressee.pk, outcome="deemed"
    )
    tell_letter(
        addressee.letter, "deem_letter_received", _n("%(number)s counts as received by %(department)s."),
        params={"department": addressee.department_name}, tone="warn",
    )  # fmt: skip
    return addressee


@flow
def answer_letter(
    *,
    addressee_id: int,
    by: User,
    reply: str,
    reason: str = "",
    proposed_department: Department | None = None,
    result: str = "",
    done_on: date | None = None,
) -> Addressee:
    """Answer, or answer anew while it is open. Whoever answers has received it.

    An answer that names another department passes the matter on: it is counted, and the third time calls a meeting (R100).
    """
    addressee = lock_addressee(addressee_id)
    _insist_on_speaker(addressee, by)
    _insist_on_sent(addressee)
    insist_on_open_matter(addressee.letter.matter)
    if addressee.letter.wants_no_answer:
        raise NotReady(
            _("It asks for no answer. Sign for it; what is to be added goes into a letter of your own.")
        )
    letter_rules.insist_on_reply(
        addressee, reply=reply, reason=reason, proposed_department=proposed_department
    )
    if not addressee.receipt:
        _receive(addressee, by)
    addressee.reply, addressee.reply_reason = reply, reason.strip()
    addressee.proposed_department = None if reply == Reply.AGREE else proposed_department
    addressee.result, addressee.done_on = result.strip(), done_on
    addressee.answered_by, addressee.answered_at = by, now()
    ask_head(addressee, by)
    addressee.save()
    supervision.discharge(kind=Kind.LETTER_REPLY, subject_type=Addressee.SUBJECT, subject_id=addressee.pk)
    _tell_answer(addressee, by)
    take_answer(addressee, by)
    if addressee.proposed_department is not None:
        pass_on(
            addressee.letter.matter, from_department=addressee.department, to_department=addressee.proposed_department,
            reason=told_reason(addressee.letter, reason), by=by, addressee=addressee, number=addressee.letter.number or "",
        )  # fmt: skip
    return addressee


@flow
def confirm_answer(*, addressee_id: int, by: User) -> Addressee:
    """The head of the department stands for the answer that its liaison gave (F4)."""
    addressee = lock_addressee(addressee_id)
    if not policies.may_confirm_answer(addressee, by):
        raise NotYours(_("Only the head of the department confirms its answer."))
    if not addressee.reply or addressee.confirmed_at is not None:
        raise NotReady(_("There is no answer that waits for your confirmation."))
    addressee.confirmed_by, addressee.confirmed_at = by, now()
    addressee.save()
    supervision.discharge(
        kind=Kind.APPROVE_DEPARTMENT, subject_type=Addressee.SUBJECT, subject_id=addressee.pk
    )
    tell_letter(
        addressee.letter, "confirm_answer", _n("%(department)s %(actor)s confirmed the answer to %(number)s."),
        by=by, params={"department": addressee.department_name},
    )  # fmt: skip
    return addressee


def _insist_on_speaker(addressee: Addressee, by: User) -> None:
    if not policies.may_receive_letter(addressee, by):
        raise NotYours(_("Only the head or the liaison of the department does this."))


def _insist_on_sent(addressee: Addressee) -> None:
    if addressee.letter.state != LetterState.SENT:
        state = addressee.letter.state_words()
        raise NotReady(_("This is not possible now: it stands at “%(state)s”.") % {"state": state})
    if addressee.dropped_at is not None:
        raise NotReady(_("Your department takes part no longer: no answer is asked for."))


def _receive(addressee: Addressee, by: User) -> None:
    addressee.receipt, addressee.received_at, addressee.received_by = Receipt.REAL, now(), by
    supervision.discharge(kind=Kind.RECEIPT, subject_type=Addressee.SUBJECT, subject_id=addressee.pk)


def _tell_answer(addressee: Addressee, by: User) -> None:
    letter = addressee.letter
    facts = {"department": addressee.department_name, "reply": word(Reply(addressee.reply).label)}
    tell_people(
        letter.matter, [letter.drafted_by], _n("%(department)s answered %(number)s: %(reply)s."),
        key=f"letter:{letter.pk}:{addressee.pk}:answer:{now():%Y%m%d%H%M%S}", params=facts, number=letter.number,
        url_name=LETTER, url_args=[letter.pk],
    )  # fmt: skip
    if letter.is_narrow:
        sentence = _n("%(department)s %(actor)s answered %(number)s.")
        tell_letter(
            letter, "answer_letter", sentence, by=by, params={"department": addressee.department_name},
            reason=addressee.reply_reason,
        )  # fmt: skip
        return
    tell_letter(
        letter, "answer_letter", _n("%(department)s %(actor)s answered %(number)s: %(reply)s."), by=by, params=facts,
        reason=addressee.reply_reason, tone="" if addressee.reply == Reply.AGREE else "warn",
    )  # fmt: skip
