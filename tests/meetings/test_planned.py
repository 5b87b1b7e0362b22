"""R076: the communication of a plan in force becomes drafts of regular meetings, two weeks ahead, each once."""

from datetime import date

import pytest

from audit.acting import at_moment
from coordination.flows import tick
from meetings.models import Meeting
from requests import flows
from requests.models import PlannedMeeting
from requests.plan_rhythm import days
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import plan_world, world

MONDAY = date(2026, 9, 14)


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [
        ("weekly", ["09-16", "09-23", "09-30", "10-07"]),
        ("fortnightly", ["09-16", "09-30"]),
        ("monthly", ["10-07"]),
        ("as_needed", []),
    ],
)
def test_a_team_meets_in_its_rhythm(frequency, expected):
    found = days(frequency, 2, first=MONDAY, until=date(2026, 10, 10))

    assert [f"{day:%m-%d}" for day in found] == expected


def test_the_plan_calls_the_next_regular_meeting_once_with_lead_recorder_and_team(cast):
    plan = plan_world.in_force(cast)

    tick(now=world.moment(14, 11))
    tick(now=world.moment(14, 11, 1))

    meeting = Meeting.objects.get()
    assert (meeting.kind, meeting.starts_at, meeting.planned_by) == ("regular", world.moment(16, 14), None)
    assert (meeting.chair, meeting.recorder) == (cast.supplies_clerk, cast.staffing_liaison)
    assert meeting.items.get().matter == plan.matter
    notice = Obligation.objects.open().get(kind=Kind.MEETING_NOTICE)
    assert notice.holder == cast.supplies_clerk


def test_a_new_version_calls_for_meetings_of_its_own_rhythm_only(cast):
    second = plan_world.second_version(cast)
    rows = [{**plan_world.parts(cast)["channels"][0], "weekday": 4}]
    with at_moment(world.moment(15, 10)):
        flows.write_plan_part(plan_id=second.pk, by=cast.officer, part="channels", rows=rows)
        plan_world.approve(cast, second)

    tick(now=world.moment(15, 11))

    assert [row.starts_at.day for row in PlannedMeeting.objects.all()] == [18]
