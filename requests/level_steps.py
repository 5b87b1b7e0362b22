"""What on the level of a matter, and on who reads it, is this person's turn (domain §5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pages.addresses import address
from requests import policies
from requests.case import Case, Step, Words
from requests.states import ENDED, Confidentiality, Stage

if TYPE_CHECKING:
    from organization.models import User


def level_steps(case: Case, user: User) -> Iterator[Step]:
    """The level and, on the highest one, who reads it: at every stage (domain §5)."""
    matter = case.matter
    if case.lowering_asked == user.pk:
        yield _step(
            "answer_lowering",
            case,
            _("Answer the proposal"),
            _("the level is to be lowered; it takes your word."),
        )
    elif case.lowering_by == user.pk:
        yield _step("withdraw_lowering", case, _("Take the proposal back"))
    if matter.is_closed and matter.stage != Stage.DRAFT and policies.may_name_readers(matter, user):
        yield _step("name_reader", case, _("Name a reader"))
        yield _step("end_reading", case, _("End a reading"))
    if matter.stage in (*ENDED, Stage.DRAFT):
        return
    if not matter.is_closed and policies.may_raise_level(matter, user):
        yield _step("raise_level", case, _("Raise the level"))
    lowest = matter.confidentiality == Confidentiality.PUBLIC
    if not lowest and case.lowering_by is None and policies.may_propose_lowering(matter, user):
        yield _step("lower_level", case, _("Lower the level"))


def _step(key: str, case: Case, label: Words, sentence: Words = "") -> Step:
    return Step(key, label, address(f"requests:{key}", case.matter.pk), sentence)
