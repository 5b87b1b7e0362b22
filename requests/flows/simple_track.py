"""The two ends of the simple track (R039): the sheet that the acceptance writes, and the decision on the answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from audit.acting import now
from audit.flow import flow
from audit.refusals import NotReady
from organization.models import Department, User
from requests import letter_policies, simple_rules
from requests.flows.decide import decide_unanimous
from requests.flows.issue import draft_item
from requests.flows.letter_shared import end_letter
from requests.flows.letters import ask_signature, draft_letter, sign_letter
from requests.flows.shared import lock
from requests.flows.simple_round import stand_for_the_office
from requests.letter_states import INTERNAL, STANDING, LetterForm
from requests.models import Addressee, CoordinationRequest, Letter, Question
from requests.states import DecisionWay, Handling
from supervision.flows import cancel


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
    _send_sheet(matter, departments, by)


def ask_who_takes_part_now(matter: CoordinationRequest, by: User) -> None:
    """Other departments take part: whoever left owes no answer to the sheet, whoever came gets one."""
    taking_part = matter.participants.values_list("department_id", flat=True)
    asked = Addressee.objects.filter(letter__matter=matter, letter__is_round=True)
    left = asked.exclude(department__in=taking_part)
    for row in left.waiting():
        row.dropped_at = now()
        row.save()
    for pk in left.values_list("pk", flat=True):
        cancel(subject_type=Addressee.SUBJECT, subject_id=pk)
    if not matter.is_settled_by_letters:
        return
    rows = matter.participants.filter(notified_at=None).select_related("department")
    missing = [row.department for row in rows if not row.department.is_coordination_office]
    waiting = matter.letters.rounds_waiting().filter(state__in=INTERNAL).first()
    if waiting is not None:
        _address_anew(waiting, missing)
    elif missing:
        _send_sheet(matter, missing, by)
    for sheet in matter.letters.filter(is_round=True, state__in=STANDING).order_by("pk"):
        stand_for_the_office(sheet)


def _address_anew(sheet: Letter, departments: Collection[Department]) -> None:
    """What is not signed yet goes to those who take part now; to nobody, it is not needed any more."""
    if not departments:
        sheet.withdraw()
        end_letter(sheet, _("The departments that it was written to no longer take part."))
        return
    sheet.addressees.exclude(department__in=departments).delete()
    for row in departments:
        Addressee.objects.get_or_create(letter=sheet, department=row, defaults={"department_name": row.name})


def _send_sheet(matter: CoordinationRequest, departments: Collection[Department], by: User) -> None:
    """The sheet with the facts and the questions of the matter: it lies before the head of the office, or is on its way."""
    asks = [{"text": text} for text in matter.questions.values_list("text", flat=True)]
    letter = draft_letter(
        matter_id=matter.pk, by=by, form=LetterForm.SHEET, addressees=[row for row in departments if not row.is_coordination_office], title=matter.title,
        content=matter.expected_goal, facts=matter.facts, asks=asks, basis=matter.organization_goal,
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
    sheets = matter.letters.filter(is_round=True, state__in=STANDING).order_by("pk")
    return decide_unanimous(
        matter,
        by=by,
        resolution=resolution,
        way=DecisionWay.LETTERS,
        document=sheets.values_list("number", flat=True).first() or "",
    )
