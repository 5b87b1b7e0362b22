"""What a person can do with a contact sheet or letter now: the main act, and the others (pure over loaded rows)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.transitions import is_allowed
from requests.letter_policies import may_edit_letter, may_receive_letter, may_sign, speaks_for_letter
from requests.letter_states import INTERNAL, LetterState
from requests.next_steps import Words

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import Addressee, Letter


@dataclass(frozen=True)
class LetterAct:
    """One act: a button that is posted at once, or (`is_link`) a page of its own."""

    key: str
    label: Words
    url: str
    is_link: bool = False
    # Nobody waits for it: no solid button.
    is_optional: bool = False


def letter_acts(letter: Letter, user: User) -> list[LetterAct]:
    """The first one is the main act of this person."""
    if letter.state in INTERNAL:
        return _before_signature(letter, user)
    if letter.state == LetterState.SIGNED and is_allowed(letter.send, user):
        return [_act("send", letter, _("Send out")), _link("withdraw", letter, _("Take it back"))]
    return _after_sending(letter, user)


def _before_signature(letter: Letter, user: User) -> list[LetterAct]:
    found = []
    if may_sign(letter, user):
        label = pgettext_lazy("sheet", "Check and sign") if letter.is_sheet else _("Sign the letter")
        found.append(_act("sign", letter, label))
    if letter.state == LetterState.DRAFT and may_edit_letter(letter, user):
        found.append(_act("ask_signature", letter, _("Ask for the signature")))
    if may_edit_letter(letter, user):
        found.append(_link("edit", letter, _("Change the draft")))
    if letter.state == LetterState.SIGNING and is_allowed(letter.back_to_draft, user):
        found.append(_link("return", letter, _("Give back")))
    if is_allowed(letter.withdraw, user):
        found.append(_link("withdraw", letter, _("Drop it")))
    return found


def _after_sending(letter: Letter, user: User) -> list[LetterAct]:
    found = []
    rows = list(letter.addressees.all())
    if letter.state == LetterState.SENT:
        for row in rows:
            if row.dropped_at is None and may_receive_letter(row, user):
                found += _of_addressee(letter, row)
    everybody = letter.wants_no_answer or all(row.answered_at or row.dropped_at for row in rows)
    if is_allowed(letter.close, user) and everybody:
        found.append(_act("close", letter, _("Close it")))
    if letter.state in (LetterState.SENT, LetterState.CLOSED) and speaks_for_letter(letter, user):
        url = reverse("requests:new_letter", args=[letter.matter_id])
        found.append(
            LetterAct(
                "replace",
                _("Replace it"),
                f"{url}?form={letter.form}&instead={letter.pk}",
                is_link=True,
                is_optional=True,
            )
        )
    if is_allowed(letter.withdraw, user):
        found.append(replace(_link("withdraw", letter, _("Take it back")), is_optional=True))
    return found


def _of_addressee(letter: Letter, row: Addressee) -> list[LetterAct]:
    """Answer it; or, where no answer is asked for, sign for it once."""
    if letter.wants_no_answer:
        url = reverse("requests:letter_receive", args=[letter.pk, row.pk])
        return [] if row.receipt else [LetterAct("receive", _("Sign for it"), url)]
    label = _("Change the answer") if row.reply else _("Answer")
    url = reverse("requests:letter_answer", args=[letter.pk, row.pk])
    return [LetterAct("answer", label, url, is_link=True, is_optional=bool(row.reply))]


def _act(key: str, letter: Letter, label: Words) -> LetterAct:
    return LetterAct(key, label, reverse(f"requests:letter_{key}", args=[letter.pk]))


def _link(key: str, letter: Letter, label: Words) -> LetterAct:
    return LetterAct(key, label, reverse(f"requests:letter_{key}", args=[letter.pk]), is_link=True)
