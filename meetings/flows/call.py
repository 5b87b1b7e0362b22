"""The notice goes out (M3)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid
from audit.transitions import insist
from documents.numbers import take
from documents.states import Series
from meetings import clashes, notice_rules, rules
from meetings.flows.people import ask_for_answer
from meetings.flows.shared import invited, lock, stamp, tell_matters, tell_people, tell_story
from meetings.models import Meeting
from meetings.states import Reply
from organization.models import User
from supervision import flows as supervision
from supervision.calendar import working_days
from supervision.states import Kind


@flow
def call(
    *,
    meeting_id: int,
    by: User,
    notice_reason: str = "",
    clash_reason: str = "",
    answer_by: datetime | None = None,
) -> Meeting:
    """M3: number and notice. Refused without time, place and agenda (R115), at short notice or with a clash unless
    the reason is written, and while a matter to be decided is still being prepared."""
    meeting = lock(meeting_id)
    insist(meeting.call, by)
    notice_rules.insist_on_agenda(meeting)
    notice_rules.insist_on_notice(meeting, notice_reason)
    rules.insist_on_no_clash(clashes.of_meeting(meeting), clash_reason or meeting.clash_reason)
    came_from, moment = meeting.state, now()
    meeting.answer_by = answer_by or min(working_days().add_days(moment, 1), meeting.starts_at)
    _insist_on_answer_day(meeting, moment)
    meeting.notice_reason = notice_reason.strip()
    meeting.clash_reason = clash_reason.strip() or meeting.clash_reason
    meeting.called_at, meeting.called_by = moment, by
    meeting.number = meeting.number or take(Series.MEETING)
    meeting.ending_reason = ""
    meeting.call()
    meeting.save()
    supervision.discharge(kind=Kind.MEETING_NOTICE, subject_type=Meeting.SUBJECT, subject_id=meeting.pk)
    for row in meeting.invitations.filter(reply=Reply.WAITING).select_related("person"):
        ask_for_answer(meeting, row, by=by)
    tell_people(
        meeting,
        invited(meeting),
        _n("You are invited to the meeting %(number)s."),
        key=f"called:{stamp()}",
        to_do=True,
    )
    tell_matters(meeting, "call", _n("%(actor)s put it on the agenda of %(number)s."), by=by, tone="acc")
    tell_story(
        meeting, "call", _n("%(actor)s sent the notice %(number)s to %(count)s people."), by=by, came_from=came_from,
        params={"count": meeting.invitations.count()}, reason=notice_reason, tone="acc",
    )  # fmt: skip
    return meeting


def _insist_on_answer_day(meeting: Meeting, moment: datetime) -> None:
    if meeting.answer_by is None or not moment < meeting.answer_by <= meeting.starts_at:
        sentence = _("Answers are due after now and before the meeting.")
        raise Invalid(sentence, fields={"answer_by": [sentence]})
