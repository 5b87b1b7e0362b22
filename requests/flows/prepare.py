"""Preparation: facts, scope, questions, participants, material, opinions, start of the decision (Q12, R043–R045, R055)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from audit.transitions import insist
from audit.words import word
from organization import people
from organization.collisions import fingerprint, insist_on_seen
from organization.models import Department, User
from pages.sentences import run_on
from requests import lead_time, policies, rules
from requests.flows.approval_follow import ask_missing_levels
from requests.flows.decide import WHILE_AWAITED, take_held_decision
from requests.flows.intake import name_participants
from requests.flows.new_lead import hand_over_lead
from requests.flows.shared import lock, opinion_owes, speakers, tell_people, tell_story, what_it_owes
from requests.flows.simple import insist_on_full_track, leave_if_barred, weigh
from requests.flows.simple_round import answer_sheets
from requests.flows.simple_track import ask_who_takes_part_now
from requests.merged import applicants
from requests.models import CoordinationRequest, Participant, Question
from requests.states import Opinion, Outcome, Stage
from supervision.flows import discharge, owe
from supervision.states import Kind

# R045: working days between delivery of the material and the decision, by urgency.


@flow
def write_preparation(
    *,
    matter_id: int,
    by: User,
    facts: str,
    scope: str,
    expected_goal: str,
    questions: Sequence[str],
    seen: str = "",
) -> CoordinationRequest:
    """Fix facts, scope, goal and the core questions (R043, R044). Questions that have an outcome stay as they are.

    Raises Conflict, with the name of the other person, when something else stands there than what was `seen`.
    """
    matter = _lock_in_preparation(matter_id, by)
    _insist_on_seen(matter, seen)
    matter.facts, matter.scope, matter.expected_goal = facts.strip(), scope.strip(), expected_goal.strip()
    matter.save()
    _write_questions(matter, [text.strip() for text in questions if text.strip()])
    tell_story(
        matter, "write_preparation", _n("%(actor)s wrote down facts, scope, goal and %(count)s core questions."),
        by=by, params={"count": matter.questions.count()},
    )  # fmt: skip
    return matter


def seen_of(matter: CoordinationRequest) -> str:
    """What somebody who opens the preparation sees of it."""
    questions = [row.text for row in matter.questions.all()]
    return fingerprint(matter.facts, matter.scope, matter.expected_goal, *questions)


def _insist_on_seen(matter: CoordinationRequest, seen: str) -> None:
    last = TransitionLog.objects.of(matter.SUBJECT, matter.pk).filter(verb="write_preparation").first()
    insist_on_seen(seen, seen_of(matter), name=last.actor_name if last else "", at=last.at if last else None)


@flow
def change_participants(
    *, matter_id: int, by: User, lead_department: Department, co_departments: Sequence[Department]
) -> CoordinationRequest:
    """Name another lead or other departments while the matter is being prepared. With more departments the rule of the
    approvals is asked again (R036): what is missing then is asked for, and the decision waits."""
    matter = lock(matter_id)
    if not policies.is_officer(matter, by):
        raise NotYours(_("Only the coordination office names the departments."))
    _insist_on_undecided(matter)
    _insist_on_preparation(matter)
    before, matter.lead_department = matter.lead_department, lead_department
    matter.save()
    participants = name_participants(matter, lead_department, co_departments)
    chosen = [row.department_id for row in participants]
    tell_people(
        matter, speakers(chosen), _n("Your department takes part in %(number)s."),
        key=f"participants:{now():%Y%m%d%H%M%S}",
    )  # fmt: skip
    tell_story(
        matter, "change_participants",
        _n("%(actor)s named %(lead)s as lead, with %(others)s.") if co_departments else _n("%(actor)s named %(lead)s as lead."), by=by,
        params={"lead": lead_department.name, "others": "、".join(d.name for d in co_departments) or "—"},
    )  # fmt: skip
    hand_over_lead(matter, before, lead_department, by=by)
    ask_missing_levels(matter, chosen, by)
    leave_if_barred(matter, by)
    ask_who_takes_part_now(matter, by)
    matter = lock(matter_id)
    weigh(matter, by)
    return matter


def _insist_on_undecided(matter: CoordinationRequest) -> None:
    if matter.stage == Stage.DECISION:
        raise NotReady(
            _("It is being decided. Have it sent back to preparation, then change the departments.")
        )
    if matter.stage in (Stage.EXECUTION, Stage.FEEDBACK, Stage.ARCHIVED):
        raise NotReady(_("It has been decided. Who takes part is changed by a change request."))


@flow
def deliver_material(*, matter_id: int, by: User) -> CoordinationRequest:
    """Send the material to every participant and ask for its opinion; each gets its receipt and its clock (R045)."""
    matter = _lock_in_preparation(matter_id, by)
    insist_on_full_track(matter)
    if not (matter.facts and matter.scope and matter.expected_goal and matter.questions.exists()):
        raise NotReady(_("Write facts, scope, expected goal and at least one core question first."))
    moment = now()
    matter.material_delivered_at = moment
    matter.save()
    fresh = list(matter.participants.select_related("department"))
    for participant in fresh:
        participant.notified_at, participant.is_silent = moment, False
        participant.save()
        if not participant.opinion:
            _ask_for_opinion(matter, participant, by)
    tell_people(
        matter, speakers(row.department_id for row in fresh if not row.opinion),
        _n("Material of %(number)s has arrived; your department's opinion is asked for."),
        key=f"material:{moment:%Y%m%d%H%M%S}", to_do=True,
    )  # fmt: skip
    tell_story(
        matter, "deliver_material", _n("%(actor)s sent the material to %(count)s departments and asked for opinions."),
        by=by, params={"count": len(fresh)},
    )  # fmt: skip
    return matter


@flow
def confirm_reading(*, participant_id: int, by: User) -> Participant:
    """The read receipt of a department (R045)."""
    participant = lock_participant(participant_id)
    if not policies.may_opine(participant, by):
        raise NotYours(_("Only the head or the liaison of the department does this."))
    if participant.material_read_at is None:
        participant.material_read_at, participant.material_read_by = now(), by
        participant.save()
        discharge(kind=Kind.RECEIPT, subject_type=Participant.SUBJECT, subject_id=participant.pk)
        tell_story(
            participant.matter, "confirm_reading", _n("%(department)s %(actor)s confirmed receipt of the material."),
            by=by, params={"department": participant.department_name}, subject=participant,
        )  # fmt: skip
    return participant


@flow
def deem_delivered(*, participant_id: int, by: Any) -> Participant | None:
    """No receipt within the limit: the material counts as received (R101)."""
    participant = lock_participant(participant_id)
    if participant.material_read_at is not None:
        return None
    discharge(
        kind=Kind.RECEIPT, subject_type=Participant.SUBJECT, subject_id=participant.pk, outcome="deemed"
    )
    tell_story(
        participant.matter, "deem_delivered",
        _n("%(department)s did not confirm receipt in time; the material counts as received."),
        params={"department": participant.department_name}, subject=participant, tone="warn",
    )  # fmt: skip
    return participant


@flow
def give_opinion(*, participant_id: int, by: User, opinion: str, reason: str = "") -> Participant:
    """A department's position on the matter; it can be changed until the decision (R055, R056)."""
    participant = lock_participant(participant_id)
    matter = participant.matter
    if not policies.may_opine(participant, by):
        raise NotYours(_("Only the head or the liaison of the department gives its opinion."))
    if matter.stage not in (Stage.PREPARATION, Stage.DECISION):
        raise NotReady(_("Opinions are taken while the matter is being prepared and decided."))
    if matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))
    rules.insist_on_opinion(opinion, reason)
    moment = now()
    participant.opinion, participant.opinion_reason = opinion, reason.strip()
    participant.opined_by, participant.opined_at = by, moment
    participant.is_silent = False
    if participant.material_read_at is None:
        participant.material_read_at, participant.material_read_by = moment, by
    participant.save()
    for kind in (Kind.OPINION, Kind.RECEIPT):
        discharge(kind=kind, subject_type=Participant.SUBJECT, subject_id=participant.pk)
    answer_sheets(participant, by)
    if matter.keeper:
        tell_people(
            matter, [matter.keeper], _n("%(department)s has given its opinion on %(number)s."),
            key=f"opinion:{participant.pk}:{moment:%Y%m%d%H%M%S}", params={"department": participant.department_name},
        )  # fmt: skip
    tell_story(
        matter, "give_opinion", _n("%(department)s %(actor)s answered: %(opinion)s."),
        by=by, subject=participant, reason=participant.opinion_reason,
        params={"department": participant.department_name, "opinion": word(Opinion(opinion).label)},
        tone="bad" if opinion == Opinion.DISAGREE else "",
    )  # fmt: skip
    weigh(matter, by)
    take_held_decision(matter, WHILE_AWAITED)
    return participant


