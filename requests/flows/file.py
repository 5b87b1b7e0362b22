"""Filing: draft, attempts, submit, resubmit, withdraw (Q1, Q3, Q10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Conflict, Invalid, NotReady, NotYours
from audit.transitions import insist
from documents.models import File
from documents.numbers import take
from documents.states import Series
from organization import people
from organization.models import Department, User
from requests import policies, rules
from requests.flows.approval_follow import ask_missing_levels
from requests.flows.approval_shared import end_paper
from requests.flows.attempts import ask_for_help, replace_attempts, write_attempt
from requests.flows.conditions import reopen_checks
from requests.flows.endings import end_what_runs
from requests.flows.given_up import insist_on_silence, tell_given_up
from requests.flows.goals import with_goal
from requests.flows.intake import RETURNED
from requests.flows.level import keep_raise
from requests.flows.shared import let_read, lock, speakers, tell_people, tell_story, what_it_owes, wish
from requests.flows.simple import weigh_again
from requests.flows.urgency import ask_for_confirmation, owe_confirmation
from requests.form_reads import open_gaps
from requests.merged import joined_applicants
from requests.models import CoordinationRequest
from requests.states import Confidentiality, Route, Stage, is_stricter
from supervision.flows import cancel, discharge, owe, resume
from supervision.states import Kind

DRAFT_FIELDS = (
    "title", "phone", "category", "urgency", "urgency_reason", "background", "goal", "expected_result",
    "initial_scope", "suggested_lead", "organization_goal", "served_goal", "goal_reason", "wished_on", "amount", "has_personal_data", "route",
    "confidentiality",
)  # fmt: skip


@flow
def start_draft(*, by: User) -> CoordinationRequest:
    """Open an empty form F1 for this person. Everybody of the house may (R025)."""
    return open_form(by)


def insist_on_filer(by: User) -> Department:
    """The department in whose name this person files."""
    if not policies.may_file(by) or by.department is None:
        raise NotYours(_("Only members of a department can file a matter."))
    return by.department


def open_form(by: User, **fields: Any) -> CoordinationRequest:
    """A form F1 with what it starts from, readable by its applicant alone."""
    department = insist_on_filer(by)
    matter = CoordinationRequest.objects.create(
        filed_by=by,
        filed_by_department=department,
        department_name=department.name,
        created_at=now(),
        **{"phone": by.phone, **fields},
    )
    let_read(matter, users=[by.pk], why="applicant")
    return matter


@flow
def save_draft(
    *,
    matter_id: int,
    by: User,
    fields: Mapping[str, Any],
    departments: Sequence[Any] | None = None,
    attempts: Sequence[Mapping[str, Any]] | None = None,
    answers: Mapping[int, str] | None = None,
    revision: int | None = None,
) -> CoordinationRequest:
    """Keep what was typed so far, complete or not, in a draft or a returned form.

    `fields` holds values for DRAFT_FIELDS; `attempts` replaces the list of the own talks; `answers` are by the id of the
    gap. Once handed in the level is never lowered here (§5). Raises Conflict when the same form was saved from another
    window since `revision` was read.
    """
    matter = lock(matter_id)
    _insist_on_own_form(matter, by)
    if revision is not None and revision != matter.revision:
        raise Conflict(_("This form was saved in another window meanwhile. Reload the page before going on."))
    level = matter.confidentiality
    written = _write_fields(matter, with_goal(fields, matter))
    is_changed = bool(written)
    if departments is not None:
        is_changed |= wish(matter, departments)
    if attempts is not None:
        is_changed |= replace_attempts(matter, attempts, by)
    _write_answers(matter, answers or {})
    # A draft counts its saves; a returned form only those that changed something: words alone fill no gap.
    if is_changed or matter.stage == Stage.DRAFT:
        matter.revision += 1
        matter.save(update_fields=[*written, "revision"])
    if matter.stage != Stage.DRAFT and matter.confidentiality != level:
        keep_raise(matter, before=level, by=by, reason=_("Chosen in the returned form."))
    return matter


@flow
def file_at_once(
    *,
    by: User,
    fields: Mapping[str, Any],
    departments: Sequence[Any],
    attempts: Sequence[Mapping[str, Any]] = (),
    hand_in: bool = True,
) -> CoordinationRequest:
    """Draft and hand in as one act, for the API and for imports: a refused form leaves no draft behind."""
    typed = with_goal({name: fields[name] for name in DRAFT_FIELDS if name in fields})
    matter = open_form(by, **typed, revision=1)
    matter.wished_departments.add(*departments)
    for attempt in attempts:
        rules.insist_on_attempt(attempt)
        write_attempt(matter, by, attempt)
    return _hand_in(matter, by) if hand_in else matter


@flow
def discard_draft(*, matter_id: int, by: User) -> None:
    """Withdraw a draft that was never handed in. The row stays, readable by nobody but its applicant."""
    matter = lock(matter_id)
    if not policies.is_applicant(matter, by):
        raise NotYours(_("Only the applicant changes the form."))
    insist(matter.withdraw, by)
    if matter.stage != Stage.DRAFT:
        raise NotReady(_("Only a draft can be discarded. Withdraw the matter instead."))
    matter.withdraw()
    matter.ended_at = now()
    matter.save()


@flow
def submit(*, matter_id: int, by: User) -> CoordinationRequest:
    """Q1: hand the form in. It gets its number, the office its clock.

    Raises Invalid with every gap at once, NotReady when no department is the coordination office (R002).
    """
    return _hand_in(lock(matter_id), by)


def _hand_in(matter: CoordinationRequest, by: User) -> CoordinationRequest:
    insist(matter.submit, by)
    office = _office()
    rules.insist_on_complete_form(matter)
    ask_for_confirmation(matter)
    matter.number = take(Series.REQUEST)
    matter.submit()
    matter.submitted_at = now()
    matter.save(update_fields=["number", "stage", "submitted_at"])
    let_read(matter, departments=[matter.filed_by_department_id], why="applicant")
    owe(kind=Kind.ACCEPT, holder_department=office, asked_by=by, **what_it_owes(matter))
    owe_confirmation(matter)
    tell_people(
        matter,
        people.officers(),
        _n("%(number)s was filed and waits for acceptance."),
        key="submitted",
        to_do=True,
    )
    if matter.route == Route.OWN_HEAD:
        _tell_own_head(matter)
    ask_for_help(matter)
    tell_story(
        matter, "submit", _n("%(actor)s filed it; it got the number %(number)s."),
        by=by, came_from=Stage.DRAFT, params={"number": matter.number}, tone="acc",
    )  # fmt: skip
    return matter


@flow
def resubmit(*, matter_id: int, by: User, answers: Mapping[int, str] | None = None) -> CoordinationRequest:
    """Q3: every gap has its answer; the office's clock goes on with what was left of it.

    `answers` are by the id of the gap, beside those that were kept with the form. Raises Invalid with every gap that has
    none and whatever else the form lacks, at once.
    """
    matter = lock(matter_id)
    from_preparation = matter.returned_from == Stage.PREPARATION
    transition = matter.resubmit_preparation if from_preparation else matter.resubmit_proposal
    insist(transition, by)
    _write_answers(matter, answers or {})
    rules.insist_on_complete_form(matter)
    _insist_on_change(matter)
    ask_for_confirmation(matter)
    transition()
    matter.save()
    answered = list(matter.gaps.open())
    matter.gaps.open().update(answered_at=now())
    reopen_checks(matter)
    if from_preparation:  # another amount or category can ask for more approvals (R036)
        ask_missing_levels(matter, matter.participants.values_list("department_id", flat=True), by)
    discharge(kind=Kind.COMPLETE, subject_type=matter.SUBJECT, subject_id=matter.pk)
    resume(case_id=matter.pk, cause=RETURNED)
    owe_confirmation(matter)
    tell_people(
        matter, people.officers(), _n("%(number)s was completed and handed in again."),
        key=f"resubmitted:{matter.gaps.count()}", to_do=True,
    )  # fmt: skip
    tell_story(
        matter,
        "resubmit",
        _n("%(actor)s completed it and handed it in again."),
        by=by,
        came_from=Stage.RETURNED,
        reason="\n".join(f"{gap.text} → {gap.answer}" for gap in answered),
    )
    weigh_again(matter, by)
    return matter


@flow
def resubmit_at_once(
    *,
    matter_id: int,
    by: User,
    fields: Mapping[str, Any],
    departments: Sequence[Any] | None = None,
    attempts: Sequence[Mapping[str, Any]] | None = None,
    answers: Mapping[int, str] | None = None,
) -> CoordinationRequest:
    """Q3 as one act, for the API: change the returned form, answer its gaps, hand it in; a refusal changes nothing."""
    matter = lock(matter_id)
    if fields or departments is not None or attempts is not None:
        matter = save_draft(
            matter_id=matter.pk, by=by, fields=fields, departments=departments, attempts=attempts
        )
    return resubmit(matter_id=matter.pk, by=by, answers=answers)


@flow
def withdraw(*, matter_id: int, by: User, reason: str) -> CoordinationRequest:
    """Q10: the applicant takes the matter back before any decision; the participants are told. A returned form that was
    not completed in twice its limit the office withdraws (Q3)."""
    matter = lock(matter_id)
    if matter.stage in (Stage.EXECUTION, Stage.FEEDBACK):
        raise NotReady(_("It has been decided: it can no longer be withdrawn. Ask for a change instead."))
    insist(matter.withdraw, by)
    is_own = policies.is_applicant(matter, by)
    if not is_own:
        insist_on_silence(matter)
    rules.insist_on_reason(reason)
    came_from = matter.stage
    matter.withdraw()
    matter.ending_reason = reason
    matter.ended_at = now()
    matter.save()
    end_what_runs(matter, by=by, reason=reason.strip())
    cancel(case_id=matter.pk)
    end_paper(matter)
    if is_own:
        _tell_withdrawn(matter, by, came_from, reason)
    else:
        tell_given_up(matter, by=by, reason=reason)
    tell_people(
        matter, joined_applicants(matter), key="withdrawn-joined",
        sentence=_n("%(number)s, into which yours was merged, was withdrawn. File yours again if it still has to be settled."),
    )  # fmt: skip
    return matter


def _tell_withdrawn(matter: CoordinationRequest, by: User, came_from: str, reason: str) -> None:
    concerned = speakers(matter.participants.values_list("department_id", flat=True)) + people.officers()
    tell_people(matter, concerned, _n("%(number)s was withdrawn by the applicant."), key="withdrawn")
    tell_story(
        matter,
        "withdraw",
        _n("%(actor)s withdrew it."),
        by=by,
        came_from=came_from,
        reason=reason,
        tone="warn",
    )


def _insist_on_own_form(matter: CoordinationRequest, by: User) -> None:
    if not policies.is_applicant(matter, by):
        raise NotYours(_("Only the applicant changes the form."))
    if matter.stage not in (Stage.DRAFT, Stage.RETURNED):
        raise NotReady(_("The form has been handed in and can no longer be changed."))


def _write_fields(matter: CoordinationRequest, fields: Mapping[str, Any]) -> list[str]:
    """What was typed goes into the form, the level never downwards; the names of what has changed."""
    changed = []
    for name in DRAFT_FIELDS:
        if name not in fields or (name == "confidentiality" and _would_lower(matter, fields[name])):
            continue
        if getattr(matter, name) != fields[name]:
            changed.append(name)
        setattr(matter, name, fields[name])
    return changed


def _write_answers(matter: CoordinationRequest, answers: Mapping[int, str]) -> None:
    """Only the gaps of this return take an answer; what was said to earlier ones stands."""
    gaps = {gap.pk: gap for gap in open_gaps(matter)}
    if not answers.keys() <= gaps.keys():
        sentence = _("This gap is not one of those that are open on this form.")
        raise Invalid(sentence, fields={"answers": [sentence]})
    for pk, answer in answers.items():
        if gaps[pk].answer != answer.strip():
            gaps[pk].answer = answer.strip()
            gaps[pk].save(update_fields=["answer"])


def _insist_on_change(matter: CoordinationRequest) -> None:
    """Q3: what is handed in again differs from what was returned: the form has changed, or a paper was added."""
    named_at = matter.gaps.order_by("-named_at").values_list("named_at", flat=True).first()
    if named_at is None:  # pragma: no cover - a return names its gaps
        return
    returned = matter.history.filter(stage=Stage.RETURNED, history_date__gte=named_at)
    before = returned.order_by("history_date", "history_id").values_list("revision", flat=True).first()
    papers = File.objects.of_case(matter.pk).filter(uploaded_at__gte=named_at, uploaded_by=matter.filed_by)
    if matter.revision == before and not papers.exists():
        raise NotReady(
            _(
                "Nothing has been changed since it was returned. Mend the form where the gaps were named, or add a paper."
            )
        )


def _would_lower(matter: CoordinationRequest, level: str) -> bool:
    if matter.stage == Stage.DRAFT:
        return False
    # An empty field is no level: it lowers whatever stands.
    return level not in Confidentiality.values or is_stricter(matter.confidentiality, level)


def _office() -> Any:
    office = people.office()
    if office is None:
        raise NotReady(_("No department is named as coordination office. Tell the system administrator."))
    return office


def _tell_own_head(matter: CoordinationRequest) -> None:
    head = people.head(matter.filed_by_department_id)
    if head is not None and head.pk != matter.filed_by_id:
        tell_people(matter, [head], _n("%(number)s was filed from your department."), key="own-head")
