"""Decision: outcomes of questions, differences, blocks, the decision itself (Q13, Q16, R057–R061).

A meeting or a ruling decides through `meetings` and `disputes`, which lie above and call these verbs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n
from django.utils.translation import override

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from audit.transitions import insist, why_not
from audit.words import word
from organization import people
from organization.models import User
from requests import guards, policies, rules
from requests.flows.circulation_shared import free_papers
from requests.flows.issue import issue_items
from requests.flows.progress_duty import ask_for_progress_review
from requests.flows.shared import lock, speakers, tell_people, tell_story, wait_while_blocked, what_it_owes
from requests.flows.simple import steps_until_decision
from requests.merged import applicants
from requests.models import (
    CoordinationRequest,
    HeldDecision,
    PointOfDifference,
    Question,
    Reservation,
)
from requests.states import FINAL_OUTCOMES, DecisionWay, Outcome, Stage
from supervision.flows import cancel, discharge, owe
from supervision.states import Kind

OWN_MATTER = _n("Nobody decides on a matter of their own. Somebody else has to chair or rule.")
DECIDED = _n("%(actor)s decided: %(way)s %(document)s; %(count)s action items issued.")
# Whoever publishes the minutes does not decide: the chair does.
DECIDED_BY_ANOTHER = _n(
    "%(decider)s decided: %(way)s %(document)s; %(count)s action items issued (registered by %(actor)s)."
)
WHILE_SUSPENDED = _n(
    "What was decided while it was suspended takes effect: %(way)s %(document)s; %(count)s action items issued."
)
WHILE_SHOWN = _n(
    "What was decided while a public notice ran takes effect: %(way)s %(document)s; %(count)s action items issued."
)
WHILE_AWAITED = _n(
    "What was decided before every department had answered takes effect: %(way)s %(document)s; %(count)s action items issued."
)


def insist_on_settleable(matter: CoordinationRequest, question: Question | None) -> None:
    """A question is settled apart from the meeting only while no dispute and no public notice is about it (R053, R134)."""
    blocks = matter.blocks.filter(until=None)
    if question is not None:
        blocks = blocks.filter(Q(question=None) | Q(question=question))
    if blocks.exists():
        raise NotReady(_("A dispute blocks this matter. It goes on when the dispute has ended."))
    if not guards.no_notice_waits(matter):
        raise NotReady(_("A public notice is still running, or an objection to it has no answer yet."))


@flow
def record_outcome(
    *,
    question_id: int,
    by: User,
    outcome: str,
    resolution: str = "",
    common_ground: str = "",
    reservations: Sequence[Mapping[str, Any]] = (),
    differences: Sequence[Mapping[str, Any]] = (),
    source_number: str = "",
) -> Question:
    """What became of a question. An agreed one needs its resolution; a not agreed one the position of at least two
    departments (R058). Called by the flow that publishes minutes or a ruling: that flow has checked the right.
    """
    question: Question = (
        Question.objects.select_for_update(of=("self",)).select_related("matter").get(pk=question_id)
    )
    if question.outcome in FINAL_OUTCOMES:
        raise NotReady(_("This question is settled already; ask for a change instead."))
    if outcome in FINAL_OUTCOMES and not resolution.strip():
        raise Invalid(_("Write what was agreed."), fields={"resolution": [_("Write what was agreed.")]})
    if outcome == Outcome.NOT_AGREED and len(differences) + question.differences.count() < 2:
        sentence = _("Write where at least two departments stand.")
        raise Invalid(sentence, fields={"differences": [sentence]})
    question.outcome = outcome
    question.resolution = resolution.strip()
    question.common_ground = common_ground.strip()
    question.source_number = source_number
    question.settled_at = now() if outcome in FINAL_OUTCOMES else None
    question.save()
    for row in reservations:
        Reservation.objects.create(question=question, department_name=row["department"].name, **row)
    for row in differences:
        write_difference(question, **row)
    free_papers(question.matter, by, question=question)
    return question


def write_difference(
    question: Question, *, department: Any, position: str, basis: str = "", proposal: str = ""
) -> PointOfDifference:
    """One department's position on a question; a later one replaces it."""
    row, _created = PointOfDifference.objects.update_or_create(
        question=question,
        department=department,
        defaults={
            "position": position,
            "basis": basis,
            "proposal": proposal,
            "department_name": department.name,
        },
    )
    return row


