"""A refusal is looked at again (R048): asked for once and in time, never answered by the person who refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import NotReady, NotYours
from organization import people
from organization.models import Department, User
from requests import policies, rules
from requests.flows.approval_shared import call_back, end_paper
from requests.flows.conditions import reopen_checks
from requests.flows.endings import end_what_runs
from requests.flows.shared import let_read, lock, tell_people, tell_story, what_it_owes
from requests.merged import applicants
from requests.models import CoordinationRequest, RefusalReview
from requests.states import ReviewLevel, ReviewOutcome, Stage
from supervision.flows import cancel, discharge, owe
from supervision.models import Obligation
from supervision.states import Kind


def open_window(matter: CoordinationRequest) -> None:
    """From the refusal on the applicant has some days to ask; nobody owes it, so it is a window."""
    owe(kind=Kind.REVIEW_WINDOW, **what_it_owes(matter))


def end_as_refused(matter: CoordinationRequest, *, by: User, ground: str, reason: str) -> None:
    """Not taken on, by the office (Q9) or by one level of the approvals (Q8); the caller has checked the right.

    Every clock ends; the applicant is told and may ask once for a review.
    """
    matter.rejection_ground, matter.ending_reason = ground, reason
    matter.reject()
    matter.ended_at, matter.rejected_by = now(), by
    matter.save()
    end_what_runs(matter, by=by, reason=reason)
    cancel(case_id=matter.pk)
    end_paper(matter)
    open_window(matter)
    tell_people(
        matter,
        applicants(matter),
        _n("%(number)s was not taken on; the reason is written there. You may ask once for a review."),
        key="rejected",
    )


def window_of(matter: CoordinationRequest) -> Obligation | None:
    """The period in which a review can still be asked for."""
    rows = Obligation.objects.of(matter.SUBJECT, matter.pk).open().filter(kind=Kind.REVIEW_WINDOW)
    window: Obligation | None = rows.filter(due_at__gte=now()).first()
    return window


@flow
def ask_review(*, matter_id: int, by: User, reason: str) -> RefusalReview:
    """Q8, Q9: the refused applicant asks once, within the period, that somebody else looks at it again."""
    matter = lock(matter_id)
    _insist_on_asking(matter, by)
    rules.insist_on_reason(reason)
    level, reviewer, department = _find_reviewer(matter)
    review = RefusalReview.objects.create(
        matter=matter, refused_by=matter.rejected_by, refused_at=matter.ended_at or now(), ground=matter.rejection_ground,
        refusal=matter.ending_reason, asked_by=by, asked_at=now(), reason=reason.strip(), level=level, department=department,
    )  # fmt: skip
    discharge(kind=Kind.REVIEW_WINDOW, subject_type=matter.SUBJECT, subject_id=matter.pk)
    let_read(matter, users=[reviewer.pk], why="review")
    owe(kind=Kind.REVIEW_REFUSAL, holder=reviewer, asked_by=by, ladder=True, **what_it_owes(matter))
    tell_people(
        matter,
        [reviewer],
        _n("%(number)s: the applicant asks for a review of the refusal."),
        key="review-asked",
        to_do=True,
    )
    tell_story(
        matter, "ask_review", _n("%(actor)s asked for a review of the refusal; %(reviewer)s reviews it."),
        by=by, reason=reason, tone="warn", params={"reviewer": reviewer.name},
    )  # fmt: skip
    return review


@flow
def answer_review(*, matter_id: int, by: User, overturn: bool, reason: str) -> RefusalReview:
    """R048: uphold the refusal with its reason, or overturn it: the office then has the matter to accept again."""
    matter = lock(matter_id)
    review: RefusalReview | None = RefusalReview.objects.select_for_update().filter(matter=matter).first()
    if review is None:
        raise NotReady(_("Nobody has asked for a review of this matter."))
    if review.outcome:
        raise NotReady(_("This review has been answered already."))
    if not policies.may_answer_review(review, by):
        raise NotYours(_("Somebody else reviews this refusal; never the person who refused."))
    rules.insist_on_reason(reason)
    review.outcome = ReviewOutcome.OVERTURNED if overturn else ReviewOutcome.UPHELD
    review.answered_by, review.answered_at, review.answer = by, now(), reason.strip()
    review.save()
    discharge(kind=Kind.REVIEW_REFUSAL, subject_type=matter.SUBJECT, subject_id=matter.pk)
    if overturn:
        _back_to_acceptance(matter, review, by)
    _tell_answer(matter, review, by)
    return review


@flow
def end_review_window(*, matter_id: int, by: Any) -> int:
    """Nobody asked within the period: the refusal stands."""
    matter = lock(matter_id)
    return discharge(
        kind=Kind.REVIEW_WINDOW, subject_type=matter.SUBJECT, subject_id=matter.pk, outcome="lapsed"
    )


def _insist_on_asking(matter: CoordinationRequest, by: User) -> None:
    if matter.stage != Stage.REJECTED:
        raise NotReady(_("It was not refused, so there is nothing to review."))
    if not policies.is_applicant(matter, by):
        raise NotYours(_("Only the applicant asks for a review of the refusal."))
    if RefusalReview.objects.filter(matter=matter).exists():
        raise NotReady(_("A review was asked for already; it can be asked for once."))
    if window_of(matter) is None:
        raise NotReady(_("The period for a review has passed. File the matter again with what is new."))


def _back_to_acceptance(matter: CoordinationRequest, review: RefusalReview, by: User) -> None:
    """What the refusal said is kept in the review and in the history; the matter itself is open again."""
    matter.overturn_refusal()
    matter.rejection_ground, matter.ending_reason = "", ""
    matter.ended_at, matter.rejected_by = None, None
    matter.save()
    reopen_checks(matter)
    call_back(matter, by)
    owe(kind=Kind.ACCEPT, holder_department=people.office(), asked_by=review.asked_by, **what_it_owes(matter))


def _tell_answer(matter: CoordinationRequest, review: RefusalReview, by: User) -> None:
    overturned = review.outcome == ReviewOutcome.OVERTURNED
    sentence = (
        _n("%(number)s: the refusal was overturned; it waits for acceptance again.")
        if overturned
        else _n("%(number)s: the refusal was upheld; the reason is written there.")
    )
    refused = [review.refused_by] if review.refused_by else []
    tell_people(
        matter,
        [review.asked_by, *refused, *people.officers()],
        sentence,
        key="review-answered",
        to_do=overturned,
    )
    tell_story(
        matter, "answer_review",
        _n("%(actor)s overturned the refusal; it waits for acceptance again.") if overturned
        else _n("%(actor)s upheld the refusal."),
        by=by, came_from=Stage.REJECTED if overturned else "", reason=review.answer, tone="acc" if overturned else "bad",
    )  # fmt: skip


def _find_reviewer(matter: CoordinationRequest) -> tuple[ReviewLevel, User, Department]:
    """The head of the office; where the head refused, or filed it, the leader in charge of the office, then the chair."""
    office = people.office()
    if office is None:
        raise NotReady(_("No department is named as coordination office. Tell the system administrator."))
    doers = {matter.rejected_by_id, matter.filed_by_id}
    for level, person in _reviewers(office, known=matter.rejected_by_id is not None):
        if person is not None and person.pk not in doers:
            through = _through(office, person) if level == ReviewLevel.LEADER else office
            return level, person, through
    raise NotReady(
        _("Nobody holds the post that decides on this. Ask the coordination office to have it filled.")
    )


def _reviewers(office: Department, *, known: bool) -> Iterator[tuple[ReviewLevel, User | None]]:
    """In the order of the levels. Where it is not known who refused, it could have been any head of the office."""
    if known:
        yield from ((ReviewLevel.OFFICE_HEAD, person) for person in people.office_heads())
    yield ReviewLevel.LEADER, people.leader_in_charge(office.pk)
    yield from ((ReviewLevel.CHAIR, person) for person in (people.committee_chair(), people.arbiter()))


def _through(office: Department, leader: User) -> Department:
    """The office, or the department above it, that this leader is in charge of."""
    department: Department | None = office
    while department is not None and department.leader_in_charge_id != leader.pk:
        department = department.parent
    return department or office
