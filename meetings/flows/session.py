"""The meeting itself: opened and closed by its chair (M5, M7)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady
from audit.transitions import insist
from meetings import levels, notice_rules, quorum
from meetings.flows.shared import MINUTES, invited, lock, tell_people, tell_story, what_minutes_owe
from meetings.models import Meeting, Minutes
from meetings.states import Attendance, Reply
from organization.models import Department, User
from supervision import flows as supervision
from supervision.states import Kind


@flow
def open_session(*, meeting_id: int, by: User, quorum_reason: str = "") -> Meeting:
    """M5: half of the members and every department concerned are there, or the chair notes why it goes on."""
    meeting = lock(meeting_id)
    insist(meeting.open, by)
    late = list(meeting.items.waiting_for_the_chair())
    if late:
        raise NotReady(
            _("Agree to what was put after the cut-off, or take it off: %(items)s.")
            % {"items": notice_rules.named(late)}
        )
    count = quorum.of_meeting(meeting)
    if not count.is_met and not quorum_reason.strip():
        sentence = _("There is no quorum: %(what)s Wait, or write why it opens all the same.") % {
            "what": count.sentence()
        }
        raise Invalid(sentence, fields={"quorum_reason": [sentence]})
    came_from, meeting.opened_at = meeting.state, now()
    meeting.quorum_reason = "" if count.is_met else quorum_reason.strip()
    meeting.open()
    meeting.save()
    # Chair and recorder are there, or it could not be opened and recorded.
    meeting.invitations.filter(person__in=[meeting.chair_id, meeting.recorder_id], arrived_at=None).update(
        attendance=Attendance.PRESENT, arrived_at=meeting.opened_at
    )
    supervision.cancel(subject_type=Meeting.SUBJECT, subject_id=meeting.pk)
    tell_story(
        meeting, "open", _n("%(actor)s opened the meeting."), by=by, came_from=came_from,
        reason=meeting.quorum_reason, tone="warn" if meeting.quorum_reason else "acc",
    )  # fmt: skip
    return meeting


@flow
def close(*, meeting_id: int, by: User) -> Minutes:
    """M7: refused while a topic has no result, naming them all at once. The recorder then owes the draft."""
    meeting = lock(meeting_id)
    insist(meeting.close, by)
    open_items = list(meeting.items.without_result())
    if open_items:
        names = "；".join(f"{item.order}. {item.text}" for item in open_items)
        raise Invalid(_("No result yet: %(items)s") % {"items": names})
    came_from, meeting.closed_at = meeting.state, now()
    meeting.close()
    meeting.save()
    _settle_attendance(meeting)
    minutes = _begin_minutes(meeting)
    supervision.owe(
        kind=Kind.MINUTES_DRAFT, holder=meeting.recorder, asked_by=by, **what_minutes_owe(minutes)
    )
    tell_people(
        meeting, [meeting.recorder], _n("The meeting %(number)s is closed; its minutes can be drafted."),
        key="closed", url_name=MINUTES, to_do=True,
    )  # fmt: skip
    tell_story(meeting, "close", _n("%(actor)s closed the meeting."), by=by, came_from=came_from)
    return minutes


def _settle_attendance(meeting: Meeting) -> None:
    silent = meeting.invitations.filter(attendance=Attendance.OPEN)
    silent.filter(reply__in=[Reply.LEAVE, Reply.SUBSTITUTE]).update(attendance=Attendance.EXCUSED)
    silent.update(attendance=Attendance.ABSENT)


def _begin_minutes(meeting: Meeting) -> Minutes:
    """The draft writes itself from what was recorded; it goes to the departments of the table and of the topics."""
    minutes = Minutes.objects.create(
        meeting=meeting, drafted_at=now(), confidentiality=levels.at_first(meeting)
    )
    at_table = meeting.invitations.exclude(department=None).values_list("department_id", flat=True)
    concerned = meeting.items.filter(matter__participants__isnull=False).values_list(
        "matter__participants__department_id", flat=True
    )
    put_by = meeting.items.exclude(department=None).values_list("department_id", flat=True)
    minutes.distribution_people.set(invited(meeting))
    minutes.distribution.set(Department.objects.filter(pk__in={*at_table, *concerned, *put_by}))
    return minutes