@flow
def decide(
    *,
    matter_id: int,
    by: User,
    way: str,
    resolution: str,
    document: str,
    decided_by: User | None = None,
) -> CoordinationRequest:
    """Q13: the decision of a meeting (minutes published) or of a ruling. Issues every drafted item.

    `by` publishes; `decided_by` (default `by`) is the chair or arbiter whose decision it is.

    Raises NotReady while an opinion, an outcome or an action item is missing, or a dispute blocks the matter.
    """
    matter = lock(matter_id)
    insist(matter.decide, by)
    decider = decided_by or by
    if not policies.may_decide(matter, decider):
        raise NotYours(_(OWN_MATTER))
    matter.decide()
    sentence = DECIDED if decider == by else DECIDED_BY_ANOTHER
    _decided(matter, by=decider, way=way, resolution=resolution, document=document, sentence=sentence)
    return matter


@flow
def decide_if_ready(
    *, matter_id: int, by: User, way: str, resolution: str, document: str, decided_by: User | None = None
) -> CoordinationRequest | None:
    """After minutes or a ruling: decide the matter when every question has its outcome, else leave it where it is.

    Items of settled questions are issued either way: the rest of the matter does not hold them up (R052). While the
    matter is suspended, a public notice waits for its end or its answers, or a department has not answered, the decision
    is kept, and taken up by itself when nothing holds it up any more (Q13, Q20, R053).
    """
    matter = lock(matter_id)
    shown = matter.stage == Stage.DECISION and not guards.no_notice_waits(matter)
    awaited = matter.stage == Stage.DECISION and guards.only_opinions_are_missing(matter)
    if shown or awaited or (matter.stage == Stage.DECISION and matter.is_suspended):
        _hold(matter, decided_by=decided_by or by, way=way, resolution=resolution, document=document)
        if shown:
            _tell_that_it_waits(matter, document)
        if awaited:
            _tell_that_opinions_are_missing(matter, document)
    elif matter.stage == Stage.DECISION and why_not(matter.decide) is None:
        return decide(
            matter_id=matter_id,
            by=by,
            way=way,
            resolution=resolution,
            document=document,
            decided_by=decided_by,
        )
    issue_items(matter_id=matter_id, only_settled=True)
    return None


def _hold(matter: CoordinationRequest, **decision: Any) -> None:
    """The later one counts: it is the one that may have settled the last question."""
    HeldDecision.objects.update_or_create(matter=matter, defaults={**decision, "since": now()})


def take_held_decision(matter: CoordinationRequest, sentence: str = WHILE_SUSPENDED) -> None:
    """Nothing holds it up any more: what was decided meanwhile takes effect, or its keeper hears why not (Q13, Q20, R053)."""
    held = HeldDecision.objects.filter(matter=matter).select_related("decided_by").first()
    if held is None or matter.is_suspended or not guards.no_notice_waits(matter):
        return
    if guards.only_opinions_are_missing(matter):
        return
    held.delete()
    if matter.stage != Stage.DECISION:
        return
    why = _why_not_now(matter, held)
    if why:
        _tell_why_not(matter, held.document, why)
        issue_items(matter_id=matter.pk, only_settled=True)
        return
    matter.decide()
    _decided(
        matter, by=held.decided_by, way=held.way, resolution=held.resolution, document=held.document,
        sentence=sentence,
    )  # fmt: skip


def _why_not_now(matter: CoordinationRequest, held: HeldDecision) -> str:
    """In the language of the sources: it is told in the reader's."""
    if not policies.may_decide(matter, held.decided_by):
        return OWN_MATTER
    with override("en"):
        return why_not(matter.decide) or ""


def _tell_that_it_waits(matter: CoordinationRequest, document: str) -> None:
    shown = matter.public_notices.unsettled().select_related("published_by")
    keepers = {one.pk: one for one in (matter.keeper, *(row.published_by for row in shown)) if one}
    tell_people(
        matter, keepers.values(),
        _n("%(number)s: what %(document)s decided waits for the public notice; it takes effect when each objection has its answer."),
        key=f"waits-for-notice:{document}", params={"document": document},
    )  # fmt: skip
    tell_story(
        matter, "hold_decision", _n("What %(document)s decided waits for the public notice and the answers to its objections."),
        params={"document": document}, tone="warn",
    )  # fmt: skip


