"""The agenda: topics come, go and change places (M2, F7)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from meetings import notice_rules, policies, rules
from meetings.flows.shared import (
    insist_on_arranging,
    insist_on_state,
    invited,
    lock,
    lock_item,
    stamp,
    tell_people,
    tell_story,
)
from meetings.models import AgendaItem, Meeting, PriorTalk
from meetings.states import COMING, ItemKind, MeetingKind, MeetingState
from organization import people
from organization.models import Department, User
from pages.sentences import run_on
from requests.flows.shared import readers_among
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
    prior_talks: str = "",
    prior_is_private: bool = False,
    interested: Sequence[User] = (),
) -> AgendaItem:
    """Put a topic at the end. During the session only the chair adds one."""
    meeting = lock(meeting_id)
    _insist_on_agenda_right(meeting, by)
    item = put_on_agenda(
        meeting, by=by, text=text, kind=kind, matter=matter, question=question, department=department,
        presenter=presenter, length=length, suggestion=suggestion, prior_talks=prior_talks,
        prior_is_private=prior_is_private, interested=interested,
    )  # fmt: skip
    rules.insist_on_impartial_chair(meeting)
    _tell_of_change(meeting)
    if item.waits_for_the_chair:
        _ask_chair(meeting)
    return item


@flow
def change_item(
    *,
    item_id: int,
    by: User,
    text: str,
    kind: str,
    department: Department | None = None,
    presenter: User | None = None,
    length: int = 10,
    suggestion: str = "",
    prior_talks: str | None = None,
    prior_is_private: bool = False,
    interested: Sequence[User] = (),
) -> AgendaItem:
    """Put a topic differently before the meeting; `prior_talks` None leaves what was settled beforehand as it is."""
    item = lock_item(item_id)
    meeting = item.meeting
    insist_on_arranging(meeting, by)
    insist_on_state(meeting, *COMING)
    _insist_on_topic(meeting, text=text, kind=kind, presenter=presenter)
    if kind != ItemKind.DECISION and item.question_id is not None:
        sentence = _("A core question of a matter is put to be decided.")
        raise Invalid(sentence, fields={"kind": [sentence]})
    if meeting.state == MeetingState.CALLED and kind == ItemKind.DECISION and presenter is None:
        sentence = _("The notice has gone out: a topic to be decided has somebody who presents it.")
        raise Invalid(sentence, fields={"presenter": [sentence]})
    item.text, item.kind, item.department, item.presenter = text.strip(), kind, department, presenter
    item.length, item.suggestion = length, suggestion.strip()
    item.save()
    item.interested.set(interested)
    if prior_talks is not None:
        _settle_beforehand(item, prior_talks, is_private=prior_is_private, by=by)
    rules.insist_on_impartial_chair(meeting)
    _tell_of_change(meeting)
    return item


@flow
def agree_to_late_item(*, item_id: int, by: User) -> AgendaItem:
    """M2: a topic put after the cut-off stands on the agenda by the word of the chair."""
    item = lock_item(item_id)
    if not policies.is_chair(item.meeting, by):
        raise NotYours(_("Only the chair agrees to a topic put after the cut-off."))
    insist_on_state(item.meeting, *COMING)
    if not item.waits_for_the_chair:
        raise NotReady(_("This topic stands on the agenda already."))
    item.agreed_by, item.agreed_at = by, now()
    item.save()
    tell_story(
        item.meeting, "agree_to_late_item", _n("%(actor)s agreed to item %(order)s, put after the cut-off."), by=by,
        params={"order": item.order}, tone="ok",
    )  # fmt: skip
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
    prior_talks: str = "",
    prior_is_private: bool = False,
    interested: Sequence[User] = (),
) -> AgendaItem:
    """Write the row, having checked that the matter can be treated and that this person sees it."""
    matter = question.matter if question is not None else matter
    _insist_on_topic(meeting, text=text, kind=kind, presenter=presenter)
    if matter is not None:
        _insist_on_matter(meeting, matter, by)
    if question is not None:
        _insist_on_question(meeting, question)
    if kind == ItemKind.DECISION and matter is not None and question is None and matter.questions.exists():
        sentence = _("Choose which core question of the matter is to be decided.")
        raise Invalid(sentence, fields={"question": [sentence]})
    where = department or (matter.lead_department if matter else None)
    speaker = presenter or (_speaker(where) if kind == ItemKind.DECISION else None)
    last = meeting.items.aggregate(last=Max("order"))["last"] or 0
    is_late, is_chair = notice_rules.is_late_topic(meeting), meeting.chair_id == by.pk
    item = AgendaItem.objects.create(
        meeting=meeting, order=last + 1, text=text.strip(), kind=kind, matter=matter, question=question,
        department=where, presenter=speaker, length=length, suggestion=suggestion.strip(), is_late=is_late,
        agreed_by=by if is_late and is_chair else None, agreed_at=now() if is_late and is_chair else None,
    )  # fmt: skip
    item.interested.set(interested)
    _settle_beforehand(item, prior_talks, is_private=prior_is_private, by=by)
    return item


def _speaker(department: Department | None) -> User | None:
    """Who presents unless somebody else is named: the head of the department that puts it, else its liaison (F7)."""
    if department is None:
        return None
    return people.head(department.pk) or next(iter(people.liaisons(department.pk)), None)


def _settle_beforehand(item: AgendaItem, text: str, *, is_private: bool, by: User) -> None:
    if not text.strip():
        PriorTalk.objects.filter(item=item).delete()
        return
    PriorTalk.objects.update_or_create(
        item=item,
        defaults={"text": text.strip(), "is_private": is_private, "written_by": by, "written_at": now()},
    )


def _insist_on_topic(meeting: Meeting, *, text: str, kind: str, presenter: User | None) -> None:
    fields: dict[str, list[Sentence]] = {}
    if not text.strip():
        fields["text"] = [_("Write the topic.")]
    if kind == ItemKind.DECISION and meeting.kind == MeetingKind.TALK:
        fields["kind"] = [notice_rules.decides_nothing()]
    if presenter is not None and not presenter.is_active:
        fields["presenter"] = [_("Choose somebody else.")]
    if fields:
        raise Invalid(run_on(found[0] for found in fields.values()), fields=fields)


def _insist_on_matter(meeting: Meeting, matter: CoordinationRequest, by: User) -> None:
    if not CoordinationRequest.objects.visible_to(by).filter(pk=matter.pk).exists():
        raise NotYours(_("You do not take part in this matter."))
    _insist_on_readers(meeting, matter)
    if matter.stage not in rules.ON_AGENDA:
        raise NotReady(_("Only a matter under way can stand on an agenda."))


def _insist_on_readers(meeting: Meeting, matter: CoordinationRequest) -> None:
    """Who chairs and who keeps the record reads a confidential matter: somebody has to name them first (domain §5)."""
    if not matter.is_closed:
        return
    needed = [meeting.chair, meeting.recorder]
    reading = readers_among(matter, needed)
    missing = [person.name for person in needed if person not in reading]
    if missing:
        raise NotReady(
            _("This matter is confidential. First name chair and recorder as its readers: %(names)s.")
            % {"names": "、".join(missing)}
        )


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


def _ask_chair(meeting: Meeting) -> None:
    tell_people(
        meeting,
        [meeting.chair],
        _n("A topic was put after the cut-off. Agree to it, or it is taken off."),
        key=f"late:{stamp()}",
        to_do=True,
    )


def _tell_of_change(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CALLED:
        tell_people(
            meeting,
            invited(meeting),
            _n("The agenda of the meeting %(number)s has changed."),
            key=f"agenda:{stamp()}",
        )
