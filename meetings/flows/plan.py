"""A meeting is planned, changed, postponed or dropped (M1, M12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.reasons import IN_SHORT
from audit.refusals import Invalid, NotYours
from audit.transitions import insist
from meetings import clashes, house, notice_rules, policies, rules
from meetings.flows.agenda import put_on_agenda
from meetings.flows.people import seat
from meetings.flows.shared import (
    insist_on_arranging,
    insist_on_state,
    invited,
    lock,
    stamp,
    tell_matters,
    tell_people,
    tell_story,
    what_it_owes,
)
from meetings.models import Meeting
from meetings.states import Attendance, Capacity, MeetingKind, MeetingState, Reply
from organization import people
from organization.models import Committee, User
from supervision import flows as supervision
from supervision.calendar import working_days
from supervision.states import Kind, Urgency

CHANGEABLE = (
    "title", "kind", "urgency", "committee", "starts_at", "ends_at", "place", "link", "preparation", "leave_rules",
    "contact",
)  # fmt: skip


@flow
def plan(
    *,
    by: User,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    chair: User,
    recorder: User,
    kind: str = MeetingKind.SPECIAL,
    urgency: str = Urgency.NORMAL,
    committee: Committee | None = None,
    place: str = "",
    link: str = "",
    preparation: str = "",
    leave_rules: str = "",
    contact: User | None = None,
    clash_reason: str = "",
    attendees: Sequence[User] = (),
    guests: Sequence[User] = (),
    items: Sequence[Mapping[str, Any]] = (),
) -> Meeting:
    """M1: write the plan: time, people, agenda. Chair and recorder are two persons; a clash needs its reason (R114)."""
    if not policies.may_plan(by):
        raise NotYours(_("Only the office, chairs, heads and liaisons plan a meeting."))
    if kind != MeetingKind.SPECIAL and not policies.may_plan_any(by):
        raise NotYours(_("A department plans special meetings only."))
    rules.insist_on_plan(title=title, chair=chair, recorder=recorder, starts_at=starts_at, ends_at=ends_at)
    rules.insist_on_contact(contact)
    meeting = Meeting.objects.create(
        title=title.strip(), kind=kind, urgency=urgency, committee=committee, starts_at=starts_at, ends_at=ends_at,
        place=place.strip(), link=link.strip(), chair=chair, recorder=recorder, preparation=preparation.strip(),
        leave_rules=leave_rules.strip() or house.leave_rules(), contact=contact or by,
        clash_reason=clash_reason.strip(), planned_by=by, planned_at=now(),
    )  # fmt: skip
    seat(meeting, chair, reply=Reply.YES)
    seat(meeting, recorder, capacity=Capacity.RECORDER, reply=Reply.YES)
    for person in attendees:
        seat(meeting, person)
    for person in guests:
        seat(meeting, person, capacity=Capacity.SIT_IN, is_required=False)
    for row in items:
        put_on_agenda(meeting, by=by, **row)
    rules.insist_on_impartial_chair(meeting)
    rules.insist_on_no_clash(clashes.of_meeting(meeting), clash_reason)
    _ask_for_notice(meeting, by=by)
    tell_story(meeting, "plan", _n("%(actor)s planned the meeting."), by=by)
    return meeting


@flow
def change_plan(
    *,
    meeting_id: int,
    by: User,
    chair: User | None = None,
    recorder: User | None = None,
    clash_reason: str = "",
    **fields: Any,
) -> Meeting:
    """Change what stands in the plan, as long as the notice has not gone out."""
    meeting = lock(meeting_id)
    insist_on_arranging(meeting, by)
    insist_on_state(meeting, MeetingState.PLANNED, MeetingState.POSTPONED)
    for name, value in fields.items():
        if name not in CHANGEABLE:
            raise Invalid(_("This cannot be changed."), fields={name: [_("This cannot be changed.")]})
        setattr(meeting, name, value)
    if meeting.kind != MeetingKind.SPECIAL and not policies.may_plan_any(by):
        raise NotYours(_("A department plans special meetings only."))
    rules.insist_on_contact(fields.get("contact"))
    meeting.leave_rules = meeting.leave_rules.strip() or house.leave_rules()
    new_chair, new_recorder = chair or meeting.chair, recorder or meeting.recorder
    rules.insist_on_plan(
        title=meeting.title, chair=new_chair, recorder=new_recorder,
        starts_at=meeting.starts_at, ends_at=meeting.ends_at,
    )  # fmt: skip
    changed = (meeting.chair_id, meeting.recorder_id) != (new_chair.pk, new_recorder.pk)
    meeting.chair, meeting.recorder = new_chair, new_recorder
    rules.insist_on_impartial_chair(meeting)
    meeting.clash_reason = clash_reason.strip() or meeting.clash_reason
    meeting.save()
    if changed:
        meeting.invitations.filter(capacity=Capacity.RECORDER).delete()
        meeting.invitations.filter(person__in=[new_chair, new_recorder]).delete()
        seat(meeting, new_chair, reply=Reply.YES)
        seat(meeting, new_recorder, capacity=Capacity.RECORDER, reply=Reply.YES)
    rules.insist_on_no_clash(clashes.of_meeting(meeting), meeting.clash_reason)
    supervision.cancel(subject_type=Meeting.SUBJECT, subject_id=meeting.pk)
    _ask_for_notice(meeting, by=by)
    tell_story(meeting, "change_plan", _n("%(actor)s changed the plan."), by=by)
    return meeting


@flow
def postpone(
    *, meeting_id: int, by: User, reason: str, starts_at: datetime, ends_at: datetime, clash_reason: str = ""
) -> Meeting:
    """M12: another time, with its reason; all are told and the notice goes out anew."""
    meeting = lock(meeting_id)
    insist(meeting.postpone, by)
    rules.insist_on_reason(reason, most=IN_SHORT)
    rules.insist_on_plan(
        title=meeting.title,
        chair=meeting.chair,
        recorder=meeting.recorder,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    came_from, was_called = meeting.state, meeting.called_at is not None
    meeting.starts_at, meeting.ends_at, meeting.ending_reason = starts_at, ends_at, reason.strip()
    rules.insist_on_no_clash(clashes.of_meeting(meeting), clash_reason)
    meeting.clash_reason = clash_reason.strip()
    meeting.notice_reason, meeting.answer_by = "", None
    meeting.postpone()
    meeting.save()
    _forget_answers(meeting)
    supervision.cancel(subject_type=Meeting.SUBJECT, subject_id=meeting.pk)
    _ask_for_notice(meeting, by=by)
    if was_called:
        tell_people(
            meeting,
            invited(meeting),
            _n("%(number)s has been postponed."),
            key=f"postponed:{stamp()}",
            to_do=True,
        )
        tell_matters(
            meeting, "postpone", _n("%(actor)s postponed the meeting %(number)s."), by=by, tone="warn"
        )
    tell_story(
        meeting,
        "postpone",
        _n("%(actor)s postponed the meeting."),
        by=by,
        came_from=came_from,
        reason=reason,
        tone="warn",
    )
    return meeting


@flow
def cancel(*, meeting_id: int, by: User, reason: str) -> Meeting:
    """M12: it does not take place; all are told, the room is free."""
    meeting = lock(meeting_id)
    insist(meeting.cancel, by)
    rules.insist_on_reason(reason, most=IN_SHORT)
    came_from = meeting.state
    meeting.ending_reason = reason.strip()
    meeting.cancel()
    meeting.save()
    supervision.cancel(subject_type=Meeting.SUBJECT, subject_id=meeting.pk)
    if meeting.called_at is not None:
        tell_people(
            meeting, invited(meeting), _n("%(number)s has been cancelled."), key="cancelled", to_do=True
        )
        tell_matters(meeting, "cancel", _n("%(actor)s cancelled the meeting %(number)s."), by=by, tone="warn")
    tell_story(
        meeting,
        "cancel",
        _n("%(actor)s cancelled the meeting."),
        by=by,
        came_from=came_from,
        reason=reason,
        tone="bad",
    )
    return meeting


def _forget_answers(meeting: Meeting) -> None:
    meeting.invitations.filter(capacity=Capacity.SUBSTITUTE).delete()
    meeting.invitations.exclude(person__in=[meeting.chair_id, meeting.recorder_id]).update(
        reply=Reply.WAITING,
        reply_reason="",
        replied_at=None,
        attendance=Attendance.OPEN,
        arrived_at=None,
        left_at=None,
        signed_by=None,
        signed_at=None,
        remark="",
    )


def _ask_for_notice(meeting: Meeting, *, by: User) -> None:
    """Whoever planned it owes the notice, or the office where the planner may not send it."""
    holder = by if policies.may_call(meeting, by) else None
    due_at = notice_rules.latest_notice(meeting.starts_at, meeting.urgency)
    if due_at <= now():
        due_at = working_days().add_hours(now(), 2)
    supervision.owe(
        kind=Kind.MEETING_NOTICE, holder=holder, holder_department=None if holder else people.office(),
        asked_by=by, due_at=due_at, **what_it_owes(meeting),
    )  # fmt: skip
