"""Whose opinion a matter still waits for, and how long: on its page and on the desk of whoever prepares it."""

from audit.acting import at_moment
from coordination import desk
from requests import flows
from requests.models import CoordinationRequest
from supervision.states import Kind
from tests.requests import world


def half_answered(cast) -> CoordinationRequest:
    """Asked on Tuesday 2026-09-08; supplies has spoken, staffing has not."""
    matter = world.prepared(cast)
    with at_moment(world.moment(9)):
        participant = matter.participants.get(department=cast.supplies)
        flows.give_opinion(participant_id=participant.pk, by=cast.supplies_liaison, opinion="agree")
    return matter


def page(client, person, matter):
    client.force_login(person)
    return client.get(f"/requests/{matter.pk}/").content.decode()


def test_the_page_names_who_is_awaited_and_for_how_many_working_days(cast, client):
    matter = half_answered(cast)

    with at_moment(world.moment(14)):
        shown = page(client, cast.supplies_liaison, matter)

    assert "等人力资源部表态（已等4个工作日）" in shown


def test_when_all_have_spoken_nobody_is_awaited(cast, client):
    matter = world.deciding(cast)

    assert "表态（已等" not in page(client, cast.officer, matter)


def test_the_desk_of_the_keeper_says_it_with_the_duty_to_prepare(cast, rf):
    matter = half_answered(cast)
    duty = world.owed(matter, Kind.PREPARE)
    assert duty is not None

    with at_moment(world.moment(14)):
        row = desk.rows_of([duty], cast.officer, world.moment(14))[0]

    assert "等人力资源部表态（已等4个工作日）" in row.why
