"""Publication (M11): only now the results reach the matters, the action items go out, the matter is decided."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from audit.transitions import insist
from meetings import document, rules
from meetings.flows.shared import (
    MINUTES,
    invited,
    lock_minutes,
    tell_matters,
    tell_people,
    tell_story,
    what_minutes_owe,
)
from meetings.models import AgendaItem, Confirmation, Meeting, Minutes, ResolvedAction
from meetings.states import ConfirmationState, Result
from organization import people
from organization.models import User
from pages.sentences import run_on
from requests import flows as requests
from requests.models import CoordinationRequest
from requests.states import FINAL_OUTCOMES, DecisionWay, Outcome, Stage
from supervision import flows as supervision
from supervision.states import Kind

# What a result means for the core question of the matter. A dispute is opened from the points of difference.
OUTCOMES = {
    Result.AGREED.value: Outcome.AGREED,
    Result.IN_PRINCIPLE.value: Outcome.IN_PRINCIPLE,
    Result.DEFERRED.value: Outcome.DEFERRED,
    Result.NOT_AGREED.value: Outcome.NOT_AGREED,
    Result.TO_DISPUTE.value: Outcome.NOT_AGREED,
}


@flow
def publish(*, minutes_id: int, by: User) -> Minutes:
    """M11: carry the results to the matters, issue the action items, tell everybody. Twice at once: the second one
    finds them published."""
    minutes = lock_minutes(minutes_id)
    insist(minutes.publish, by)
    meeting = minutes.meeting
    came_from = meeting.state
    minutes.publish()
    minutes.published_by, minutes.published_at = by, now()
    minutes.save()
    meeting.document()
    meeting.save()
    for item in meeting.items.for_meeting_page():
        _carry_over(item, minutes, by=by)
    _decide_matters(minutes, by=by)
    for matter_id in (
        meeting.items.exclude(matter=None)
        .order_by("matter_id")
        .values_list("matter_id", flat=True)
        .distinct()
    ):
        requests.take_up_papers(matter_id=matter_id, by=by)
    supervision.discharge(kind=Kind.MINUTES_ISSUE, subject_type=Minutes.SUBJECT, subject_id=minutes.pk)
    _ask_absentees(minutes, by=by)
    _tell(minutes, by=by, came_from=came_from)
    return minutes


@flow
def confirm_reading(*, minutes_id: int, by: User) -> Confirmation:
    """R126: whoever was away confirms having read the minutes."""
    minutes = lock_minutes(minutes_id)
    row: Confirmation | None = minutes.confirmations.filter(person=by, reads_only=True).first()
    if row is None:
        raise NotYours(_("You were there: you have confirmed the minutes themselves."))
    if row.read_at is not None:
        raise NotReady(_("You have confirmed your reading already."))
    row.state, row.read_at = ConfirmationState.CONFIRMED, now()
    row.save()
    supervision.discharge(kind=Kind.RECEIPT, subject_type=Minutes.SUBJECT, subject_id=minutes.pk, holder=by)
    tell_story(minutes.meeting, "confirm_reading", _n("%(actor)s has read the minutes."), by=by)
    return row


def _carry_over(item: AgendaItem, minutes: Minutes, *, by: User) -> None:
    """One topic to its matter. What was settled elsewhere meanwhile is left as it is; the minutes still stand."""
    if item.matter is None or item.applied_at is not None:
        return
    if item.matter.stage not in rules.DECIDABLE:
        _tell_keeper(item, minutes)
        return
    question = item.question
    if question is not None and question.outcome in FINAL_OUTCOMES:
        return
    if item.is_agreed:
        for action in item.actions.all():
            _draft(action, item, minutes, by=by)
    if question is not None and item.result in OUTCOMES:
        requests.record_outcome(
            question_id=question.pk, by=by, outcome=OUTCOMES[item.result], resolution=item.resolution,
            common_ground=item.common_ground, source_number=minutes.number or "",
            reservations=[{"department": row.department, "text": row.text} for row in item.reservations.all()],
            differences=[
                {"department": row.department, "position": row.position, "basis": row.basis, "proposal": row.proposal}
                for row in item.differences.all()
            ],
        )  # fmt: skip
    item.applied_at = now()
    item.save()


def _tell_keeper(item: AgendaItem, minutes: Minutes) -> None:
    """What was agreed on a matter that was sent back or ended meanwhile reaches it no more: its keeper hears of it."""
    matter = item.matter
    if matter is None or matter.keeper is None or not item.is_agreed:
        return
    tell_people(
        minutes.meeting, [matter.keeper],
        _n("What %(number)s records on %(matter)s did not take effect: the matter is no longer being decided."),
        key=f"held:{item.pk}", url_name=MINUTES, number=minutes.number or "", params={"matter": matter.number or ""}, to_do=True,
    )  # fmt: skip


def _draft(action: ResolvedAction, item: AgendaItem, minutes: Minutes, *, by: User) -> None:
    if (
        action.assignee is None or action.due_on is None or item.matter_id is None
    ):  # pragma: no cover - M8 refuses it
        raise Invalid(_("An action item lacks its owner or its date."))
    try:
        action.action_item = requests.draft_item(
            matter_id=item.matter_id, by=by, text=action.text, standard=action.standard, department=action.department,
            assignee=action.assignee, due_on=action.due_on, question=item.question, verifier=action.verifier,
            co_departments=tuple(action.co_departments.all()), urgency=action.urgency, is_interim=action.is_interim,
            report_every=action.report_every,
            source_number=minutes.number or "",
        )  # fmt: skip
    except Invalid as refusal:
        reasons = run_on(s for sentences in refusal.fields.values() for s in sentences)
        raise NotReady(
            _("Item %(order)s cannot be handed out: %(reasons)s Take the minutes back and mend it.")
            % {"order": item.order, "reasons": reasons}
        ) from refusal
    action.save()


def _decide_matters(minutes: Minutes, *, by: User) -> None:
    """Each matter that this meeting settled wholly is decided; of the others the settled parts go on (R052)."""
    meeting = minutes.meeting
    texts: dict[int, list[str]] = {}
    for item in meeting.items.exclude(matter=None).exclude(applied_at=None).order_by("matter_id", "order"):
        texts.setdefault(item.matter_id, []).extend([item.resolution] if item.is_agreed else [])
    for matter_id, resolutions in texts.items():
        stage = CoordinationRequest.objects.values_list("stage", flat=True).get(pk=matter_id)
        if stage == Stage.EXECUTION:
            requests.issue_items(matter_id=matter_id)
        elif stage == Stage.DECISION:
            requests.decide_if_ready(
                matter_id=matter_id, by=by, way=DecisionWay.MEETING, resolution="\n".join(resolutions),
                document=minutes.number or "", decided_by=meeting.chair,
            )  # fmt: skip


def _ask_absentees(minutes: Minutes, *, by: User) -> None:
    for person in document.absentees(minutes.meeting):
        Confirmation.objects.get_or_create(minutes=minutes, person=person, defaults={"reads_only": True})
        supervision.owe(kind=Kind.RECEIPT, holder=person, asked_by=by, **what_minutes_owe(minutes))


def _tell(minutes: Minutes, *, by: User, came_from: str) -> None:
    meeting: Meeting = minutes.meeting
    # Nobody chosen by name: everybody invited. Whoever was away owes the reading, so they are told in any case.
    named = list(minutes.distribution_people.all()) or invited(meeting)
    absent = document.absentees(meeting)
    readers = {person.pk: person for person in named}
    for department in minutes.distribution.all():
        readers.update({person.pk: person for person in people.liaisons(department.pk)})
    for whom, owes in ((absent, True), (readers.values(), False)):
        tell_people(
            meeting, whom, _n("%(number)s has been published."), key="published", url_name=MINUTES,
            number=minutes.number or "", to_do=owes,
        )  # fmt: skip
    tell_matters(
        meeting, "publish", _n("%(actor)s published %(minutes)s of the meeting %(number)s."), by=by,
        params={"minutes": minutes.number or ""}, tone="ok",
    )  # fmt: skip
    tell_story(
        meeting, "publish", _n("%(actor)s published %(minutes)s."), by=by, came_from=came_from,
        params={"minutes": minutes.number or ""}, tone="ok",
    )  # fmt: skip
