"""What an oral start asks of whom (Q23)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pages.addresses import address
from requests.case import Case, Step
from requests.oral_policies import may_answer_order, may_hand_in_papers
from requests.policies import may_draft_items
from requests.states import Stage

if TYPE_CHECKING:
    from organization.models import User


def answer_steps(case: Case, user: User) -> Iterator[Step]:
    """The word of whoever is said to have given the order: also while the matter is suspended."""
    order = case.order
    if order is not None and not order.answer and may_answer_order(order, user):
        asked = _("it was started on your oral order. Confirm it, or say that there was none.")
        yield Step(
            "oral_answer", _("Answer the order"), address("requests:oral_answer", case.matter.pk), asked
        )


def oral_steps(case: Case, user: User) -> Iterator[Step]:
    """Whoever gave the order says so; the applicant hands in the papers."""
    order = case.order
    if order is None:
        return
    pk = case.matter.pk
    yield from answer_steps(case, user)
    if case.matter.stage == Stage.EXECUTION and not case.items and may_draft_items(case.matter, user):
        asked = _("it was started on a word. Write down who does what by when.")
        yield Step("draft_item", _("Draft an action item"), address("requests:draft_item", pk), asked)
    if order.wants_papers and may_hand_in_papers(case.matter, user):
        asked = _("it was started on an oral order. Hand in the papers.")
        yield Step("oral_papers", _("Hand in the papers"), address("requests:oral_papers", pk), asked)
