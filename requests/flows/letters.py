"""Contact sheets and letters: drafted, signed, sent, closed, taken back, replaced (forms F4 and F5, R064, R065)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import File as Upload
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import day_of, now, today
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from audit.transitions import insist
from documents.numbers import take
from documents.states import Series
from organization import people
from organization.models import Department, User
from requests import letter_policies as policies
from requests import letter_rules, rules
from requests.flows.item_shared import close_of_office
from requests.flows.letter_files import keep_files
from requests.flows.letter_shared import (
    ANSWER,
    LETTER,
    addressee_owes,
    end_letter,
    letter_owes,
    lock_letter,
    tell_letter,
)
from requests.flows.shared import let_read, lock, speakers, tell_people
from requests.flows.simple_round import asks_the_departments, forget_answers, mark_sent, moves_the_matter
from requests.letter_states import LetterForm, LetterState
from requests.models import Addressee, Letter, LetterAsk
from supervision import flows as supervision
from supervision import limits
from supervision.states import Kind

SERIES = {LetterForm.SHEET.value: Series.CONTACT_SHEET, LetterForm.LETTER.value: Series.LETTER}
TEXTS = (
    "title", "content", "facts", "difference", "request_text", "basis", "attachment_note", "contact_name",
    "contact_phone",
)  # fmt: skip
PLAIN = ("urgency", "confidentiality", "reply_by", "reply_to")


@flow
def draft_letter(
    *,
    matter_id: int,
    by: User,
    form: str,
    addressees: Sequence[Department] = (),
    copies: Sequence[Department] = (),
    asks: Sequence[Mapping[str, Any]] = (),
    papers: Sequence[Upload[Any]] = (),
    supersedes: Letter | None = None,
    **fields: Any,
) -> Letter:
    """Write a contact sheet or a letter in the name of the own department; nobody outside it sees it before it is sent.

    A draft may lack whatever is not known yet: only the signature asks for all (F4, F5).

    With `supersedes` it takes the place of an earlier one as soon as it is sent.
    """
    matter = lock(matter_id)
    concerned = letter_rules.concerned_departments(matter)
    if not policies.may_draft_letter(by, concerned):
        raise NotYours(_("Only departments that take part in the matter write about it."))
    letter_rules.insist_on_matter_under_way(matter)
    if form not in LetterForm.values:
        raise Invalid(_("Choose the paper."), fields={"form": [_("Choose the paper.")]})
    department = letter_rules.issuing_department(concerned, by)
    _insist_on_replaceable(supersedes, department)
    letter = Letter(
        matter=matter, form=form, department=department, department_name=department.name, drafted_by=by, drafted_at=now(),
        urgency=matter.urgency, confidentiality=matter.confidentiality, supersedes=supersedes,
    )  # fmt: skip
    letter.is_round = asks_the_departments(letter, addressees)
    _write(letter, fields, addressees, copies, asks)
    keep_files(letter, papers, by)
    return letter


@flow
def change_letter(
    *,
    letter_id: int,
    by: User,
    addressees: Sequence[Department] = (),
    copies: Sequence[Department] = (),
    asks: Sequence[Mapping[str, Any]] = (),
    papers: Sequence[Upload[Any]] = (),
    **fields: Any,
) -> Letter:
    """Write a draft anew; what lies before the signer comes back to the drafter."""
    letter = _lock_unsigned(letter_id, by)
    if letter.state == LetterState.SIGNING:
        letter.back_to_draft()
        supervision.cancel(subject_type=Letter.SUBJECT, subject_id=letter.pk)
    _write(letter, fields, addressees, copies, asks)
    keep_files(letter, papers, by)
    return letter


@flow
def ask_signature(*, letter_id: int, by: User) -> Letter:
    """Lay it before the head of the department: checking a sheet (审核), signing a letter (签发)."""
    letter = lock_letter(letter_id)
    letter_rules.insist_on_matter_under_way(letter.matter)
    insist(letter.ask_signature, by)
    letter_rules.insist_on_complete(letter)
    signer = people.head(letter.department_id)
    if signer is None or not policies.may_sign(letter, signer):
        signer = people.committee_chair() or people.arbiter()
    if signer is None:
        raise NotReady(
            _("Nobody can sign for this department. Ask the system administrator to name its head.")
        )
    letter.ask_signature()
    letter.signer = signer
    letter.save()
    supervision.owe(
        kind=Kind.APPROVE_DEPARTMENT, holder=signer, holder_department=letter.department, asked_by=by,
        **letter_owes(letter),
    )  # fmt: skip
    tell_people(
        letter.matter, [signer], _n("A paper on %(number)s waits for your signature."),
        key=f"letter:{letter.pk}:signature:{now():%Y%m%d%H%M%S}", url_name=LETTER, url_args=[letter.pk], to_do=True,
    )  # fmt: skip
    return letter


@flow
def return_letter(*, letter_id: int, by: User, reason: str) -> Letter:
    """The signer gives it back to the drafter, and says what should be otherwise."""
    letter = lock_letter(letter_id)
    insist(letter.back_to_draft, by)
    rules.insist_on_reason(reason)
    letter.back_to_draft()
    letter.returned_reason, letter.returned_by, letter.returned_at = reason.strip(), by, now()
    letter.save()
    supervision.cancel(subject_type=Letter.SUBJECT, subject_id=letter.pk)
    tell_people(
        letter.matter, [letter.drafted_by], _n("Your paper on %(number)s was given back; the reason stands on it."),
        key=f"letter:{letter.pk}:back:{now():%Y%m%d%H%M%S}", url_name=LETTER, url_args=[letter.pk], to_do=True,
    )  # fmt: skip
    return letter


@flow
def sign_letter(*, letter_id: int, by: User) -> Letter:
    """Sign it: the number is taken now, without a gap, and the date of the paper is that of the signature (F5)."""
    letter = lock_letter(letter_id)
    if letter.form == LetterForm.LETTER and letter.drafted_by_id == by.pk:
        raise NotYours(_("Nobody signs a letter of their own drafting. Somebody else has to sign."))
    insist(letter.sign, by)
    letter_rules.insist_on_matter_under_way(letter.matter)
    if letter.reply_by is not None and letter.reply_by < today():
        raise NotReady(_("The day for the answer has passed. Change it before you sign."))
    letter_rules.insist_on_complete(letter)
    letter.sign()
    letter.signed_by, letter.signed_at = by, now()
    if not letter.wants_no_answer:
        letter.reply_by = letter.reply_by or day_of(limits.due(Kind.LETTER_REPLY, letter.urgency, now()))
    letter.number = take(SERIES[letter.form])
    letter.save()
    supervision.discharge(kind=Kind.APPROVE_DEPARTMENT, subject_type=Letter.SUBJECT, subject_id=letter.pk)
    if by.pk != letter.drafted_by_id:
        tell_people(
            letter.matter, [letter.drafted_by], _n("%(number)s has been signed."), key=f"letter:{letter.pk}:signed",
            number=letter.number, url_name=LETTER, url_args=[letter.pk],
        )  # fmt: skip
    # On the simple track no act is spent on carrying it to the door (R039).
    return send_letter(letter_id=letter_id, by=by) if moves_the_matter(letter) else letter


@flow
def send_letter(*, letter_id: int, by: User) -> Letter:
    """Send it: addressed departments and those with a copy become readers; each addressee owes receipt and answer."""
    letter = lock_letter(letter_id)
    letter_rules.insist_on_matter_under_way(letter.matter)
    insist(letter.send, by)
    letter.send()
    letter.sent_at = now()
    letter.save()
    addressees = list(letter.addressees.select_related("department"))
    reached = [row.department_id for row in addressees]
    copied = list(letter.copies.values_list("pk", flat=True))
    let_read(letter.matter, departments=[*reached, *copied], why="letter")
    due_at = _answer_due(letter)
    for row in addressees:
        row.letter = letter
        _ask_for_answer(row, due_at, by)
    mark_sent(letter)
    _replace_predecessor(letter)
    if copied:
        tell_people(
            letter.matter, speakers(copied), _n("A copy of %(number)s from %(department)s has arrived."),
            key=f"letter:{letter.pk}:copy", params={"department": letter.department_name}, number=letter.number,
            url_name=LETTER, url_args=[letter.pk],
        )  # fmt: skip
    _tell_sending(letter, addressees, by)
    return letter


@flow
def close_letter(*, letter_id: int, by: User) -> Letter:
    """Everybody has answered; the issuing department puts it away."""
    letter = lock_letter(letter_id)
    insist(letter.close, by)
    letter.close()
    letter.ended_at = now()
    letter.save()
    tell_letter(letter, "close_letter", _n("%(actor)s closed %(number)s."), by=by, tone="ok")
    return letter


@flow
def withdraw_letter(*, letter_id: int, by: User, reason: str) -> Letter:
    """Take it back in the sight of all: whoever had it is told why, nobody owes anything on it any more."""
    letter = lock_letter(letter_id)
    was_sent = letter.state == LetterState.SENT
    insist(letter.withdraw, by)
    rules.insist_on_reason(reason)
    letter.withdraw()
    end_letter(letter, reason.strip())
    if was_sent:
        forget_answers(letter, letter.matter)
        reached = letter.addressees.values_list("department_id", flat=True)
        tell_people(
            letter.matter, speakers(reached), _n("%(number)s has been taken back; the reason stands in its story."),
            key=f"letter:{letter.pk}:withdrawn", number=letter.number,
            url_name=LETTER, url_args=[letter.pk],
        )  # fmt: skip
        tell_letter(
            letter,
            "withdraw_letter",
            _n("%(actor)s took %(number)s back."),
            by=by,
            reason=reason,
            tone="warn",
        )
    return letter


def _tell_sending(letter: Letter, addressees: Sequence[Addressee], by: User) -> None:
    facts = {
        "department": letter.department_name,
        "addressees": "、".join(row.department_name for row in addressees),
    }
    sentence = _n("%(department)s sent %(form)s %(number)s to %(addressees)s, answer due %(due)s.")
    if letter.reply_by is None:
        sentence = _n("%(department)s sent %(form)s %(number)s to %(addressees)s.")
    else:
        facts["due"] = f"{letter.reply_by:%Y-%m-%d}"
    tell_letter(letter, "send_letter", sentence, by=by, tone="acc", params=facts)


def _lock_unsigned(letter_id: int, by: User) -> Letter:
    letter = lock_letter(letter_id)
    if letter.state not in (LetterState.DRAFT, LetterState.SIGNING):
        raise NotReady(_("It has been signed: it can be taken back or replaced, not changed."))
    if not policies.may_edit_letter(letter, by):
        raise NotYours(_("Only the drafter and whoever speaks for the department change a draft."))
    letter_rules.insist_on_matter_under_way(letter.matter)
    return letter


def _insist_on_replaceable(old: Letter | None, department: Department) -> None:
    if old is None:
        return
    if old.department_id != department.pk or old.state not in (LetterState.SENT, LetterState.CLOSED):
        raise NotReady(_("Only a paper that your own department has sent can be replaced."))


def _write(
    letter: Letter,
    fields: Mapping[str, Any],
    addressees: Sequence[Department],
    copies: Sequence[Department],
    asks: Sequence[Mapping[str, Any]],
) -> None:
    """Fill the paper, refuse what is wrong in it, and write it with its rows; what it lacks is asked for at the signature."""
    for name, value in fields.items():
        if name in TEXTS:
            setattr(letter, name, str(value or "").strip())
        elif name in PLAIN:
            setattr(letter, name, value or getattr(letter, name) if name in PLAIN[:2] else value)
        else:
            raise Invalid(_("This cannot be changed."), fields={name: [_("This cannot be changed.")]})
    letter.contact_name = letter.contact_name or letter.drafted_by.name
    letter_rules.insist_on_draft(letter, addressees=addressees, copies=copies, asks=asks)
    letter.save()
    letter.copies.set(copies)
    letter.asks.all().delete()
    for ask in asks:
        if str(ask.get("text") or "").strip():
            LetterAsk.objects.create(letter=letter, text=ask["text"].strip(), wished_on=ask.get("wished_on"))
    letter.addressees.exclude(department__in=addressees).delete()
    for row in addressees:
        Addressee.objects.get_or_create(letter=letter, department=row, defaults={"department_name": row.name})


def _answer_due(letter: Letter) -> datetime:
    """The office's limit; another day that was chosen ends with its close of office (domain §6)."""
    usual = limits.due(Kind.LETTER_REPLY, letter.urgency, now())
    if letter.reply_by is None or day_of(usual) == letter.reply_by:
        return usual
    return max(close_of_office(letter.reply_by), now())


