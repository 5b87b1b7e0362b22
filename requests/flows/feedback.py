"""The end of the work: completion, the applicant's word, the survey, the hand-over to the archive (Q17–Q19)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from audit.transitions import insist
from organization import people
from organization.models import User
from requests import policies
from requests.flows.agreements import end_agreements
from requests.flows.groups import dissolve_groups
from requests.flows.plan_again import take_up_plan
from requests.flows.plan_shared import rest_plan
from requests.flows.progress_duty import ask_for_progress_review, end_progress_reviews
from requests.flows.retrospect import ask_for_review
from requests.flows.shared import lock, speakers, tell_people, tell_story, what_it_owes
from requests.flows.survey import ask_for_surveys, drop_surveys
from requests.merged import applicants, joined_applicants
from requests.models import CoordinationRequest
from requests.states import Stage
from supervision.flows import discharge, owe
from supervision.states import Kind


@flow
def complete_execution(*, matter_id: int, by: User, summary: str) -> CoordinationRequest:
    """Q17: all items are closed; the result goes back to the applicant, who has 5 working days (R106)."""
    matter = lock(matter_id)
    insist(matter.complete_execution, by)
    if not summary.strip():
        sentence = _("Write in a sentence or two what was reached, measured by the goal.")
        raise Invalid(sentence, fields={"summary": [sentence]})
    matter.complete_execution()
    matter.completed_at = now()
    matter.save()
    discharge(kind=Kind.CLOSE_EXECUTION, subject_type=matter.SUBJECT, subject_id=matter.pk)
    rest_plan(matter)
    end_progress_reviews(matter, outcome="cancelled")
    owe(kind=Kind.CONFIRM, holder=matter.filed_by, asked_by=by, on_lapse="deemed", **what_it_owes(matter))
    ask_for_surveys(matter, by=by)
    tell_people(
        matter, [matter.filed_by], _n("%(number)s has been carried out. Please confirm or object."),
        key=f"completed:{matter.rework_count}", to_do=True,
    )  # fmt: skip
    tell_people(
        matter, joined_applicants(matter), _n("%(number)s, into which yours was merged, has been carried out."),
        key=f"completed-joined:{matter.rework_count}",
    )  # fmt: skip
    tell_story(
        matter, "complete_execution", _n("%(actor)s reported the matter carried out."),
        by=by, came_from=Stage.EXECUTION, reason=summary, tone="ok",
    )  # fmt: skip
    return matter


@flow
def confirm(*, matter_id: int, by: User, feedback: str = "") -> CoordinationRequest:
    """R106: the applicant is content."""
    matter = lock(matter_id)
    if not policies.may_confirm(matter, by):
        raise NotYours(_("Only the applicant confirms the result."))
    _insist_on_open_feedback(matter)
    matter.is_confirmed, matter.feedback = True, feedback.strip()
    _end_feedback(matter, outcome="done")
    tell_story(matter, "confirm", _n("%(actor)s confirmed the result."), by=by, reason=feedback, tone="ok")
    return matter


@flow
def deem_confirmed(*, matter_id: int, by: Any) -> CoordinationRequest | None:
    """The window has passed in silence: it counts as confirmed, and says so (R105, R106)."""
    matter = lock(matter_id)
    if matter.stage != Stage.FEEDBACK or matter.feedback_ended_at is not None:
        return None
    _end_feedback(matter, outcome="deemed")
    tell_story(matter, "deem_confirmed", _n("The applicant did not answer in time; it counts as confirmed."))
    return matter


@flow
def object_to_result(*, matter_id: int, by: User, defects: str) -> CoordinationRequest:
    """Q18: the applicant objects; the matter goes back to execution. The case officer owes new items.

    Once: whatever comes later is reopened by the head of the office, to whom the applicant says what is missing.
    """
    matter = lock(matter_id)
    insist(matter.reopen_execution, by)
    _insist_on_open_feedback(matter)
    if matter.rework_count and not policies.may_reopen_again(matter, by):
        raise NotReady(
            _(
                "An objection has reopened this matter once already. Tell the head of the coordination office what is missing: the head can reopen it again."
            )
        )
    if not defects.strip():
        raise Invalid(_("Write what is missing."), fields={"defects": [_("Write what is missing.")]})
    matter.reopen_execution()
    matter.is_confirmed, matter.feedback = False, defects.strip()
    matter.completed_at = None
    matter.save()
    discharge(kind=Kind.CONFIRM, subject_type=matter.SUBJECT, subject_id=matter.pk)
    drop_surveys(matter, outcome="cancelled")
    owe(kind=Kind.ISSUE_ACTION_ITEMS, holder=matter.keeper, asked_by=by, **what_it_owes(matter))
    ask_for_progress_review(matter, by)
    take_up_plan(matter, by)
    concerned = speakers(matter.participants.values_list("department_id", flat=True))
    tell_people(
        matter,
        [*people.officers(), *concerned, *joined_applicants(matter)],
        _n("%(number)s: the applicant objects to the result.")
        if by.pk == matter.filed_by_id
        else _n("%(number)s has been reopened by the head of the office."),
        key=f"objected:{matter.rework_count}",
        to_do=True,
    )
    tell_story(
        matter, "reopen_execution",
        _n("%(actor)s objected to the result; it goes back to execution.") if by.pk == matter.filed_by_id
        else _n("%(actor)s reopened the execution."),
        by=by, came_from=Stage.FEEDBACK, reason=defects, tone="bad",
    )  # fmt: skip
    return matter


@flow
def close(*, matter_id: int, by: User, archive_number: str) -> CoordinationRequest:
    """Q19: the transition to the archive; `archive.flows.seal` calls it when the dossier stands."""
    matter = lock(matter_id)
    insist(matter.archive, by)
    # Before the transition: of an archived matter no row changes any more.
    dissolve_groups(matter, by)
    end_agreements(matter)
    matter.archive()
    matter.ended_at = now()
    matter.save()
    discharge(kind=Kind.ARCHIVE, subject_type=matter.SUBJECT, subject_id=matter.pk)
    drop_surveys(matter, outcome="lapsed")
    tell_people(matter, applicants(matter), _n("%(number)s has been archived."), key="archived")
    tell_story(
        matter, "archive", _n("%(actor)s archived it as %(archive_number)s."),
        by=by, came_from=Stage.FEEDBACK, params={"archive_number": archive_number}, tone="ok",
    )  # fmt: skip
    return matter


def _insist_on_open_feedback(matter: CoordinationRequest) -> None:
    if matter.stage != Stage.FEEDBACK:
        raise NotReady(_("There is no result to confirm yet."))
    if matter.feedback_ended_at is not None:
        raise NotReady(_("The result has been confirmed already."))


def _end_feedback(matter: CoordinationRequest, *, outcome: str) -> None:
    matter.feedback_ended_at = now()
    matter.save()
    discharge(kind=Kind.CONFIRM, subject_type=matter.SUBJECT, subject_id=matter.pk, outcome=outcome)
    sealer = people.records_administrator(but_not=matter.keeper_id)
    owe(
        kind=Kind.ARCHIVE, holder=sealer, holder_department=None if sealer else people.office(),
        asked_by=matter.filed_by, **what_it_owes(matter),
    )  # fmt: skip
    ask_for_review(matter, by=matter.filed_by)
