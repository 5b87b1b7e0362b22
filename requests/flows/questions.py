"""Core questions at their own pace: undisputed ones go straight to the office's decision, disputed ones to the meeting
(R051, R052)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from audit.words import word
from organization import people
from organization.models import Department, User
from requests import policies, rules
from requests.flows.decide import decide_if_ready, insist_on_settleable, record_outcome
from requests.flows.shared import lock, tell_people, tell_story
from requests.models import CoordinationRequest, Participant, Question, QuestionOpinion
from requests.states import NEEDS_REASON, DecisionWay, Opinion, Outcome, Stage, Track

UNANIMOUS = (Opinion.AGREE, Opinion.NO_COMMENT)
PAGE = "requests:question"


def lock_question(question_id: int) -> Question:
    """The question under its row lock, after its matter."""
    matter = lock(Question.objects.values_list("matter_id", flat=True).get(pk=question_id))
    question: Question = Question.objects.select_for_update(of=("self",)).get(pk=question_id)
    question.matter = matter
    return question


def opinions_on(question: Question) -> list[tuple[Participant, str, str]]:
    """Each department with opinion and reason on this question: its own word on it, else its word on the matter."""
    own = {row.department_id: row for row in question.opinions.all()}
    found = []
    for row in question.matter.participants.select_related("department"):
        said = own.get(row.department_id)
        found.append(
            (row, said.opinion if said else row.opinion, said.reason if said else row.opinion_reason)
        )
    return found


@flow
def mark_question(*, question_id: int, by: User, track: str) -> Question:
    """The officer says which way it goes. Nothing that a department objects to is undisputed."""
    question = lock_question(question_id)
    if not policies.is_officer(question.matter, by):
        raise NotYours(_("Only the coordination office says which way a question goes."))
    _insist_on_open(question)
    if track not in Track.values:
        raise Invalid(_("Choose the way."), fields={"track": [_("Choose the way.")]})
    against = [row.department_name for row, opinion, _why in opinions_on(question) if opinion in NEEDS_REASON]
    if track == Track.UNDISPUTED and against:
        raise NotReady(
            _("These departments object to it or have conditions: %(names)s. It goes to the meeting.")
            % {"names": "、".join(against)}
        )
    question.track, question.tracked_by = track, by
    question.save()
    if track == Track.UNDISPUTED:
        tell_people(
            question.matter, people.office_heads(), _n("%(number)s: question %(order)s is undisputed; you can decide it without the meeting."),
            key=f"question:{question.pk}:undisputed", params={"order": question.order}, url_name=PAGE,
            url_args=[question.matter_id, question.pk],
        )  # fmt: skip
    tell_story(
        question.matter, "mark_question", _n("%(actor)s marked question %(order)s as “%(track)s”."), by=by,
        params={"order": question.order, "track": word(Track(track).label)},
    )  # fmt: skip
    return question


@flow
def opine_on_question(
    *, question_id: int, by: User, opinion: str, reason: str = "", department: Department | None = None
) -> Question:
    """A department says something else of this question than of the matter. An objection makes the question disputed."""
    question = lock_question(question_id)
    participant = _speaking_for(question.matter, by, department)
    _insist_on_open(question)
    rules.insist_on_opinion(opinion, reason)
    QuestionOpinion.objects.update_or_create(
        question=question,
        department=participant.department,
        defaults={
            "department_name": participant.department_name, "opinion": opinion, "reason": reason.strip(),
            "given_by": by, "given_at": now(),
        },
    )  # fmt: skip
    if opinion in NEEDS_REASON and question.track == Track.UNDISPUTED:
        question.track = Track.DISPUTED
        question.save()
    tell_story(
        question.matter, "opine_on_question", _n("%(department)s %(actor)s on question %(order)s: %(opinion)s."), by=by,
        params={"department": participant.department_name, "order": question.order, "opinion": word(Opinion(opinion).label)},
        reason=reason, tone="bad" if opinion == Opinion.DISAGREE else "",
    )  # fmt: skip
    return question


@flow
def decide_question(*, question_id: int, by: User, resolution: str) -> Question:
    """The head of the office decides an undisputed question alone; its items are issued, the others take their time.

    With the last one the matter is decided.
    """
    question = lock_question(question_id)
    matter = question.matter
    if not policies.may_decide_as_office(matter, by):
        raise NotYours(_("The head of the coordination office decides it, never on an own matter."))
    if matter.stage != Stage.DECISION:
        raise NotReady(_("Questions are decided when the preparation is closed."))
    _insist_on_open(question)
    _insist_on_unanimity(question)
    if not resolution.strip():
        raise Invalid(_("Write the resolution."), fields={"resolution": [_("Write the resolution.")]})
    question = record_outcome(
        question_id=question.pk, by=by, outcome=Outcome.AGREED, resolution=resolution.strip()
    )
    tell_story(
        matter, "decide_question", _n("%(actor)s decided question %(order)s without the meeting."), by=by, tone="ok",
        params={"order": question.order}, reason=resolution,
    )  # fmt: skip
    decide_if_ready(
        matter_id=matter.pk, by=by, way=DecisionWay.OFFICE, resolution=_all_resolutions(matter), document=""
    )
    return question


def _insist_on_open(question: Question) -> None:
    matter = question.matter
    if matter.stage not in (Stage.PREPARATION, Stage.DECISION):
        raise NotReady(_("This is possible while the matter is being prepared and decided."))
    if matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))
    if question.outcome != Outcome.OPEN:
        raise NotReady(_("This question is not open any more."))


def _insist_on_unanimity(question: Question) -> None:
    if question.track != Track.UNDISPUTED:
        raise NotReady(_("The office has not marked this question as undisputed."))
    insist_on_settleable(question.matter, question)
    rows = opinions_on(question)
    silent = [row.department_name for row, opinion, _why in rows if not opinion]
    against = [row.department_name for row, opinion, _why in rows if opinion and opinion not in UNANIMOUS]
    if silent:
        sentence = _("Not heard yet: %(names)s. Wait for them or remind them.")
        raise NotReady(sentence % {"names": "、".join(silent)})
    if against:
        sentence = _("These departments object to it or have conditions: %(names)s. It goes to the meeting.")
        raise NotReady(sentence % {"names": "、".join(against)})


def _speaking_for(matter: CoordinationRequest, by: User, department: Department | None) -> Participant:
    mine = [
        row
        for row in matter.participants.select_related("department")
        if policies.may_opine(row, by) and (department is None or row.department_id == department.pk)
    ]
    if not mine:
        raise NotYours(_("Only the head or the liaison of the department gives its opinion."))
    if len(mine) > 1:
        sentence = _("You speak for several departments. Say for which one.")
        raise Invalid(sentence, fields={"department": [sentence]})
    return mine[0]


def _all_resolutions(matter: CoordinationRequest) -> str:
    rows = matter.questions.exclude(resolution="")
    return "\n".join(f"{row.order}. {row.resolution}" for row in rows)
