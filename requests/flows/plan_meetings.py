"""The communication of the plan in force becomes regular meetings: the next ones are wished for, two weeks ahead (R076)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from audit.acting import SYSTEM, day_of, now
from audit.flow import flow
from audit.one_by_one import each
from requests import plan_rhythm
from requests.flows.shared import lock
from requests.models import PlanChannel, PlannedMeeting
from requests.plan_states import Form, PlanState
from requests.states import Stage
from supervision.calendar import working_days

AHEAD = 10
MEETS_IN = (Stage.DECISION, Stage.EXECUTION)


def wish_for_meetings(moment: datetime) -> int:
    """A step of the tick: channels whose next meeting lies within two weeks and is not wished for yet."""
    until = working_days().next_day(day_of(moment), AHEAD)
    channels = PlanChannel.objects.in_force().filter(
        form=Form.MEETING, weekday__isnull=False, starts_at__isnull=False, plan__matter__stage__in=MEETS_IN,
        plan__matter__suspended_since=None,
    )  # fmt: skip
    missing = [row.pk for row in channels.select_related("plan") if _missing(row, moment, until)]
    return each(missing[:100], lambda pk: wish_for_meetings_of(channel_id=pk, by=SYSTEM))


@flow
def wish_for_meetings_of(*, channel_id: int, by: Any) -> int:
    """Write the rows that `meetings` takes."""
    lock(PlanChannel.objects.values_list("plan__matter_id", flat=True).get(pk=channel_id))
    channel = PlanChannel.objects.select_related("plan").get(pk=channel_id)
    if channel.plan.state != PlanState.IN_FORCE:
        return 0
    moment = now()
    until = working_days().next_day(day_of(moment), AHEAD)
    wanted = _missing(channel, moment, until)
    PlannedMeeting.objects.bulk_create(
        [
            PlannedMeeting(
                matter_id=channel.plan.matter_id, channel=channel, starts_at=starts_at, wished_at=moment
            )
            for starts_at in wanted
        ],
        ignore_conflicts=True,
    )
    return len(wanted)


def _missing(channel: PlanChannel, moment: datetime, until: date) -> list[datetime]:
    first = channel.plan.effective_on
    if first is None or channel.weekday is None or channel.starts_at is None:
        return []
    calendar = working_days()
    wanted = []
    for day in plan_rhythm.days(channel.frequency, channel.weekday, first=first, until=until):
        held_on = day if calendar.is_working(day) else calendar.next_day(day)
        wanted.append(calendar.at(held_on, channel.starts_at))
    ahead = [one for one in wanted if one > moment]
    there = PlannedMeeting.objects.filter(matter=channel.plan.matter_id, starts_at__in=ahead)
    known = set(there.values_list("starts_at", flat=True))
    return [one for one in ahead if one not in known]


@flow
def fulfil_planned_meeting(*, planned_id: int, meeting_id: int) -> PlannedMeeting:
    """Called by `meetings` when its draft stands: a row is answered once."""
    row = PlannedMeeting.objects.select_for_update().get(pk=planned_id)
    row.fulfilled_at, row.meeting_id = now(), meeting_id
    row.save()
    return row