def _ask_for_answer(row: Addressee, due_at: datetime, by: User) -> None:
    """R101: the clock runs from the delivery; unsigned it counts as received. What asks for no answer is only signed for."""
    letter, common = row.letter, addressee_owes(row)
    supervision.owe(
        kind=Kind.RECEIPT, holder_department=row.department, on_lapse="deemed", asked_by=by, **common
    )
    facts = {"department": letter.department_name}
    sentence = _n("%(number)s from %(department)s has arrived; it asks for no answer, sign for it.")
    if letter.reply_by is not None:
        supervision.owe(
            kind=Kind.LETTER_REPLY, holder_department=row.department, due_at=due_at, asked_by=by, **common
        )
        facts["due"] = f"{letter.reply_by:%Y-%m-%d}"
        sentence = _n("%(number)s from %(department)s has arrived; the answer is due %(due)s.")
    tell_people(
        letter.matter, speakers([row.department_id]), sentence, key=f"letter:{letter.pk}:{row.pk}:sent",
        number=letter.number, url_name=ANSWER, url_args=[letter.pk, row.pk], params=facts, to_do=True,
    )  # fmt: skip


def _replace_predecessor(letter: Letter) -> None:
    if letter.supersedes_id is None:
        return
    old = Letter.objects.select_for_update(of=("self",)).get(pk=letter.supersedes_id)
    if old.state not in (LetterState.SENT, LetterState.CLOSED):
        return
    old.matter = letter.matter
    old.supersede()
    end_letter(old, letter.number or "")
    tell_letter(
        old,
        "supersede_letter",
        _n("%(number)s was replaced by %(new)s."),
        params={"new": letter.number or ""},
    )
