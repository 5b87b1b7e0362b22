"""The list of notices: mine, unread first, each with the way to its thing."""

import pytest

from audit.acting import SYSTEM, as_actor
from notifications import flows
from notifications.models import Notice
from tests.requests.world import accepted


def tell(person, n, *, url_name="home", by=SYSTEM):
    with as_actor(by):
        flows.announce(
            recipients=[person], sentence="%(number)s has been accepted.", number=f"协〔2026〕{n}号", url_name=url_name,
            url_args=[], dedupe_key=f"n{n}",
        )  # fmt: skip


@pytest.fixture
def told(clerk, officer):
    for n in range(1, 4):
        tell(clerk, n)
    tell(officer, 99)
    return Notice.objects.visible_to(clerk).order_by("pk")


def test_the_list_shows_mine_and_nobody_elses(client, clerk, told):
    client.force_login(clerk)
    page = client.get("/notices/").content.decode()

    assert "协〔2026〕1号" in page.replace("\u2060", "") or "1号" in page
    assert "99号" not in page


def test_a_notice_names_its_thing_to_whoever_may_see_it_and_its_number_only_to_others(client, cast):
    matter = accepted(cast)
    pages = []
    for person in (cast.clerk, cast.outsider):
        with as_actor(SYSTEM):
            flows.announce(
                recipients=[person], sentence="%(number)s has been accepted.", number=matter.number,
                dedupe_key="told", url_name="home", url_args=[],
            )  # fmt: skip
        client.force_login(person)
        pages.append(client.get("/notices/").content.decode())

    assert matter.title in pages[0]
    assert matter.title not in pages[1]
    assert "accepted" in pages[1] or "已受理" in pages[1]


def test_opening_one_marks_it_read_and_leads_to_its_thing(client, clerk, told):
    client.force_login(clerk)
    response = client.post(f"/notices/{told[0].pk}/")

    assert (response.status_code, response["Location"]) == (302, "/")
    assert told.unread().count() == 2


def test_looking_at_the_list_marks_nothing_as_read(client, clerk, told):
    client.force_login(clerk)
    client.get("/notices/")
    client.get("/notices/?tab=all")

    assert told.unread().count() == 3
    assert client.get(f"/notices/{told[0].pk}/").status_code == 405


def test_somebody_elses_notice_is_not_found(client, clerk, officer, told):
    client.force_login(clerk)
    theirs = Notice.objects.visible_to(officer).get()

    assert client.post(f"/notices/{theirs.pk}/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_all_are_read_at_once_and_stay_in_the_list_of_all(client, clerk, officer, told):
    client.force_login(clerk)
    client.post("/notices/read/")

    assert not told.unread().exists()
    assert Notice.objects.visible_to(officer).unread().exists()
    assert "没有未读通知" in client.get("/notices/").content.decode()
    assert "1号" in client.get("/notices/?tab=all").content.decode()


def test_a_notice_whose_page_is_gone_leads_back_to_the_list(client, clerk):
    tell(clerk, 7, url_name="nowhere:at-all")
    client.force_login(clerk)

    response = client.post(f"/notices/{Notice.objects.get().pk}/")
    assert response["Location"] == "/notices/"


def test_the_list_costs_the_same_with_one_and_with_thirty(client, clerk, django_assert_max_num_queries):
    client.force_login(clerk)
    for n in range(1, 31):
        tell(clerk, n)
    with django_assert_max_num_queries(12):
        assert client.get("/notices/").status_code == 200
