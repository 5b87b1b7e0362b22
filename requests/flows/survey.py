"""The satisfaction survey (F15, R170): asked of the applicant and one person of each department that took part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from organization import people
from organization.models import Department, User
from requests import policies
from requests.flows.shared import lock, tell_people, tell_story, what_it_owes
from requests.models import CoordinationRequest, Survey
from requests.states import Stage
from supervision.flows import discharge, owe
from supervision.models import Obligation
from supervision.states import Kind, Outcome

PAGE = "requests:survey"
# Such a mark, or a lower one, is explained (F15).
LOW = 2


def ask_for_surveys(matter: CoordinationRequest, *, by: User) -> None:
    """When the execution is completed; whoever has answered before a rework is not asked again."""
    answered = set(matter.surveys.values_list("person_id", flat=True))
    for person, department in _asked(matter):
        if person.pk in answered:
            continue
        owed = {**what_it_owes(matter), "url_name": PAGE}
        owe(kind=Kind.SURVEY, holder=person, holder_department=department, asked_by=by, **owed)
        if department is not None:
            tell_people(
                matter, [person], _n("%(number)s has been carried out. Please answer the satisfaction survey."),
                key=f"survey:{person.pk}:{matter.rework_count}", url_name=PAGE, to_do=True,
            )  # fmt: skip


def drop_surveys(matter: CoordinationRequest, *, outcome: str) -> None:
    discharge(kind=Kind.SURVEY, subject_type=matter.SUBJECT, subject_id=matter.pk, outcome=outcome)


@flow
def end_surveys(*, matter_id: int, by: Any) -> int:
    """The limit has passed: what was not answered ends as lapsed, and the archive waits no longer (R105)."""
    matter = lock(matter_id)
    owed = Obligation.objects.of(matter.SUBJECT, matter.pk).lapsed_unanswered(Kind.SURVEY)
    return sum(
        discharge(
            kind=Kind.SURVEY, subject_type=matter.SUBJECT, subject_id=matter.pk, holder=duty.holder,
            holder_department=duty.holder_department, outcome=Outcome.LAPSED,
        )
        for duty in owed.select_related("holder", "holder_department")
    )  # fmt: skip


@flow
def answer_survey(
    *, matter_id: int, by: User, marks: Mapping[str, int], reason: str = "", suggestion: str = ""
) -> Survey:
    """Form F15: six marks from 1 to 5; a mark of 2 or less needs its reason. One per person and matter.

    For a department its liaison answers, or whoever else speaks for it; one answer counts for the department.
    """
    matter = lock(matter_id)
    departments = set(matter.participants.values_list("department_id", flat=True))
    if not policies.may_survey(matter, by, departments):
        raise NotYours(_("The applicant and the departments that took part answer this survey."))
    if matter.stage != Stage.FEEDBACK:
        raise NotReady(_("The survey is open while feedback is asked for."))
    if matter.surveys.filter(person=by).exists():
        raise NotReady(_("You have answered this survey already."))
    department = None if policies.is_applicant(matter, by) else _speaks_for(matter, by, departments)
    _insist_on_marks(marks, reason)
    survey = Survey.objects.create(
        matter=matter, person=by, department=department, answered_at=now(), reason=reason.strip(),
        suggestion=suggestion.strip(), **{name: marks[name] for name in Survey.SCALES},
    )  # fmt: skip
    discharge(
        kind=Kind.SURVEY, subject_type=matter.SUBJECT, subject_id=matter.pk,
        holder=None if department else by, holder_department=department,
    )  # fmt: skip
    tell_story(matter, "answer_survey", _n("%(actor)s answered the satisfaction survey."), by=by)
    return survey


def _asked(matter: CoordinationRequest) -> list[tuple[User, Department | None]]:
    """The applicant, and the liaison of each department that took part: each person once."""
    found: dict[int, tuple[User, Department | None]] = {matter.filed_by_id: (matter.filed_by, None)}
    for row in matter.participants.select_related("department").order_by("pk"):
        for person in people.liaisons(row.department_id)[:1]:
            found.setdefault(person.pk, (person, row.department))
    return list(found.values())


def _speaks_for(matter: CoordinationRequest, by: User, departments: set[int]) -> Department:
    """The department that this answer counts for: one of the person's own that has not answered yet."""
    open_ones = (departments & by.authority.speaks_for) - set(
        matter.surveys.values_list("department_id", flat=True)
    )
    found: Department | None = Department.objects.filter(pk__in=open_ones).order_by("order", "pk").first()
    if found is None:
        raise NotReady(_("Your department has answered this survey already."))
    return found


def _insist_on_marks(marks: Mapping[str, int], reason: str) -> None:
    fields: dict[str, list[Sentence]] = {
        name: [_("Give a mark from 1 to 5.")] for name in Survey.SCALES if marks.get(name) not in range(1, 6)
    }
    if not fields and min(marks.values()) <= LOW and not reason.strip():
        fields["reason"] = [_("One mark is low. Write the reason, so that it can be mended.")]
    if fields:
        raise Invalid(_("The survey is not complete."), fields=fields)