@flow
def start_decision(*, matter_id: int, by: User, override_reason: str = "") -> CoordinationRequest:
    """Q12: everything is fixed and delivered, so it can be decided.

    The material has to be there 2 working days before (urgent 1, extra urgent 0); an urgent matter may go on sooner
    with a reason (R045).
    """
    matter = lock(matter_id)
    insist(matter.start_decision, by)
    _insist_on_lead_time(matter, override_reason)
    matter.start_decision()
    matter.decision_started_at = now()
    matter.save()
    discharge(kind=Kind.PREPARE, subject_type=matter.SUBJECT, subject_id=matter.pk)
    owe(kind=Kind.DECIDE, holder_department=people.office(), asked_by=matter.filed_by, **what_it_owes(matter))
    tell_people(
        matter,
        applicants(matter),
        _n("%(number)s is ready to be decided."),
        key=f"deciding:{matter.back_count}",
    )
    tell_story(
        matter, "start_decision", _n("%(actor)s closed the preparation; it can be decided."),
        by=by, came_from=Stage.PREPARATION, reason=override_reason, tone="acc",
    )  # fmt: skip
    return matter


def _lock_in_preparation(matter_id: int, by: User) -> CoordinationRequest:
    matter = lock(matter_id)
    if not policies.may_prepare(matter, by):
        raise NotYours(_("Only the coordination office and the lead department prepare the matter."))
    _insist_on_preparation(matter)
    return matter


