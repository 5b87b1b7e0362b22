"""The review after the end (复盘, F19): written, issued for good; its improvements are owed like tasks (R107, R108)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotYours
from audit.transitions import insist
from documents.numbers import take
from documents.states import Series
from organization import people as staff
from organization.models import User
from requests import retrospect_policies as policies
from requests import retrospect_rules, rules
from requests.flows.item_shared import close_of_office
from requests.flows.shared import lock, speakers, tell_people, tell_story, what_it_owes
from requests.models import CoordinationRequest, Improvement, Review
from requests.retrospect_facts import facts_of
from requests.retrospect_states import ImprovementKind
from supervision import flows as supervision
from supervision.states import Kind

PAGE, IMPROVEMENT = "requests:retrospect", "requests:improvement"
WRITTEN = (
    "comparison", "key_points", "went_well", "fell_short", "root_causes", "is_transferable", "experience",
    "no_improvement_reason", "chair", "grades",
)  # fmt: skip


def ask_for_review(matter: CoordinationRequest, *, by: User) -> None:
    """When the feedback has ended: the officer who kept a major matter owes its review, and the seal waits for it."""
    if (
        retrospect_rules.needs_review(matter)
        and not Review.objects.filter(matter=matter).exclude(number=None).exists()
    ):
        owed = {**what_it_owes(matter), "url_name": PAGE}
        supervision.owe(kind=Kind.REVIEW, holder=matter.keeper, asked_by=by, **owed)


@flow
def write_review(
    *,
    matter_id: int,
    by: User,
    fields: Mapping[str, Any],
    people: Sequence[User] = (),
    improvements: Sequence[Mapping[str, Any]] = (),
) -> Review:
    """Keep the draft, complete or not. Each row of an improvement is complete (R108)."""
    matter = lock(matter_id)
    if not policies.may_write_review(matter, by):
        raise NotYours(_("The coordination office and the lead department write the review."))
    retrospect_rules.insist_on_feedback(matter)
    review = Review.objects.select_for_update().filter(matter=matter).first()
    retrospect_rules.insist_on_draft(review)
    retrospect_rules.insist_on_rows(improvements)
    retrospect_rules.insist_on_grades(fields.get("grades", {}))
    if review is None:
        review = Review(matter=matter, drafted_by=by, drafted_at=now())
    for name in WRITTEN:
        if name in fields:
            value = fields[name]
            setattr(review, name, value.strip() if isinstance(value, str) else value)
    review.save()
    review.people.set(people)
    review.improvements.all().delete()
    for row in improvements:
        _draft(review, row)
    return review


def _draft(review: Review, row: Mapping[str, Any]) -> Improvement:
    owner = row["owner"]
    return Improvement.objects.create(
        matter=review.matter, review=review, text=row["text"].strip(), kind=row["kind"], owner=owner,
        department=owner.department, department_name=owner.department.name, due_on=row["due_on"],
    )  # fmt: skip


@flow
def issue_review(*, matter_id: int, by: User) -> Review:
    """It gets its number and the figures of this moment; each improvement is owed from now on and outlives the matter."""
    matter = lock(matter_id)
    review = _locked(matter)
    retrospect_rules.insist_on_draft(review)
    insist(review.issue, by)
    retrospect_rules.insist_on_feedback(matter)
    improvements = list(review.improvements.select_related("owner", "department"))
    retrospect_rules.insist_on_whole(review, improvements)
    review.facts = facts_of(matter)
    review.number = take(Series.REVIEW)
    review.issue()
    review.issued_by, review.issued_at = by, now()
    review.save()
    for improvement in improvements:
        _start(improvement, by)
    supervision.discharge(kind=Kind.REVIEW, subject_type=matter.SUBJECT, subject_id=matter.pk)
    _tell_all(review, by)
    return review


def _locked(matter: CoordinationRequest) -> Review:
    review: Review | None = Review.objects.select_for_update().filter(matter=matter).first()
    if review is None:
        sentence = _("Write the review first.")
        raise Invalid(sentence, fields={"comparison": [sentence]})
    review.matter = matter
    return review


def _start(improvement: Improvement, by: User) -> None:
    """Owed apart from the matter (no case): the archive does not wait for it, and it does not end with the seal."""
    improvement.open()
    improvement.save()
    supervision.owe(
        kind=Kind.IMPROVE, holder=improvement.owner, holder_department=improvement.department,
        due_at=close_of_office(improvement.due_on), ladder=True, asked_by=by, **_what_is_owed(improvement),
    )  # fmt: skip
    tell_people(
        improvement.matter, [improvement.owner], _n("Review %(number)s asks you to better something by %(day)s.") if improvement.review_id
        else _n("%(number)s is one of several alike: you are asked to better the system behind them by %(day)s."),
        key=f"improvement:{improvement.pk}", number=improvement.source_number, url_name=IMPROVEMENT,
        url_args=[improvement.pk], params={"day": f"{improvement.due_on:%Y-%m-%d}"}, to_do=True,
    )  # fmt: skip


def _what_is_owed(improvement: Improvement) -> dict[str, Any]:
    return {
        "subject_type": Improvement.SUBJECT,
        "subject_id": improvement.pk,
        "number": improvement.source_number,
        "url_name": IMPROVEMENT,
        "url_args": [improvement.pk],
    }


def _tell_all(review: Review, by: User) -> None:
    matter = review.matter
    concerned = speakers(matter.participants.values_list("department_id", flat=True))
    readers = {person.pk: person for person in [*concerned, matter.filed_by, *review.people.all()]}
    tell_people(
        matter, readers.values(), _n("The review %(number)s has been issued."), key=f"review:{review.pk}",
        number=review.number, url_name=PAGE,
    )  # fmt: skip
    tell_story(
        matter, "issue_review", _n("%(actor)s issued the review %(number)s."), by=by, subject=review,
        params={"number": review.number},
    )  # fmt: skip


@flow
def better_system(*, matter_id: int, by: User, text: str, owner: User, due_on: date) -> Improvement:
    """R109: what recurs is not settled case by case; the system behind it is given to somebody, with a day."""
    matter = lock(matter_id)
    if not policies.may_better_system(by):
        raise NotYours(_("The coordination office starts a system improvement."))
    row = {"text": text.strip(), "kind": ImprovementKind.SYSTEM, "owner": owner, "due_on": due_on}
    if gaps := retrospect_rules.gaps_of_row(row):
        raise Invalid(_("Something is still missing."), fields=gaps)
    department: Any = owner.department  # asked for above
    improvement = Improvement.objects.create(
        matter=matter, text=text.strip(), kind=ImprovementKind.SYSTEM, owner=owner, department=department,
        department_name=department.name, due_on=due_on,
    )  # fmt: skip
    _start(improvement, by)
    return improvement


@flow
def report_improvement(*, improvement_id: int, by: User, evidence: str) -> Improvement:
    """It is bettered, and here is what shows it."""
    improvement = _lock_improvement(improvement_id)
    insist(improvement.report, by)
    if not evidence.strip():
        sentence = _("Write what shows that it is better now.")
        raise Invalid(sentence, fields={"evidence": [sentence]})
    improvement.report()
    improvement.evidence, improvement.reported_by, improvement.reported_at = evidence.strip(), by, now()
    improvement.save()
    supervision.discharge(kind=Kind.IMPROVE, subject_type=Improvement.SUBJECT, subject_id=improvement.pk)
    supervision.owe(
        kind=Kind.VERIFY, holder_department=staff.office(), asked_by=by, **_what_is_owed(improvement)
    )
    return improvement


@flow
def confirm_improvement(*, improvement_id: int, by: User) -> Improvement:
    """The office has looked: it holds."""
    improvement = _lock_improvement(improvement_id)
    insist(improvement.confirm, by)
    improvement.confirm()
    improvement.checked_by, improvement.checked_at = by, now()
    improvement.save()
    supervision.discharge(kind=Kind.VERIFY, subject_type=Improvement.SUBJECT, subject_id=improvement.pk)
    _tell_owner(improvement, _n("%(number)s: what you bettered has been confirmed."), "confirmed")
    return improvement


@flow
def send_back_improvement(*, improvement_id: int, by: User, reason: str) -> Improvement:
    """It does not show yet: owed again, by the same day."""
    improvement = _lock_improvement(improvement_id)
    insist(improvement.send_back, by)
    rules.insist_on_reason(reason)
    improvement.send_back()
    improvement.returned_reason, improvement.returned_by, improvement.returned_at = reason.strip(), by, now()
    improvement.save()
    supervision.discharge(kind=Kind.VERIFY, subject_type=Improvement.SUBJECT, subject_id=improvement.pk)
    supervision.owe(
        kind=Kind.IMPROVE, holder=improvement.owner, holder_department=improvement.department,
        due_at=close_of_office(improvement.due_on), ladder=True, asked_by=by, **_what_is_owed(improvement),
    )  # fmt: skip
    _tell_owner(
        improvement, _n("%(number)s: what you bettered was sent back; the reason stands on it."), "back"
    )
    return improvement


def _lock_improvement(improvement_id: int) -> Improvement:
    found: Improvement = (
        Improvement.objects.select_for_update(of=("self",))
        .select_related("review", "matter", "owner", "department")
        .get(pk=improvement_id)
    )
    return found


def _tell_owner(improvement: Improvement, sentence: str, what: str) -> None:
    persons = {person.pk: person for person in (improvement.owner, improvement.reported_by) if person}
    tell_people(
        improvement.matter, persons.values(), sentence, number=improvement.source_number,
        key=f"improvement:{improvement.pk}:{what}:{now():%Y%m%d%H%M%S%f}", url_name=IMPROVEMENT,
        url_args=[improvement.pk], to_do=what == "back",
    )  # fmt: skip
