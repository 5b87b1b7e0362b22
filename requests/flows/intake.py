"""The office's answer to a filed matter: accept, return for completion, refuse (Q2, Q4, Q9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid
from audit.transitions import insist
from audit.words import word
from organization.models import Department, User
from requests import priority as formula
from requests import rules
from requests.flows.approval_shared import call_back, insist_on_approvals, settle_paper
from requests.flows.conditions import (
    Finding,
    gaps_of_unmet,
    ground_of_unmet,
    insist_on_conditions,
    insist_on_talks,
    keep_findings,
)
from requests.flows.refusal_reviews import end_as_refused
from requests.flows.shared import let_read, lock, speakers, tell_people, tell_story, what_it_owes
from requests.flows.simple_track import insist_and_mark, send_round
from requests.merged import applicants
from requests.models import CoordinationRequest, Gap, Participant
from requests.states import OFFICE_GROUNDS, GapCode, Handling, RejectionGround, Role, Stage
from supervision.flows import cancel, discharge, owe, suspend
from supervision.states import Kind

MARKS = range(1, 6)
# Why the clocks stand still between return and completion (supervision.Pause.cause).
RETURNED = "returned"


@flow
def accept(
    *,
    matter_id: int,
    by: User,
    lead_department: Department,
    co_departments: Sequence[Department],
    fit: int,
    feasibility: int,
    complexity: int,
    risk: int,
    resource_limits: int,
    assessment: str,
    priority: int | None = None,
    priority_reason: str = "",
    conditions: Sequence[Finding] = (),
    handling: str = Handling.FULL,
    handling_reason: str = "",
    facts: str = "",
    question: str = "",
) -> CoordinationRequest:
    """Q4: the office takes the matter on. When two officers accept at once, the second gets NotReady.

    Every condition of acceptance is met (R028), by `conditions` or found so before. All marks are 1 (low) to 5
    (high), with a comment (R029). The priority follows from five of them (R030, `requests.priority`); another one needs
    its reason, and both are kept. The officer who accepts keeps the case.

    On the simple track (R039) the acceptance is the preparation too: facts and question go to the departments with a
    sheet of the office.
    """
    matter = lock(matter_id)
    insist(matter.accept, by)
    keep_findings(matter, by, conditions)
    insist_on_conditions(matter)
    insist_on_talks(matter, [lead_department, *co_departments])
    insist_on_approvals(matter, [lead_department, *co_departments])
    settle_paper(matter)
    judged = {"complexity": complexity, "risk": risk, "resource_limits": resource_limits}
    _insist_on_assessment({"fit": fit, "feasibility": feasibility, **judged}, assessment)
    chosen = {matter.filed_by_department_id, lead_department.pk, *(row.pk for row in co_departments)}
    _set_priority(matter, judged, departments=len(chosen), override=priority, reason=priority_reason)
    taking_part = [lead_department, *co_departments]
    if handling == Handling.SIMPLE:
        insist_and_mark(matter, taking_part, reason=handling_reason, facts=facts, question=question)
    came_from = matter.stage
    matter.keeper = by
    matter.lead_department = lead_department
    matter.fit, matter.feasibility = fit, feasibility
    matter.assessment = assessment
    matter.scope = matter.scope or matter.initial_scope
    matter.expected_goal = matter.expected_goal or matter.goal
    matter.accept()
    matter.accepted_at = now()
    matter.save()
    participants = name_participants(matter, lead_department, co_departments)
    discharge(kind=Kind.ACCEPT, subject_type=matter.SUBJECT, subject_id=matter.pk)
    owe(
        kind=Kind.PREPARE, holder=by, holder_department=by.department, asked_by=matter.filed_by,
        **what_it_owes(matter),
    )  # fmt: skip
    tell_people(matter, applicants(matter), _n("%(number)s has been accepted."), key="accepted")
    tell_people(
        matter, speakers(row.department_id for row in participants),
        _n("Your department takes part in %(number)s."), key="participants",
    )  # fmt: skip
    tell_story(
        matter, "accept",
        _n("%(actor)s accepted it; %(lead)s leads, with %(others)s.") if co_departments else _n("%(actor)s accepted it; %(lead)s leads."),
        by=by, came_from=came_from, tone="acc",
        params={"lead": lead_department.name, "others": _names(co_departments)}, reason=matter.handling_reason,
    )  # fmt: skip
    if matter.is_simple:
        send_round(matter, taking_part, question=question, by=by)
    return matter


@flow
def return_for_revision(
    *, matter_id: int, by: User, gaps: Sequence[tuple[str, str]] = ()
) -> CoordinationRequest:
    """Q2: back to the applicant with all gaps at once, each a code of GapCode and what to add. The clock stops.

    The conditions of acceptance that are not met and can be completed go along by themselves (R028).
    """
    matter = lock(matter_id)
    insist(matter.return_for_revision, by)
    gaps = list(dict.fromkeys([*gaps_of_unmet(matter), *gaps]))
    if not gaps or any(code not in GapCode.values or not text.strip() for code, text in gaps):
        sentence = _("Name every gap: what is missing, and what the applicant should add.")
        raise Invalid(sentence, fields={"gaps": [sentence]})
    came_from = matter.stage
    if came_from == Stage.PROPOSAL:
        call_back(matter, by)  # the form changes, so what was approved on it has to be approved again
    matter.return_for_revision()
    matter.save()
    round_number = (matter.gaps.order_by("-round").values_list("round", flat=True).first() or 0) + 1
    Gap.objects.bulk_create(
        Gap(matter=matter, round=round_number, code=code, text=text, named_by=by, named_at=now())
        for code, text in gaps
    )
    suspend(case_id=matter.pk, reason=_("Returned for completion"), cause=RETURNED)
    owe(kind=Kind.COMPLETE, holder=matter.filed_by, asked_by=by, **what_it_owes(matter))
    tell_people(
        matter, [matter.filed_by], _n("%(number)s was returned: please complete it."),
        key=f"returned:{round_number}", to_do=True,
    )  # fmt: skip
    tell_story(
        matter, "return_for_revision", _n("%(actor)s returned it for completion: %(gaps)s."),
        by=by, came_from=came_from, tone="warn",
        params={"gaps": [word(GapCode(code).label) for code, _text in gaps]},
        reason="\n".join(text for _code, text in gaps),
    )  # fmt: skip
    return matter


@flow
def reject(
    *, matter_id: int, by: User, instead: str, ground: str = "", reason: str = ""
) -> CoordinationRequest:
    """Q9: not taken on. Needs a ground of RejectionGround, a reason, and says where to go instead.

    Where ground or reason are left out, the unmet conditions of acceptance give them (R028), however long they are.
    """
    matter = lock(matter_id)
    insist(matter.reject, by)
    found_ground, found_reason = ground_of_unmet(matter)
    ground, reason = ground or found_ground, reason if reason.strip() else found_reason
    if reason != found_reason or not found_reason:
        rules.insist_on_reason(reason)
    if ground not in dict(OFFICE_GROUNDS):
        raise Invalid(_("Choose the ground."), fields={"ground": [_("Choose the ground.")]})
    if not instead.strip():
        sentence = _("Write where the applicant can go instead.")
        raise Invalid(sentence, fields={"instead": [sentence]})
    came_from = matter.stage
    end_as_refused(matter, by=by, ground=ground, reason=f"{reason}\n{instead}".strip())
    tell_story(
        matter, "reject", _n("%(actor)s did not take it on: %(ground)s."),
        by=by, came_from=came_from, tone="bad",
        params={"ground": word(RejectionGround(ground).label)}, reason=matter.ending_reason,
    )  # fmt: skip
    return matter


def name_participants(
    matter: CoordinationRequest, lead: Department, others: Sequence[Department]
) -> list[Participant]:
    """Write lead and co-handling departments; those that took part already keep what they have said."""
    chosen = {lead.pk: (lead, Role.LEAD)}
    for department in others:
        chosen.setdefault(department.pk, (department, Role.CO))
    for dropped in matter.participants.exclude(department__in=chosen):
        cancel(subject_type=Participant.SUBJECT, subject_id=dropped.pk)
        _read_no_more(matter, dropped.department_id)
        dropped.delete()
    # Demote first: only one lead department at a time.
    matter.participants.exclude(department=lead).filter(role=Role.LEAD).update(role=Role.CO)
    rows = []
    for department, role in chosen.values():
        row, _created = Participant.objects.update_or_create(
            matter=matter,
            department=department,
            defaults={"role": role},
            create_defaults={"role": role, "department_name": department.name},
        )
        rows.append(row)
    let_read(matter, departments=chosen, why="participant")
    return rows


def _read_no_more(matter: CoordinationRequest, department_id: int) -> None:
    """A department that takes part no longer reads no longer, unless an action item or a dispute concerns it still."""
    concerned = Q(department=department_id) | Q(co_departments=department_id)
    if not matter.items.filter(concerned).exists() and not matter.blocks.exists():
        matter.readers.filter(department=department_id, why="participant").delete()


def _set_priority(
    matter: CoordinationRequest,
    judged: Mapping[str, int],
    *,
    departments: int,
    override: int | None,
    reason: str,
) -> None:
    """R030: by the formula; another one keeps both values and the reason."""
    marks = formula.marks_of(urgency=matter.urgency, departments=departments, judged=judged)
    score = formula.score_of(marks)
    given = override or formula.mark_of(score)
    if given not in MARKS:
        raise Invalid(_("Give a mark from 1 to 5."), fields={"priority": [_("Give a mark from 1 to 5.")]})
    if given != formula.mark_of(score) and not reason.strip():
        sentence = _("The formula comes to %(mark)s. Write why the priority is another one.") % {
            "mark": formula.mark_of(score)
        }
        raise Invalid(sentence, fields={"priority_reason": [sentence]})
    matter.priority_marks, matter.priority_score, matter.priority = marks, score, given
    matter.priority_reason = reason.strip() if given != formula.mark_of(score) else ""


def _insist_on_assessment(marks: Mapping[str, int], assessment: str) -> None:
    fields = {name: [_("Give a mark from 1 to 5.")] for name, mark in marks.items() if mark not in MARKS}
    if not assessment.strip():
        fields["assessment"] = [_("Write one sentence on why it is taken on like this.")]
    if fields:
        raise Invalid(_("The assessment is not complete."), fields=fields)


def _names(departments: Sequence[Department]) -> str:
    return "、".join(department.name for department in departments) or "—"
