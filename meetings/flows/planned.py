"""Regular meetings that a plan calls for: the system makes their drafts, the project lead sends the notice (R076)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM, now
from audit.flow import flow
from audit.one_by_one import each
from meetings import clashes, house, notice_rules
from meetings.flows.people import seat
from meetings.flows.shared import tell_people, tell_story, what_it_owes
from meetings.models import AgendaItem, Meeting
from meetings.states import Capacity, ItemKind, MeetingKind, Reply
from organization import people
from organization.models import User
from organization.states import PostKind
from requests.flows import fulfil_planned_meeting
from requests.models import PlannedMeeting
from requests.plan_states import TeamRole
from supervision import flows as supervision
from supervision.calendar import working_days
from supervision.states import Kind

LENGTH = timedelta(minutes=60)
TOPIC_MINUTES = 40


def draft_planned(moment: datetime) -> int:
    """Take every open row, each in a transaction of its own; one whose time has come and gone is left."""
    rows = PlannedMeeting.objects.filter(fulfilled_at=None, starts_at__gt=moment)
    return each(
        list(rows.values_list("pk", flat=True)[:100]),
        lambda pk: draft_planned_meeting(planned_id=pk, by=SYSTEM),
    )


@flow
def draft_planned_meeting(*, planned_id: int, by: Any) -> Meeting | None:
    """The project lead in the chair, the recorder of the channel, the team invited, its agenda as the first topic."""
    row = (
        PlannedMeeting.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("matter", "channel__plan", "channel__recorder")
        .filter(pk=planned_id, fulfilled_at=None)
        .first()
    )
    if row is None:
        return None
    team = list(row.channel.plan.team.select_related("person", "department"))
    chair = next((one.person for one in team if one.role == TeamRole.LEAD), None)
    recorder = _recorder(row.channel.recorder, chair)
    if chair is None or recorder is None:
        return None
    meeting = _drafted(row, chair, recorder)
    for one in team:
        seat(meeting, one.person, department=one.department)
    _mind_clashes(meeting)
    fulfil_planned_meeting(planned_id=row.pk, meeting_id=meeting.pk)
    _ask_for_notice(meeting)
    tell_people(
        meeting, [chair], _n("The regular meeting of %(number)s has been drafted; look at it and call it."),
        key=f"planned:{row.pk}", number=row.channel.plan.number, to_do=True,
    )  # fmt: skip
    tell_story(meeting, "draft_planned", _n("Drafted by the system: the plan says how often the team meets."))
    return meeting


def _recorder(named: User, chair: User | None) -> User | None:
    """Chair and recorder are two persons; where the plan names one for both, the secretary records."""
    if chair is None or named.pk != chair.pk:
        return named
    secretary: User | None = User.objects.holding(PostKind.SECRETARY).exclude(pk=chair.pk).first()
    return secretary


def _drafted(row: PlannedMeeting, chair: User, recorder: User) -> Meeting:
    channel, matter = row.channel, row.matter
    is_link = channel.place.startswith(("http://", "https://"))
    meeting = Meeting.objects.create(
        title=_("Regular meeting on %(number)s") % {"number": channel.plan.number}, kind=MeetingKind.REGULAR,
        urgency=matter.urgency, starts_at=row.starts_at, ends_at=row.starts_at + LENGTH,
        place="" if is_link else channel.place[:80], link=channel.place if is_link else "", chair=chair, recorder=recorder,
        contact=recorder, leave_rules=house.leave_rules(), planned_by=None, planned_at=now(),
    )  # fmt: skip
    seat(meeting, chair, reply=Reply.YES)
    seat(meeting, recorder, capacity=Capacity.RECORDER, reply=Reply.YES)
    AgendaItem.objects.create(
        meeting=meeting, order=1, kind=ItemKind.REPORT, matter=matter, department=chair.department or people.office(),
        text=channel.agenda, length=TOPIC_MINUTES,
    )  # fmt: skip
    return meeting


def _mind_clashes(meeting: Meeting) -> None:
    if clashes.of_meeting(meeting):
        meeting.clash_reason = _("The time is that of the plan.")
        meeting.save()


def _ask_for_notice(meeting: Meeting) -> None:
    due_at = max(
        notice_rules.latest_notice(meeting.starts_at, meeting.urgency), working_days().add_hours(now(), 2)
    )
    supervision.owe(kind=Kind.MEETING_NOTICE, holder=meeting.chair, due_at=due_at, **what_it_owes(meeting))
