"""R100, R112: the third passing-on makes the draft of a special meeting, once, without anybody asking."""

from datetime import datetime

import pytest

from audit.acting import at_moment
from coordination import flows as office
from meetings.flows import draft_wished
from meetings.models import Meeting
from requests.models import MeetingWish
from supervision.models import Obligation
from supervision.states import Kind
from tests.conftest import SHANGHAI
from tests.requests import letters_world as letters
from tests.requests import world

FRIDAY = datetime(2026, 9, 18, 14, 0, tzinfo=SHANGHAI)


@pytest.fixture
def wished(cast):
    matter = world.accepted(cast, urgency="urgent")
    letters.passed_on(cast, matter, cast.supplies, cast.staffing, cast.planning, cast.staffing)
    return MeetingWish.objects.get()


def draft(moment=FRIDAY):
    with at_moment(moment):
        draft_wished(moment)
    return Meeting.objects.get()


def test_r100_the_draft_is_on_the_next_working_day_also_a_sunday_that_is_worked(wished):
    meeting = draft()

    assert meeting.starts_at == world.moment(20, 9, 30)
    assert (meeting.state, meeting.number, meeting.kind) == ("planned", None, "special")


def test_r100_the_head_of_the_office_chairs_the_secretary_records_and_the_chain_is_invited(cast, wished):
    meeting = draft()

    assert (meeting.chair, meeting.recorder, meeting.planned_by) == (cast.office_head, cast.secretary, None)
    guests = {
        seat.person.name for seat in meeting.invitations.exclude(person__in=[meeting.chair, meeting.recorder])
    }
    assert guests == {"陈启明", "林佳", "许静", "顾明"}


def test_r100_the_topic_prints_the_chain(wished):
    item = draft().items.get()

    assert item.matter == wished.matter
    assert item.suggestion.splitlines()[1:] == wished.chain.splitlines()


def test_r100_the_office_is_told_and_owes_the_notice(cast, wished):
    meeting = draft()

    duty = Obligation.objects.of(Meeting.SUBJECT, meeting.pk).open().get(kind=Kind.MEETING_NOTICE)
    assert (duty.holder_department, duty.case_id) == (cast.office, wished.matter_id)
    assert world.told(cast.officer, "drafted")
    wished.refresh_from_db()
    assert wished.meeting_id == meeting.pk


def test_r100_two_ticks_make_one_draft(wished):
    office.tick(now=FRIDAY)
    office.tick(now=FRIDAY)

    assert Meeting.objects.count() == 1


def test_r100_a_coming_meeting_on_the_matter_answers_the_wish(cast, wished):
    meeting = draft()
    letters.passed_on(cast, wished.matter, cast.supplies, cast.planning, cast.supplies)

    draft()

    assert {wish.meeting_id for wish in MeetingWish.objects.all()} == {meeting.pk}


def test_r114_the_draft_looks_for_a_time_at_which_nobody_sits_elsewhere(cast, wished):
    first = draft()
    other = world.accepted(cast, urgency="urgent")
    letters.passed_on(cast, other, cast.supplies, cast.staffing, cast.supplies)

    with at_moment(FRIDAY):
        draft_wished(FRIDAY)

    assert Meeting.objects.exclude(pk=first.pk).get().starts_at == world.moment(20, 10, 40)
