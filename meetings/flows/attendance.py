"""Who was there: arriving, signing, leaving, and what the recorder puts right on the sheet (F8)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from meetings import policies
from meetings.flows.people import post_of
from meetings.flows.shared import insist_on_state, lock_seat, tell_story
from meetings.models import Invitation
from meetings.states import CAME, Attendance, MeetingState, MinutesState
from organization.models import User

# From when on people can sign in by themselves.
SIGN_IN_OPENS = timedelta(hours=1)


@flow
def mark_arrival(*, invitation_id: int, by: User) -> Invitation:
    """Somebody has come, or come back. The recorder marks it, or the person by themselves."""
    row = lock_seat(invitation_id)
    meeting = row.meeting
    _insist_on_marking(row, by)
    insist_on_state(meeting, MeetingState.CALLED, MeetingState.IN_SESSION)
    if row.is_in_room:
        return row
    moment = now()
    row.arrived_at = row.arrived_at or moment
    row.left_at = None
    row.attendance = Attendance.LATE if row.arrived_at > meeting.starts_at else Attendance.PRESENT
    row.post = post_of(row.person, row.department)
    row.save()
    return row


@flow
def sign_in(*, invitation_id: int, by: User) -> Invitation:
    """F8: the own signature by a click, beside what the recorder enters; who signs is there. Nobody signs for others."""
    row = lock_seat(invitation_id)
    if row.person_id != by.pk or by.authority.changes_nothing:
        raise NotYours(_("Everybody signs for themselves only."))
    _insist_on_marking(row, by)
    insist_on_state(row.meeting, MeetingState.CALLED, MeetingState.IN_SESSION)
    if row.signed_at is not None:
        raise NotReady(_("You have signed already."))
    row.signed_by, row.signed_at = by, now()
    row.save()
    return row if row.is_in_room else mark_arrival(invitation_id=row.pk, by=by)


@flow
def mark_departure(*, invitation_id: int, by: User) -> Invitation:
    """Somebody has left the room before the end."""
    row = lock_seat(invitation_id)
    _insist_on_marking(row, by)
    insist_on_state(row.meeting, MeetingState.CALLED, MeetingState.IN_SESSION)
    if not row.is_in_room:
        raise NotReady(_("This person is not in the room."))
    row.attendance, row.left_at = Attendance.LEFT, now()
    row.save()
    return row


@flow
def correct_seat(
    *,
    invitation_id: int,
    by: User,
    attendance: str,
    arrived_at: datetime | None = None,
    left_at: datetime | None = None,
    remark: str = "",
) -> Invitation:
    """The recorder puts one line of the sheet right, from the notice until the draft goes out. A signature stays."""
    row = lock_seat(invitation_id)
    if not policies.may_record(row.meeting, by):
        raise NotYours(_("Only the recorder marks who is there."))
    insist_on_state(row.meeting, MeetingState.CALLED, MeetingState.IN_SESSION, MeetingState.CLOSED)
    if row.meeting.state == MeetingState.CLOSED and row.meeting.minutes.state != MinutesState.DRAFTING:
        raise NotReady(_("The minutes are no longer a draft. Take them back first."))
    _insist_on_line(row, attendance, arrived_at, left_at)
    row.attendance, row.arrived_at, row.left_at, row.remark = attendance, arrived_at, left_at, remark.strip()
    row.save()
    tell_story(
        row.meeting, "correct_seat", _n("%(actor)s put the sheet right for %(name)s."), by=by,
        params={"name": row.person.name}, reason=remark,
    )  # fmt: skip
    return row


def _insist_on_line(
    row: Invitation, attendance: str, arrived_at: datetime | None, left_at: datetime | None
) -> None:
    """Raise Invalid with everything in the line that contradicts itself."""
    came = attendance in CAME
    wrong = {
        "attendance": _wrong_attendance(row, attendance),
        "arrived_at": _("Write when they came.") if came and arrived_at is None
        else _("Who did not come has no time of arrival.") if not came and arrived_at is not None else "",
        "left_at": _wrong_departure(attendance, arrived_at, left_at),
    }  # fmt: skip
    fields: dict[str, list[Sentence]] = {name: [sentence] for name, sentence in wrong.items() if sentence}
    if fields:
        raise Invalid(_("The line of the sheet is not right."), fields=fields)


def _wrong_attendance(row: Invitation, attendance: str) -> str:
    if attendance not in Attendance.values:
        return _("Choose how they attended.")
    if row.signed_at is not None and attendance not in CAME:
        return _("This person has signed that they were there.")
    return ""


def _wrong_departure(attendance: str, arrived_at: datetime | None, left_at: datetime | None) -> str:
    if attendance == Attendance.LEFT and left_at is None:
        return _("Write when they left.")
    if attendance != Attendance.LEFT and left_at is not None:
        return _("Only who left early has a time of leaving.")
    if left_at is not None and arrived_at is not None and left_at <= arrived_at:
        return _("They left before they came. Look at the times again.")
    return ""


def _insist_on_marking(row: Invitation, by: User) -> None:
    meeting = row.meeting
    if policies.may_record(meeting, by):
        return
    if row.person_id != by.pk:
        raise NotYours(_("Only the recorder marks who is there."))
    if meeting.state != MeetingState.IN_SESSION and now() < meeting.starts_at - SIGN_IN_OPENS:
        raise NotReady(_("Signing in opens one hour before the meeting."))
