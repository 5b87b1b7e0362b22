"""Who finds what in the navigation, and what the shell costs."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from audit.acting import SYSTEM, as_actor
from coordination import counting, navigation
from notifications.flows import announce
from organization.models import User
from pages import figures

pytestmark = pytest.mark.django_db

EVERY_PAGE = {
    entry.page: f"/{entry.page.replace(':', '/')}/" for group in navigation.GROUPS for entry in group.entries
} | {"home": "/"}


@pytest.fixture(autouse=True)
def every_page_exists(monkeypatch):
    """The rule is about people, so all pages are there, whichever apps have landed."""
    monkeypatch.setattr(navigation, "address", lambda page: EVERY_PAGE.get(page, ""))


def asked(address):
    return RequestFactory().get(address)


def pages(user):
    return [entry.page for _group, seen in navigation.entries_of(user) for entry, _url in seen]


WORK = [
    "home",
    "requests:list",
    "requests:list",
    "meetings:list",
    "requests:items",
    "requests:outside_papers",
    "requests:loans",
    "requests:improvements",
    "requests:procedures",
    "disputes:list",
    "archive:list",
]


@pytest.mark.parametrize(
    "name", ["clerk", "supplies_liaison", "supplies_head", "secretary", "chair", "records_admin"]
)
def test_who_works_here_sees_the_work(cast, name):
    assert pages(getattr(cast, name)) == WORK


def test_an_officer_also_keeps_the_list_of_goals(officer):
    assert pages(officer) == [*WORK, "organization:goals"]


def test_the_head_of_the_office_also_arranges(office_head):
    assert pages(office_head) == [*WORK, "organization:index", "supervision:settings"]


def test_the_auditor_sees_archive_and_audit_only(auditor):
    assert pages(auditor) == ["archive:list", "archive:decisions", "audit:events"]


def test_the_system_administrator_sees_organization_and_settings_only(system_admin):
    assert pages(system_admin) == ["organization:index", "supervision:settings"]


def test_an_external_person_sees_what_is_shared_with_them(outsider):
    assert pages(outsider) == ["home", "requests:list"]


def test_who_owes_nothing_here_starts_at_the_own_first_page(client, auditor):
    client.force_login(auditor)

    assert client.get("/")["Location"] == "/archive/list/"


def test_the_line_of_this_page_is_marked_and_a_page_below_it_too(officer):
    def marked(path):
        return [
            (line.url, line.current)
            for group in navigation.lines(officer, asked(path))[0]
            for line in group.entries
            if line.current
        ]

    assert marked("/") == [("/", "page")]
    assert marked("/requests/list/41/") == [("/requests/list/", "true")]
    assert marked("/elsewhere/") == []


def test_a_view_of_a_list_is_marked_instead_of_the_list(officer):
    def marked(query):
        groups, _unread = navigation.lines(officer, asked(f"/requests/list/?{query}"))
        return [line.url for group in groups for line in group.entries if line.current]

    assert marked("tab=mine&page=2") == ["/requests/list/?tab=mine"]
    assert marked("tab=all") == ["/requests/list/"]


def test_a_page_that_does_not_exist_is_left_out(monkeypatch, officer):
    monkeypatch.setattr(navigation, "address", lambda page: "/" if page == "home" else "")

    assert pages(officer) == ["home"]


def test_all_figures_of_the_shell_cost_one_query(cast, django_assert_num_queries):
    cast.officer.authority  # noqa: B018 - the posts are read with the request

    with django_assert_num_queries(1):
        navigation.lines(cast.officer, asked("/"))


def test_figures_end_at_a_thousand(cast, monkeypatch):
    monkeypatch.setattr(counting, "CAP", 2)

    assert counting.count_all({"people": User.objects.values("pk"), "none": User.objects.none()}) == {
        "people": 2,
        "none": 0,
    }


@pytest.fixture
def kept_figures(monkeypatch):
    monkeypatch.setattr(figures, "COUNT_AGAIN_SECONDS", 3600)
    cache.clear()
    yield
    cache.clear()


def tell(person, key):
    with as_actor(SYSTEM):
        announce(
            recipients=[person],
            sentence="x",
            params={},
            number="",
            url_name="home",
            url_args=[],
            dedupe_key=key,
        )


def bell(client):
    return client.get("/requests/").context["shell"].unread


def test_figures_wait_for_others_but_never_for_an_act_of_ones_own(client, kept_figures, clerk):
    client.force_login(clerk)
    assert bell(client) == 0

    tell(clerk, "first")
    assert bell(client) == 0

    client.post("/theme/", {"theme": "dark", "next": "/"})
    assert bell(client) == 1


def test_figures_of_one_person_are_not_shown_to_another(client, kept_figures, clerk, officer):
    tell(officer, "first")
    client.force_login(clerk)
    assert bell(client) == 0

    client.force_login(officer)
    assert bell(client) == 1
