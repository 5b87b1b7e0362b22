"""The two ends of the simple track (R039): the sheet that the acceptance writes, and the decision on the answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from audit.flow import flow
from audit.refusals import NotReady
from organization.models import Department, User
from requests import letter_policies, simple_rules
from requests.flows.decide import decide_unanimous
from requests.flows.issue import draft_item
from requests.flows.letters import ask_signature, draft_letter, sign_letter
from requests.flows.shared import lock
from requests.letter_states import DELIVERED, LetterForm
from requests.models import CoordinationRequest, Letter, Question
from requests.states import DecisionWay, Handling


def insist_and_mark(
    matter: CoordinationRequest,
    departments: Collection[Department],
    *,
    reason: str,
    facts: str,
    question: str,
) -> None:
    """At the acceptance, before it is written: the matter may take the simple track, and does."""
    simple_rules.insist_on_simple(matter, departments, reason=reason, facts=facts, question=question)
    matter.handling, matter.handling_reason = Handling.SIMPLE, reason.strip()
    matter.facts = facts.strip()


def send_round(
    matter: CoordinationRequest, departments: Collection[Department], *, question: str, by: User
) -> None:
    """The one act goes on: the question stands, and a sheet of the office lies before its head, or is on its way."""
    Question.objects.create(matter=matter, order=1, text=question.strip())
    letter = draft_letter(
        matter_id=matter.pk, by=by, form=LetterForm.SHEET, addressees=[row for row in departments if not row.is_coordination_office], title=matter.title,
        content=matter.expected_goal, facts=matter.facts, asks=[{"text": question.strip()}], basis=matter.organization_goal,
    )  # fmt: skip
    if letter_policies.may_sign(letter, by):
        sign_letter(letter_id=letter.pk, by=by)
    else:
        ask_signature(letter_id=letter.pk, by=by)


@flow
def settle_by_letters(
    *, matter_id: int, by: User, resolution: str, item: Mapping[str, Any]
) -> CoordinationRequest:
    """Q13 on the simple track: all departments agree in their answers, so the head of the office decides, and hands out
    who does what by when in the same act."""
    matter = lock(matter_id)
    if not matter.is_simple:
        raise NotReady(_("It is not on the simple track, or it has been decided."))
    draft_item(matter_id=matter_id, by=by, **item)
    numbers = (
        Letter.objects.filter(matter=matter, state__in=DELIVERED)
        .order_by("pk")
        .values_list("number", flat=True)
    )
    return decide_unanimous(
        matter,
        by=by,
        resolution=resolution,
        way=DecisionWay.LETTERS,
        document=next((no for no in numbers if no), ""),
    )
