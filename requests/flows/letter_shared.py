"""What every flow of a contact sheet or letter begins and ends with: the locks, its obligations, the line of history."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from audit.acting import now
from audit.words import word
from organization import people
from organization.models import User
from requests.flows.shared import lock, tell_story
from requests.letter_policies import may_confirm_answer
from requests.letter_states import LetterForm
from requests.models import Addressee, Letter
from supervision import flows as supervision
from supervision.states import Kind

LETTER = "requests:letter"
ANSWER = "requests:letter_answer"


def lock_letter(letter_id: int) -> Letter:
    """The letter under its row lock, after its matter: everybody locks matter, letter, addressee in this one order."""
    matter = lock(Letter.objects.values_list("matter_id", flat=True).get(pk=letter_id))
    letter: Letter = (
        Letter.objects.select_for_update(of=("self",))
        .select_related("department", "drafted_by", "supersedes")
        .get(pk=letter_id)
    )
    letter.matter = matter
    return letter


def lock_addressee(addressee_id: int) -> Addressee:
    letter = lock_letter(Addressee.objects.values_list("letter_id", flat=True).get(pk=addressee_id))
    addressee: Addressee = (
        Addressee.objects.select_for_update(of=("self",)).select_related("department").get(pk=addressee_id)
    )
    addressee.letter = letter
    return addressee


def end_letter(letter: Letter, reason: str) -> None:
    """It is over: nobody owes anything on it any more."""
    letter.ending_reason, letter.ended_at = reason, now()
    letter.save()
    supervision.cancel(subject_type=Letter.SUBJECT, subject_id=letter.pk)
    for pk in letter.addressees.values_list("pk", flat=True):
        supervision.cancel(subject_type=Addressee.SUBJECT, subject_id=pk)


def letter_owes(letter: Letter) -> dict[str, Any]:
    return {
        "subject_type": Letter.SUBJECT,
        "subject_id": letter.pk,
        "case_id": letter.matter_id,
        "number": letter.number or letter.matter.number or "",
        "url_name": LETTER,
        "url_args": [letter.pk],
        "urgency": letter.urgency,
    }


def addressee_owes(addressee: Addressee) -> dict[str, Any]:
    return {
        **letter_owes(addressee.letter),
        "subject_type": Addressee.SUBJECT,
        "subject_id": addressee.pk,
        "url_name": ANSWER,
        "url_args": [addressee.letter_id, addressee.pk],
    }


def ask_head(addressee: Addressee, by: User) -> None:
    """The head's own answer needs no confirmation; every other one waits for it, without holding the clock."""
    if may_confirm_answer(addressee, by):
        addressee.confirmed_by, addressee.confirmed_at = by, now()
        supervision.discharge(
            kind=Kind.APPROVE_DEPARTMENT, subject_type=Addressee.SUBJECT, subject_id=addressee.pk
        )
        return
    addressee.confirmed_by = addressee.confirmed_at = None
    head = people.head(addressee.department_id)
    if head is not None:
        supervision.owe(
            kind=Kind.APPROVE_DEPARTMENT, holder=head, holder_department=addressee.department, asked_by=by,
            **{**addressee_owes(addressee), "url_name": LETTER, "url_args": [addressee.letter_id]},
        )  # fmt: skip


def tell_letter(
    letter: Letter, verb: str, sentence: str, *, by: User | None = None, params: dict[str, Any] | None = None,
    reason: str = "", tone: str = "",
) -> None:  # fmt: skip
    """One line in the story of the matter. A title is never in it: it may say more than every reader may know; of a paper
    between its parties nor is a reason."""
    facts = {"number": letter.number or "", "form": word(LetterForm(letter.form).label), **(params or {})}
    told = told_reason(letter, reason)
    tell_story(letter.matter, verb, sentence, by=by, subject=letter, params=facts, reason=told, tone=tone)


def told_reason(letter: Letter, reason: str) -> str:
    """What all who read the matter hear of a reason: of a paper between its parties only where it stands."""
    if not (letter.is_narrow and reason.strip()):
        return reason
    with override(settings.LANGUAGE_CODE):
        return _("The reason stands on the paper, which its parties read.")
