"""Who may do what to contact sheets, letters and hand-overs (domain §5, row “Contact sheet / letter”). Pure: no queries."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from requests.letter_states import LetterForm
from requests.policies import may_write

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import Addressee, Letter


def may_draft_letter(user: User, concerned: Collection[int]) -> bool:
    """Anybody with a post in a department that takes part, and the office (`concerned` holds both)."""
    return may_write(user) and not user.authority.departments.isdisjoint(concerned)


def may_edit_letter(letter: Letter, user: User) -> bool:
    """Before the signature: whoever drafted it, and whoever speaks for the issuing department."""
    return may_write(user) and (letter.drafted_by_id == user.pk or speaks_for_letter(letter, user))


def speaks_for_letter(letter: Letter, user: User) -> bool:
    """Send, close, take back: the drafter's department speaks for it; the office's letters are its officers'."""
    return may_write(user) and (
        letter.department_id in user.authority.speaks_for
        or (user.authority.is_officer and letter.department_id in user.authority.departments)
    )


def may_send_letter(letter: Letter, user: User) -> bool:
    return may_edit_letter(letter, user) or may_sign(letter, user)


def may_sign(letter: Letter, user: User) -> bool:
    """The head of the issuing department; a letter is never signed by its drafter (F5). Chair and top leader sign for any."""
    if letter.form == LetterForm.LETTER and letter.drafted_by_id == user.pk:
        return False
    leads = user.authority.is_chair or user.authority.is_arbiter
    return may_write(user) and (letter.department_id in user.authority.headed or leads)


def may_receive_letter(addressee: Addressee, user: User) -> bool:
    """Head and liaisons of the addressed department sign for it and answer."""
    return may_write(user) and addressee.department_id in user.authority.speaks_for


def may_confirm_answer(addressee: Addressee, user: User) -> bool:
    """F4, 部门负责人确认: only the head."""
    return may_write(user) and addressee.department_id in user.authority.headed


def may_admit_misrouting(user: User) -> bool:
    """The coordination office says that it sent the paper to the wrong place: this passing-on then does not count."""
    return user.authority.is_officer and may_write(user)
