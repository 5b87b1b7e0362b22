"""The table of `tests/permissions/meetings.py`, row by row, role by role."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from meetings import urls
from meetings.models import Meeting, Minutes
from organization.models import User
from tests.meetings import world
from tests.permissions.known import known
from tests.permissions.meetings import ROWS
from tests.permissions.writing import unwritten


@pytest.fixture
def place(cast):
    minutes = world.closed(cast, guests=[cast.outsider])
    meeting = minutes.meeting
    return SimpleNamespace(
        material=world.material(cast, meeting),
        cast=cast,
        meeting=meeting,
        item=meeting.items.first(),
        seat=meeting.invitations.get(person=cast.repair_head),
    )


def logged_in(clients, people):
    for role, person in people.items():
        clients[role].force_login(person)
    return clients


def test_each_role_gets_what_the_table_says(place):
    """All rows on one world: every act is refused or only read, so that nothing changes between them."""
    roles = {role for *_row, statuses in ROWS for role in statuses} - {"anonymous"}
    people = {role: User.objects.get(pk=getattr(place.cast, role).pk) for role in roles}
    clients = {role: Client() for role in ("anonymous", *roles)}
    wrong = []
    with world.on("09-18 11:00"), known(logged_in(clients, people), people):
        for method, name, args, statuses in ROWS:
            address, seen = reverse(name, args=args(place)), set()
            for role, status in statuses.items():
                with unwritten(when=status in seen):
                    answer = getattr(clients[role], method)(address)
                seen.add(status)
                list(answer.streaming_content if answer.streaming else ())  # read to its end it closes itself
                found = answer.status_code
                if found != status:
                    wrong.append(f"{method} {name} {role}: {found}, not {status}")

    assert wrong == []
    assert (Meeting.objects.get().state, Minutes.objects.get().state) == ("closed", "drafting")


def test_every_address_has_its_row():
    named = {f"meetings:{pattern.name}" for pattern in urls.urlpatterns} - {"meetings:panel"}

    assert named - {name for _method, name, _args, _statuses in ROWS} == set()


def test_the_panel_is_for_whoever_sees_the_matter(place, client):
    matter_id = place.item.matter_id
    for role, status in {
        "clerk": 200,
        "repair_head": 200,
        "officer": 200,
        "planning_head": 404,
        "outsider": 404,
    }.items():
        client.force_login(getattr(place.cast, role))
        assert client.get(f"/meetings/panel/{matter_id}/").status_code == status, role


def test_pages_ask_the_same_number_of_questions_for_any_agenda(cast, client, django_assert_max_num_queries):
    minutes = world.closed(cast)
    client.force_login(cast.officer)
    client.get("/meetings/?tab=all")
    for url, budget in (
        ("/meetings/?tab=all", 24),
        (f"/meetings/{minutes.meeting_id}/", 36),
        (f"/meetings/{minutes.meeting_id}/minutes/", 36),
    ):
        with django_assert_max_num_queries(budget):
            assert client.get(url).status_code == 200