def _insist_on_preparation(matter: CoordinationRequest) -> None:
    if matter.stage != Stage.PREPARATION:
        raise NotReady(_("The matter is not in preparation."))
    if matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))


def lock_participant(participant_id: int) -> Participant:
    """The matter first, as every flow does: no opinion changes while somebody decides on it."""
    lock(Participant.objects.values_list("matter_id", flat=True).get(pk=participant_id))
    participant: Participant = (
        Participant.objects.select_for_update(of=("self",))
        .select_related("matter", "matter__keeper")
        .get(pk=participant_id)
    )
    return participant


def _write_questions(matter: CoordinationRequest, texts: list[str]) -> None:
    if not texts:
        raise Invalid(
            _("Write at least one core question."),
            fields={"questions": [_("Write at least one core question.")]},
        )
    settled = list(matter.questions.exclude(outcome=Outcome.OPEN))
    known = {question.text: question for question in matter.questions.filter(outcome=Outcome.OPEN)}
    for text, question in known.items():
        if text not in texts:
            _strike(question)
    kept = {question.text for question in settled} | set(known)
    order = matter.questions.order_by("-order").values_list("order", flat=True).first() or 0
    for text in texts:
        if text not in kept:
            order += 1
            Question.objects.create(matter=matter, order=order, text=text)


def _strike(question: Question) -> None:
    """One on which nothing hangs. What departments said on it, and what was handed out on it, is not lost by other words."""
    with suppress(ProtectedError):  # an action item, a notice, a topic of a meeting, a dispute
        if not (question.opinions.exists() or question.differences.exists()):
            question.delete()
            return
    sentence = _(
        "Question %(order)s keeps its words: opinions, action items or papers hang on it. Leave it as it was and add a further one."
    ) % {"order": question.order}
    raise Invalid(sentence, fields={"questions": [sentence]})


def _ask_for_opinion(matter: CoordinationRequest, participant: Participant, by: User) -> None:
    common = opinion_owes(matter, participant, by)
    owe(kind=Kind.RECEIPT, on_lapse="deemed", **common)
    owe(kind=Kind.OPINION, **common)


def _insist_on_lead_time(matter: CoordinationRequest, override_reason: str) -> None:
    if lead_time.is_over(matter):
        return
    ripe = lead_time.ripe_on(matter)
    if ripe is None:
        raise NotReady(_("Send the material to the departments first."))
    cut = lead_time.may_be_cut(matter)
    if cut and override_reason.strip():
        return
    sentence = _(
        "The material has to lie with the departments for %(needed)s working days; the decision can begin from %(day)s on."
    ) % {"needed": lead_time.LEAD_DAYS[matter.urgency], "day": f"{ripe:%m-%d}"}
    if not cut:
        raise NotReady(sentence)
    why = run_on([sentence, _("Write why it cannot wait.")])
    raise Invalid(sentence, fields={"override_reason": [why]})