def _tell_that_opinions_are_missing(matter: CoordinationRequest, document: str) -> None:
    tell_people(
        matter, [matter.keeper] if matter.keeper else people.officers(),
        _n("%(number)s: what %(document)s decided waits for missing opinions; remind them, or record their silence when their time is over."),
        key=f"waits-for-opinions:{document}", params={"document": document}, to_do=True,
    )  # fmt: skip


def _tell_why_not(matter: CoordinationRequest, document: str, why: str) -> None:
    facts = {"document": document, "why": word(why)}
    tell_people(
        matter, [matter.keeper] if matter.keeper else people.officers(),
        _n("%(number)s: what %(document)s decided did not take effect. %(why)s"),
        key=f"not-taken-up:{document}:{now():%Y%m%d%H%M%S}", params=facts, to_do=True,
    )  # fmt: skip
    tell_story(
        matter, "leave_decision", _n("What %(document)s decided did not take effect. %(why)s"), params=facts, tone="warn"
    )  # fmt: skip


@flow
def decide_as_office(*, matter_id: int, by: User, resolution: str) -> CoordinationRequest:
    """Q13 without a meeting: nobody objects, so the head of the office decides (R039)."""
    return decide_unanimous(lock(matter_id), by=by, resolution=resolution)


def decide_unanimous(
    matter: CoordinationRequest,
    *,
    by: User,
    resolution: str,
    way: str = DecisionWay.OFFICE,
    document: str = "",
) -> CoordinationRequest:
    """The decision of the head of the office on opinions that agree, under the lock of the matter."""
    insist(matter.decide_as_office, by)
    if not resolution.strip():
        raise Invalid(_("Write the resolution."), fields={"resolution": [_("Write the resolution.")]})
    moment = now()
    matter.decide_as_office()
    for question in matter.questions.filter(outcome=Outcome.OPEN):
        question.outcome, question.resolution, question.settled_at = (
            Outcome.AGREED,
            resolution.strip(),
            moment,
        )
        question.save()
    _decided(matter, by=by, way=way, resolution=resolution.strip(), document=document)
    return matter


@flow
def send_back_to_preparation(*, matter_id: int, by: User, reason: str) -> CoordinationRequest:
    """Q16: once only; what is missing is said."""
    matter = lock(matter_id)
    insist(matter.back_to_preparation, by)
    rules.insist_on_reason(reason)
    matter.back_to_preparation()
    matter.save()
    HeldDecision.objects.filter(matter=matter).delete()
    discharge(kind=Kind.DECIDE, subject_type=matter.SUBJECT, subject_id=matter.pk, outcome="cancelled")
    owe(kind=Kind.PREPARE, holder=matter.keeper, asked_by=by, **what_it_owes(matter))
    wait_while_blocked(matter)
    if matter.keeper:
        tell_people(
            matter,
            [matter.keeper],
            _n("%(number)s was sent back to preparation."),
            key="sent-back",
            to_do=True,
        )
    tell_story(
        matter, "back_to_preparation", _n("%(actor)s sent it back to preparation."),
        by=by, came_from=Stage.DECISION, reason=reason, tone="warn",
    )  # fmt: skip
    return matter


def _decided(
    matter: CoordinationRequest, *, by: User, way: str, resolution: str, document: str,
    sentence: str = DECIDED,
) -> None:  # fmt: skip
    matter.decision_way, matter.resolution, matter.decision_document = way, resolution, document
    matter.decided_by, matter.decided_at = by, now()
    matter.steps_taken = steps_until_decision(matter)
    matter.save()
    HeldDecision.objects.filter(matter=matter).delete()
    discharge(kind=Kind.DECIDE, subject_type=matter.SUBJECT, subject_id=matter.pk)
    for participant in matter.participants.all():
        cancel(subject_type=participant.SUBJECT, subject_id=participant.pk)
    issue_items(matter_id=matter.pk)
    ask_for_progress_review(matter, by)
    free_papers(matter, by)
    concerned = speakers(matter.participants.values_list("department_id", flat=True))
    tell_people(matter, [*applicants(matter), *concerned], _n("%(number)s has been decided."), key="decided")
    tell_story(
        matter, "decide", sentence, by=by, came_from=Stage.DECISION, tone="ok", reason=resolution,
        params={"way": word(DecisionWay(way).label), "document": document, "decider": by.name,
                "count": matter.items.open().count()},
    )  # fmt: skip
