"""Who sits at the table: inviting, answering the notice, arriving and leaving (M4, F8)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.base import File as Upload
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.reasons import IN_SHORT
from audit.refusals import Invalid, NotReady, NotYours
from audit.words import word
from documents import flows as documents
from meetings import policies, rules
from meetings.flows.shared import (
    insist_on_arranging,
    insist_on_state,
    lock,
    lock_seat,
    stamp,
    tell_people,
    tell_story,
    what_it_owes,
)
from meetings.models import Invitation, Meeting
from meetings.states import COMING, Capacity, MeetingState, Reply
from organization.models import Department, User
from supervision import flows as supervision
from supervision.states import Kind


def seat(
    meeting: Meeting,
    person: User,
    *,
    capacity: str = Capacity.ATTEND,
    department: Department | None = None,
    is_required: bool = True,
    reply: str = Reply.WAITING,
    stands_for: Invitation | None = None,
) -> Invitation:
    """Write one seat; a person sits once at a meeting."""
    where = department or person.department
    row, created = Invitation.objects.get_or_create(
        meeting=meeting,
        person=person,
        defaults={
            "department": where, "department_name": where.name if where else person.department_name,
            "post": post_of(person, where), "capacity": capacity, "is_required": is_required, "reply": reply, "stands_for": stands_for,
        },
    )  # fmt: skip
    if not created and stands_for is not None:
        raise Invalid(
            _("This person is invited already."),
            fields={"substitute": [_("This person is invited already.")]},
        )
    return row


def post_of(person: User, where: Department | None) -> str:
    """The position as it is called in the house today; else the post that the person holds in that department (F8)."""
    if person.title:
        return person.title
    posts = person.posts.current().order_by("-is_main", "since", "pk")
    held = posts.filter(department=where).first() or posts.first()
    with translation.override(settings.LANGUAGE_CODE):  # written down as the house speaks, whoever looks
        return str(held.get_kind_display()) if held else ""


@flow
def invite(
    *,
    meeting_id: int,
    by: User,
    person: User,
    capacity: str = Capacity.ATTEND,
    department: Department | None = None,
    is_required: bool = True,
) -> Invitation:
    """Add somebody; after the notice has gone out they are told at once."""
    meeting = lock(meeting_id)
    insist_on_arranging(meeting, by)
    insist_on_state(meeting, *COMING)
    if not person.is_active or capacity not in (Capacity.ATTEND, Capacity.SIT_IN):
        raise Invalid(_("This person cannot be invited."), fields={"person": [_("Choose somebody else.")]})
    if person.is_external:
        capacity = Capacity.SIT_IN
    row = seat(
        meeting, person, capacity=capacity, department=department,
        is_required=is_required and capacity == Capacity.ATTEND,
    )  # fmt: skip
    if meeting.state == MeetingState.CALLED:
        ask_for_answer(meeting, row, by=by)
        tell_people(
            meeting,
            [person],
            _n("You are invited to the meeting %(number)s."),
            key=f"called:{stamp()}",
            to_do=True,
        )
    return row


@flow
def uninvite(*, invitation_id: int, by: User) -> None:
    """Take a seat away; chair and recorder keep theirs."""
    row = lock_seat(invitation_id)
    meeting = row.meeting
    insist_on_arranging(meeting, by)
    insist_on_state(meeting, *COMING)
    if row.person_id in (meeting.chair_id, meeting.recorder_id):
        raise NotReady(_("Chair and recorder have to come. Name somebody else in their place first."))
    supervision.discharge(
        kind=Kind.RECEIPT,
        subject_type=Meeting.SUBJECT,
        subject_id=meeting.pk,
        holder=row.person,
        outcome="cancelled",
    )
    if meeting.state == MeetingState.CALLED:
        tell_people(
            meeting,
            [row.person],
            _n("You need not come to the meeting %(number)s."),
            key=f"uninvited:{stamp()}",
            to_do=True,
        )
    row.delete()


@flow
def answer(
    *,
    meeting_id: int,
    by: User,
    reply: str,
    reason: str = "",
    substitute: User | None = None,
    proxy_text: str = "",
    proxy_file: Upload[Any] | None = None,
) -> Invitation:
    """M4: come, send somebody empowered from the own department, or ask for leave with its reason.

    The click of the member empowers the substitute; words or a paper say how far (代会委托).
    """
    meeting = lock(meeting_id)
    row: Invitation | None = (
        meeting.invitations.select_for_update(of=("self",)).select_related("person").filter(person=by).first()
    )
    if row is None or not policies.may_answer(row, by):
        raise NotYours(_("You are not invited to this meeting."))
    insist_on_state(meeting, MeetingState.CALLED)
    _insist_on_reply(meeting, row, reply, reason, substitute)
    meeting.invitations.filter(stands_for=row).delete()
    row.meeting = meeting
    row.reply, row.reply_reason, row.replied_at = reply, reason.strip(), now()
    row.save()
    if reply == Reply.SUBSTITUTE and substitute is not None:
        _empower(row, substitute, by=by, text=proxy_text, paper=proxy_file)
    supervision.discharge(kind=Kind.RECEIPT, subject_type=Meeting.SUBJECT, subject_id=meeting.pk, holder=by)
    if reply != Reply.YES:
        tell_people(
            meeting, [meeting.chair, meeting.recorder], _n("%(name)s cannot come to the meeting %(number)s."),
            key=f"reply:{row.pk}:{stamp()}", params={"name": by.name},
        )  # fmt: skip
    tell_story(
        meeting, "answer", _n("%(actor)s answered: %(reply)s."), by=by, reason=reason,
        params={"reply": word(Reply(reply).label)}, tone="" if reply == Reply.YES else "warn",
    )  # fmt: skip
    return row


def _empower(row: Invitation, substitute: User, *, by: User, text: str, paper: Upload[Any] | None) -> None:
    """A seat for the substitute, with the proxy of the member."""
    meeting = row.meeting
    sent = seat(
        meeting, substitute, capacity=Capacity.SUBSTITUTE, department=row.department, reply=Reply.YES, stands_for=row
    )  # fmt: skip
    sent.proxy_text = text.strip()
    if paper is not None:
        sent.proxy_file = _kept(meeting, sent, paper, by=by)
    sent.save()
    tell_people(
        meeting, [substitute], _n("%(name)s sends you to the meeting %(number)s."),
        key=f"substitute:{row.pk}:{substitute.pk}", params={"name": by.name}, to_do=True,
    )  # fmt: skip


def _kept(meeting: Meeting, sent: Invitation, paper: Upload[Any], *, by: User) -> Any:
    try:
        return documents.attach(
            upload=paper, subject_type=Meeting.SUBJECT, subject_id=meeting.pk, case_id=None, by=by,
            kind=f"proxy:{sent.pk}",
        )  # fmt: skip
    except Invalid as refusal:
        raise Invalid(str(refusal), fields={"proxy_file": [str(refusal)]}) from refusal


def ask_for_answer(meeting: Meeting, row: Invitation, *, by: User) -> None:
    supervision.owe(
        kind=Kind.RECEIPT, holder=row.person, asked_by=by, due_at=meeting.answer_by, **what_it_owes(meeting)
    )


def _insist_on_reply(meeting: Meeting, row: Invitation, reply: str, reason: str, substitute: Any) -> None:
    if reply not in (Reply.YES, Reply.SUBSTITUTE, Reply.LEAVE):
        raise Invalid(_("Choose an answer."), fields={"reply": [_("Choose an answer.")]})
    if reply != Reply.YES and row.person_id in (meeting.chair_id, meeting.recorder_id):
        raise NotReady(_("Chair and recorder have to come. Name somebody else in their place first."))
    if reply == Reply.LEAVE:
        rules.insist_on_reason(reason, most=IN_SHORT)
    if reply != Reply.SUBSTITUTE:
        return
    if row.capacity != Capacity.ATTEND:
        raise NotReady(_("Only a member can send a substitute."))
    if substitute is None:
        raise Invalid(_("Name the substitute."), fields={"substitute": [_("Name the substitute.")]})
    if not substitute.is_active or row.department_id not in substitute.authority.departments:
        sentence = _("The substitute comes from the same department.")
        raise Invalid(sentence, fields={"substitute": [sentence]})
