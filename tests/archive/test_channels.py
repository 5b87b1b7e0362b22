"""R047: each step of coordination has one of six channels, and they are counted by channel."""

from datetime import date

import time_machine
from rest_framework.test import APIClient

from archive.channels import lines
from audit.acting import at_moment
from audit.models import TransitionLog
from requests import flows
from requests.channel_states import Channel
from requests.channels import with_channels
from tests.archive import world
from tests.disputes.world import moment
from tests.meetings import world as meetings
from tests.requests import letters_world as letters
from tests.requests import world as matters

SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))


def counted(user, since=SEPTEMBER[0], until=SEPTEMBER[1]):
    return {line.channel: (line.steps, line.matters) for line in lines(user, since, until)}


def test_all_six_stand_there_and_each_step_is_counted_once(cast):
    matter = world.executing(cast)

    found = counted(cast.office_head)

    assert set(found) == set(Channel)
    assert found[Channel.HIERARCHY][0] >= 1
    assert found[Channel.PLATFORM] == (
        matter.participants.exclude(opinion="").count() + matter.attempts.count(),
        1,
    )


def test_a_letter_is_a_step_by_documents_on_its_day(cast):
    letters.sent(cast, matters.accepted(cast))

    assert counted(cast.officer)[Channel.DOCUMENTS] == (1, 1)
    assert counted(cast.officer, since=date(2026, 9, 9))[Channel.DOCUMENTS] == (0, 0)


def test_what_a_person_does_not_see_is_not_counted_for_them(cast):
    letters.sent(cast, matters.accepted(cast))

    assert counted(cast.planning_head)[Channel.DOCUMENTS] == (0, 0)


def test_the_page_is_for_those_who_read_all(client, cast):
    with time_machine.travel(moment(14), tick=False):
        client.force_login(cast.auditor)
        page = client.get("/archive/channels/?since=2026-09-01").content.decode()
        client.force_login(cast.supplies_head)
        refused = client.get("/archive/channels/").status_code

    assert "专题会议" in page
    assert refused == 403


def test_a_visit_on_the_spot_is_a_step_on_site_on_its_day(cast):
    matter = matters.prepared(cast)
    before = counted(cast.officer)[Channel.ONSITE][0]

    with at_moment(matters.moment(9)):
        visit = flows.record_visit(
            matter_id=matter.pk, by=cast.officer, visited_on=date(2026, 9, 8), place="库房", people="物资部 林佳",
            findings="在库12套。", result="先借3套。",
        )  # fmt: skip

    assert counted(cast.officer)[Channel.ONSITE][0] == before + 1
    assert counted(cast.officer, since=date(2026, 9, 9))[Channel.ONSITE][0] == 0
    flows.withdraw_visit(visit_id=visit.pk, by=cast.officer, reason="地点写错。")
    assert counted(cast.officer)[Channel.ONSITE][0] == before


def test_each_step_in_the_history_of_a_matter_bears_its_channel(cast):
    matter = world.executing(cast)

    lines = with_channels(TransitionLog.objects.of_case(matter.pk))

    found = {line.verb: line.channel for line in lines}
    assert (found["give_opinion"], found["deliver_material"]) == (Channel.PLATFORM, Channel.PLATFORM)
    assert found["write_preparation"] is None


def test_a_meeting_bears_its_channel_in_the_history_of_each_matter_on_its_agenda(cast):
    topic = meetings.called(cast).items.first()

    lines = with_channels(TransitionLog.objects.of_case(topic.matter_id).filter(verb="call"))

    assert [line.channel for line in lines] == [Channel.SPECIAL]


def test_the_figures_are_offered_by_the_api_in_a_period(cast):
    letters.sent(cast, matters.accepted(cast))
    client = APIClient()
    client.force_authenticate(cast.auditor)

    found = client.get("/api/v1/channels/?since=2026-09-01&until=2026-09-30").data

    assert len(found) == 6
    assert {"channel": "documents", "steps": 1, "matters": 1, "share": 100} in [dict(line) for line in found]
