"""The agenda: topics come, go and change places (M2, F7)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from meetings import notice_rules, policies, rules
from meetings.flows.shared import (
    insist_on_arranging,
    insist_on_state,
    invited,
    lock,
    lock_item,
    stamp,
    tell_people,
)
from meetings.models import AgendaItem, Meeting
from meetings.states import COMING, ItemKind, MeetingKind, MeetingState
from organization.models import Department, User
from requests.models import CoordinationRequest, Question
from requests.states import FINAL_OUTCOMES


@flow
def add_item(
    *,
    meeting_id: int,
    by: User,
    text: str,
    kind: str = ItemKind.DECISION,
    matter: CoordinationRequest | None = None,
    question: Question | None = None,
    department: Department | None = None,
    presenter: User | None = None,
    length: int = 10,
    suggestion: str = "",
) -> AgendaItem:
    """Put a topic at the end. During the session only the chair adds one."""
    meeting = lock(meeting_id)
    _insist_on_agenda_right(meeting, by)
    item = put_on_agenda(
        meeting, by=by, text=text, kind=kind, matter=matter, question=question, department=department,
        presenter=presenter, length=length, suggestion=suggestion,
    )  # fmt: skip
    rules.insist_on_impartial_chair(meeting)
    _tell_of_change(meeting)
    return item


@flow
def remove_item(*, item_id: int, by: User) -> None:
    """Take a topic off; those behind it move up."""
    item = lock_item(item_id)
    meeting = item.meeting
    insist_on_arranging(meeting, by)
    insist_on_state(meeting, *COMING)
    if meeting.state == MeetingState.CALLED and meeting.items.count() == 1:
        raise NotReady(_("A called meeting keeps at least one item. Cancel the meeting instead."))
    item.delete()
    for order, row in enumerate(meeting.items.order_by("order"), start=1):
        if row.order != order:
            row.order = order
            row.save()
    _tell_of_change(meeting)


@flow
def order_items(*, meeting_id: int, by: User, item_ids: Sequence[int]) -> list[AgendaItem]:
    """Bring the topics into this order; every topic of the agenda is named once."""
    meeting = lock(meeting_id)
    insist_on_arranging(meeting, by)
    insist_on_state(meeting, *COMING)
    rows = {row.pk: row for row in meeting.items.select_for_update()}
    if sorted(rows) != sorted(item_ids):
        raise Invalid(_("The agenda has changed meanwhile. Look at it again."))
    for order, pk in enumerate(item_ids, start=1):
        if rows[pk].order != order:
            rows[pk].order = order
            rows[pk].save()
    _tell_of_change(meeting)
    return [rows[pk] for pk in item_ids]


def put_on_agenda(
    meeting: Meeting,
    *,
    by: User,
    text: str,
    kind: str = ItemKind.DECISION,
    matter: CoordinationRequest | None = None,
    question: Question | None = None,
    department: Department | None = None,
    presenter: User | None = None,
    length: int = 10,
    suggestion: str = "",
) -> AgendaItem:
    """Write the row, having checked that the matter can be treated and that this person sees it."""
    matter = question.matter if question is not None else matter
    if not text.strip():
        raise Invalid(_("Write the topic."), fields={"text": [_("Write the topic.")]})
    if kind == ItemKind.DECISION and meeting.kind == MeetingKind.TALK:
        raise Invalid(notice_rules.decides_nothing(), fields={"kind": [notice_rules.decides_nothing()]})
    if matter is not None:
        _insist_on_matter(matter, by)
    if question is not None:
        _insist_on_question(meeting, question)
    if kind == ItemKind.DECISION and matter is not None and question is None and matter.questions.exists():
        sentence = _("Choose which core question of the matter is to be decided.")
        raise Invalid(sentence, fields={"question": [sentence]})
    last = meeting.items.aggregate(last=Max("order"))["last"] or 0
    return AgendaItem.objects.create(
        meeting=meeting, order=last + 1, text=text.strip(), kind=kind, matter=matter, question=question,
        department=department or (matter.lead_department if matter else None), presenter=presenter,
        length=length, suggestion=suggestion.strip(),
    )  # fmt: skip


def _insist_on_matter(matter: CoordinationRequest, by: User) -> None:
    if not CoordinationRequest.objects.visible_to(by).filter(pk=matter.pk).exists():
        raise NotYours(_("You do not take part in this matter."))
    if matter.stage not in rules.ON_AGENDA:
        raise NotReady(_("Only a matter under way can stand on an agenda."))


def _insist_on_question(meeting: Meeting, question: Question) -> None:
    if question.outcome in FINAL_OUTCOMES:
        raise NotReady(_("This question is settled already."))
    if meeting.items.filter(question=question).exists():
        sentence = _("This question stands on the agenda already.")
        raise Invalid(sentence, fields={"question": [sentence]})


def _insist_on_agenda_right(meeting: Meeting, by: User) -> None:
    insist_on_state(meeting, *COMING, MeetingState.IN_SESSION)
    if meeting.state == MeetingState.IN_SESSION and not policies.is_chair(meeting, by):
        raise NotYours(_("During the session only the chair adds a topic."))
    insist_on_arranging(meeting, by)


def _tell_of_change(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CALLED:
        tell_people(
            meeting,
            invited(meeting),
            _n("The agenda of the meeting %(number)s has changed."),
            key=f"agenda:{stamp()}",
        )
