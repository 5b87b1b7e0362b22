"""Another chair or recorder for a meeting that is still to come: when one of the two has left the house (R019)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM
from audit.flow import flow
from audit.one_by_one import each
from audit.refusals import Invalid, NotYours
from meetings import clashes, policies, rules
from meetings.flows.shared import insist_on_state, invited, lock, stamp, tell_people, tell_story
from meetings.models import Meeting
from meetings.states import COMING, Capacity, Reply
from organization import people
from organization.models import User
from requests.policies import may_write
from supervision import flows as supervision
from supervision.states import Kind

BATCH = 200


def tell_of_lost_officers(now: datetime) -> int:
    """A step of the tick: every meeting to come whose chair or recorder can no longer act; the office hears of it once."""
    lost = Meeting.objects.coming().without_chair_or_recorder().order_by("pk")
    return each(
        list(lost.values_list("pk", flat=True)[:BATCH]), lambda pk: tell_of_lost(meeting_id=pk, by=SYSTEM)
    )


@flow
def tell_of_lost(*, meeting_id: int, by: Any) -> Meeting | None:
    """R019: who cannot come any more is told to the office within a minute, with the page where another is named."""
    meeting = lock(meeting_id)
    gone = {person.pk: person for person in (meeting.chair, meeting.recorder) if not may_write(person)}
    if meeting.state not in COMING or not gone:
        return None
    for person in gone.values():
        tell_people(
            meeting, people.officers(), _n("%(name)s has left and cannot chair or record this meeting: name another."),
            key=f"lost:{person.pk}", url_name="meetings:officers", params={"name": person.name}, to_do=True,
        )  # fmt: skip
    return meeting


@flow
def name_officers(
    *, meeting_id: int, by: User, chair: User, recorder: User, reason: str, clash_reason: str = ""
) -> Meeting:
    """Another chair or recorder, also after the notice has gone out; everybody invited is told. The seat of who goes is free."""
    meeting = lock(meeting_id)
    if not policies.may_call(meeting, by):
        raise NotYours(_("Only the office, the secretary and the chair name another chair or recorder."))
    insist_on_state(meeting, *COMING)
    rules.insist_on_reason(reason)
    rules.insist_on_plan(
        title=meeting.title,
        chair=chair,
        recorder=recorder,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
    )
    before = {meeting.chair_id: meeting.chair, meeting.recorder_id: meeting.recorder}
    if (meeting.chair_id, meeting.recorder_id) == (chair.pk, recorder.pk):
        sentence = _("These two are named already. Choose somebody else.")
        raise Invalid(sentence, fields={"chair": [sentence]})
    meeting.chair, meeting.recorder = chair, recorder
    rules.insist_on_impartial_chair(meeting)
    for pk, person in before.items():
        if pk not in (chair.pk, recorder.pk):
            _free_seat(meeting, person)
    _take_seat(meeting, chair, Capacity.ATTEND)
    _take_seat(meeting, recorder, Capacity.RECORDER)
    rules.insist_on_no_clash(clashes.of_meeting(meeting), clash_reason or meeting.clash_reason)
    meeting.clash_reason = clash_reason.strip() or meeting.clash_reason
    meeting.save()
    names = {"chair": chair.name, "recorder": recorder.name}
    if meeting.called_at is not None:
        tell_people(
            meeting, invited(meeting), _n("%(number)s is chaired by %(chair)s and recorded by %(recorder)s."),
            key=f"officers:{stamp()}", params=names,
        )  # fmt: skip
    tell_story(
        meeting, "name_officers", _n("%(actor)s named %(chair)s to chair and %(recorder)s to record."), by=by,
        params=names, reason=reason,
    )  # fmt: skip
    return meeting


def _free_seat(meeting: Meeting, person: User) -> None:
    meeting.invitations.filter(person=person).delete()
    supervision.discharge(
        kind=Kind.RECEIPT,
        subject_type=Meeting.SUBJECT,
        subject_id=meeting.pk,
        holder=person,
        outcome="cancelled",
    )


def _take_seat(meeting: Meeting, person: User, capacity: str) -> None:
    """Both come for certain; who was invited already answers no notice any more."""
    where = person.department
    meeting.invitations.update_or_create(
        person=person,
        defaults={"capacity": capacity, "reply": Reply.YES, "reply_reason": "", "is_required": True},
        create_defaults={
            "capacity": capacity, "reply": Reply.YES, "department": where,
            "department_name": where.name if where else person.department_name,
        },
    )  # fmt: skip
    supervision.discharge(
        kind=Kind.RECEIPT, subject_type=Meeting.SUBJECT, subject_id=meeting.pk, holder=person
    )
