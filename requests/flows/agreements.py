"""Chief and staff know the same (双向告知, R092): what heads agree on reaches those who do the work, and the other way round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now, today
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from organization import people
from organization.models import Department, User
from requests import agreement_policies as policies
from requests.agreement_states import HEARD, AgreementState, HeadsWord
from requests.flows.effects import concerned_by
from requests.flows.shared import let_read, lock, speakers, tell_people, tell_story
from requests.models import ActionItem, Agreement, AgreementSide, CoordinationRequest
from requests.rules import insist_on_open_matter
from requests.states import ITEM_OPEN, Stage
from supervision import flows as supervision
from supervision.states import Kind, Outcome

PAGE = "requests:agreement"
STAGES = (Stage.PREPARATION, Stage.DECISION, Stage.EXECUTION)
LONGEST = 1000


@flow
def record_agreement(
    *,
    matter_id: int,
    by: User,
    text: str,
    agreed_on: date,
    sides: Sequence[Mapping[str, Any]],
    item: ActionItem | None = None,
) -> Agreement:
    """R092: where a head agreed, those of the department who do the work are told; where they agreed, their head is, who
    can object within a working day. `sides` name the person for each department. Whoever records it gives the own word
    only: everybody else who is named hears of it, and a head who is named has the same working day."""
    matter = lock(matter_id)
    concerned = concerned_by(matter)
    if not policies.may_record_agreement(matter, by, concerned):
        raise NotYours(
            _("Those who work in a department that takes part, and the office, record what was agreed.")
        )
    if matter.stage not in STAGES or matter.is_suspended:
        raise NotReady(_("Agreements are recorded from the acceptance to the end of the execution."))
    _insist_on_agreement(matter, concerned, text, agreed_on, sides, item)
    agreement = Agreement.objects.create(
        matter=matter, item=item, text=text.strip(), agreed_on=agreed_on, recorded_by=by, recorded_at=now(),
    )  # fmt: skip
    let_read(matter, users=[side["person"].pk for side in sides], why="agreement")
    for side in sides:
        _add_side(agreement, side["department"], side["person"], by)
    tell_story(
        matter, "record_agreement", _n("%(actor)s recorded what %(departments)s agreed on."), by=by, subject=agreement,
        params={"departments": "、".join(side["department"].name for side in sides)}, reason=agreement.text,
    )  # fmt: skip
    _stand_if_heard(agreement)
    return agreement


@flow
def answer_agreement(*, agreement_id: int, by: User, agree: bool, objection: str = "") -> Agreement:
    """The head knows of it, or objects: an agreement that a head objects to does not stand, and all who made it hear so."""
    agreement = lock_agreement(agreement_id)
    asked = agreement.sides.filter(is_head=False)
    if not policies.may_answer_agreement(by, list(asked.values_list("department_id", flat=True))):
        raise NotYours(_("Only the head of a department whose people agreed objects to it."))
    insist_on_open_matter(agreement.matter)
    if agreement.matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))
    mine = list(agreement.sides.waiting_for(by))
    if agreement.state != AgreementState.TOLD or not mine:
        raise NotReady(_("Your word is not waited for any more."))
    if not agree and not objection.strip():
        sentence = _("Write what speaks against it, and what would be right.")
        raise Invalid(sentence, fields={"objection": [sentence]})
    for side in mine:
        _say(side, HeadsWord.NOTED if agree else HeadsWord.OBJECTED, by, objection)
    if agree:
        _stand_if_heard(agreement)
    else:
        _fall(agreement, mine[0], by)
    return agreement


@flow
def deem_agreement_known(*, side_id: int, by: Any) -> Agreement | None:
    """The working day has passed: the head was told and had nothing against it (R092)."""
    agreement = lock_agreement(AgreementSide.objects.values_list("agreement_id", flat=True).get(pk=side_id))
    side = agreement.sides.waiting().filter(pk=side_id).first()
    if side is None:
        return None
    _say(side, HeadsWord.SILENT, None)
    _stand_if_heard(agreement)
    return agreement


def end_agreements(matter: CoordinationRequest) -> None:
    """With its matter ends what waited for a head: nobody objects any more, and silence lets nothing stand."""
    for agreement in matter.agreements.filter(state=AgreementState.TOLD):
        waiting = [row.department_id for row in agreement.sides.waiting()]
        agreement.state = AgreementState.ENDED
        agreement.save()
        for side in agreement.sides.all():
            supervision.cancel(subject_type=AgreementSide.SUBJECT, subject_id=side.pk)
        tell_people(
            matter, [head for head in map(people.head, waiting) if head],
            _n("%(number)s does not go on: your word on what was agreed is not asked for any more."),
            key=f"agreement:{agreement.pk}:over", url_name=PAGE, url_args=[agreement.pk],
        )  # fmt: skip


def lock_agreement(agreement_id: int) -> Agreement:
    """The agreement under its row lock, after its matter."""
    matter = lock(Agreement.objects.values_list("matter_id", flat=True).get(pk=agreement_id))
    agreement: Agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement_id)
    agreement.matter = matter
    return agreement


def _add_side(agreement: Agreement, department: Department, person: User, by: User) -> None:
    """Downwards from a head who records it, upwards from everybody else."""
    heads = department.pk in person.authority.headed
    side = AgreementSide(
        agreement=agreement, department=department, department_name=department.name, person=person,
        is_head=heads and person.pk == by.pk,
    )  # fmt: skip
    if side.is_head:
        side.save()
        _tell_staff(side, by)
        return
    head = person if heads else people.head(department.pk)
    if head is not None:
        knows = head.pk == by.pk
        side.word = HeadsWord.NOTED if knows else HeadsWord.WAITING
        side.said_by, side.said_at = (head, now()) if knows else (None, None)
    side.save()
    if side.word == HeadsWord.WAITING and head is not None:
        _ask_head(side, head, by)
    if not heads and person.pk != by.pk:
        _tell_named(side, by)


def _ask_head(side: AgreementSide, head: User, by: User) -> None:
    agreement, matter = side.agreement, side.agreement.matter
    let_read(matter, users=[head.pk], why="agreement")
    supervision.owe(
        kind=Kind.HEADS_WORD, holder=head, holder_department=side.department, asked_by=by, on_lapse="deemed",
        subject_type=AgreementSide.SUBJECT, subject_id=side.pk, case_id=matter.pk, number=matter.number or "", url_name=PAGE,
        url_args=[agreement.pk], urgency=matter.urgency,
    )  # fmt: skip
    tell_people(
        matter, [head],
        _n("%(number)s: you are named as having agreed on something; you can object within a working day.")
        if head.pk == side.person_id
        else _n("%(number)s: people of your department have agreed on something; you can object within a working day."),
        key=f"agreement:{side.pk}:head", url_name=PAGE, url_args=[agreement.pk], to_do=True,
    )  # fmt: skip


def _tell_named(side: AgreementSide, by: User) -> None:
    """Somebody else wrote down their word: whoever never gave it says so to the own head, who objects."""
    tell_people(
        side.agreement.matter, [side.person],
        _n("%(number)s: you are named as having agreed on something for your department; if that is not so, tell its head."),
        key=f"agreement:{side.pk}:named", url_name=PAGE, url_args=[side.agreement_id],
    )  # fmt: skip


def _tell_staff(side: AgreementSide, by: User) -> None:
    """Those who work on it in the department of the head, and whoever speaks for it."""
    matter = side.agreement.matter
    working = matter.items.filter(department=side.department, state__in=ITEM_OPEN).select_related("assignee")
    staff = {
        person.pk: person
        for person in (*(item.assignee for item in working), *speakers([side.department_id]))
    }
    tell_people(
        matter, [person for pk, person in staff.items() if pk not in (side.person_id, by.pk)],
        _n("%(number)s: the head of your department has agreed on something that concerns your work."),
        key=f"agreement:{side.pk}:staff", url_name=PAGE, url_args=[side.agreement_id],
    )  # fmt: skip


def _say(side: AgreementSide, word: str, by: User | None, objection: str = "") -> None:
    side.word, side.said_by, side.said_at, side.objection = word, by, now(), objection.strip()[:500]
    side.save()
    supervision.discharge(
        kind=Kind.HEADS_WORD, subject_type=AgreementSide.SUBJECT, subject_id=side.pk,
        outcome=Outcome.DEEMED if by is None else Outcome.DONE,
    )  # fmt: skip
    if word in HEARD and side.department_id in side.person.authority.headed:
        _tell_staff(side, side.person)


def _stand_if_heard(agreement: Agreement) -> None:
    if agreement.sides.waiting().exists():
        return
    agreement.state = AgreementState.STANDS
    agreement.save()
    tell_story(
        agreement.matter, "agreement_stands", _n("What %(departments)s agreed on stands: both levels know of it."),
        subject=agreement, tone="ok", params={"departments": _names(agreement)},
    )  # fmt: skip


def _fall(agreement: Agreement, side: AgreementSide, by: User) -> None:
    """The other heads need not answer any more."""
    agreement.state = AgreementState.OBJECTED
    agreement.save()
    for other in agreement.sides.all():
        supervision.cancel(subject_type=AgreementSide.SUBJECT, subject_id=other.pk)
    made = [row.person for row in agreement.sides.select_related("person")]
    heads = [people.head(row.department_id) for row in agreement.sides.all()]
    concerned = {
        one.pk: one for one in (*made, *heads, agreement.recorded_by, agreement.matter.keeper) if one
    }
    tell_people(
        agreement.matter, [person for pk, person in concerned.items() if pk != by.pk],
        _n("%(number)s: the head of %(department)s objects to what was agreed; it does not stand."),
        key=f"agreement:{agreement.pk}:objected", params={"department": side.department_name}, url_name=PAGE, url_args=[agreement.pk],
    )  # fmt: skip
    tell_story(
        agreement.matter, "object_to_agreement", _n("%(department)s %(actor)s objected to what %(departments)s agreed on; it does not stand."),
        by=by, subject=agreement, reason=side.objection, tone="bad",
        params={"department": side.department_name, "departments": _names(agreement)},
    )  # fmt: skip


def _names(agreement: Agreement) -> str:
    return "、".join(agreement.sides.values_list("department_name", flat=True))


def _insist_on_agreement(
    matter: CoordinationRequest, concerned: set[int], text: str, agreed_on: date, sides: Sequence[Mapping[str, Any]],
    item: ActionItem | None,
) -> None:  # fmt: skip
    wrong = {
        "text": not 0 < len(text.strip()) <= LONGEST
        and _("Write what was agreed, in at most 1000 characters."),
        "agreed_on": agreed_on > today() and _("This day has not come yet. Choose today or earlier."),
        "sides": _wrong_sides(concerned, sides),
        "item": item is not None
        and item.matter_id != matter.pk
        and _("This belongs to another matter. Choose one of this matter."),
    }
    fields: dict[str, list[Sentence]] = {name: [sentence] for name, sentence in wrong.items() if sentence}
    if fields:
        raise Invalid(_("The agreement is not complete."), fields=fields)


def _wrong_sides(concerned: set[int], sides: Sequence[Mapping[str, Any]]) -> str:
    departments = [side["department"] for side in sides]
    if len({department.pk for department in departments}) < max(2, len(departments)):
        return _("Name for at least two departments who agreed, one person for each.")
    outside = [department.name for department in departments if department.pk not in concerned]
    if outside:
        return _("These do not take part: %(names)s.") % {"names": "、".join(outside)}
    strangers = [
        side["person"].name
        for side in sides
        if not side["person"].is_active or side["department"].pk not in side["person"].authority.departments
    ]
    if strangers:
        return _("Not of that department: %(names)s.") % {"names": "、".join(strangers)}
    return ""
