"""R047: each step of coordination has one of six channels, and they are counted by channel."""

from datetime import date

import time_machine

from archive.channels import lines
from archive.states import Channel
from tests.archive import world
from tests.disputes.world import moment
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
