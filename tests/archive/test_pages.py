"""Dossiers, the seal page and the auditor's desk: who sees them, what is kept of it, how many queries they take."""

import pytest

from archive.models import Dossier, RetentionClass
from audit.models import Reading
from tests.archive import world


@pytest.fixture
def dossier(cast):
    return world.sealed(cast)


READERS = {
    "clerk": 200, "supplies_liaison": 200, "staffing_head": 200, "officer": 200, "auditor": 200, "records_admin": 200,
    "arbiter": 200, "planning_head": 404, "system_admin": 404, "outsider": 404,
}  # fmt: skip


@pytest.mark.parametrize(("person", "status"), READERS.items())
def test_who_sees_a_dossier(client, cast, dossier, person, status):
    client.force_login(getattr(cast, person))

    assert client.get(f"/archive/{dossier.pk}/").status_code == status
    assert Reading.objects.filter(what="dossier").count() == (status == 200)


@pytest.mark.parametrize(
    "person", ["auditor", "officer", "office_head", "records_admin", "arbiter", "clerk", "system_admin"]
)
def test_the_desk_is_the_auditors(client, cast, dossier, person):
    client.force_login(getattr(cast, person))
    expected = 200 if person == "auditor" else 404

    assert client.get("/archive/decisions/").status_code == expected
    assert client.get(f"/archive/decisions/{dossier.matter_id}/").status_code == expected


@pytest.mark.parametrize("path", ["", "1/", "1/seal/", "decisions/", "decisions/1/"])
def test_who_has_not_logged_in_is_asked_to(client, cast, path):
    assert client.get(f"/archive/{path}")["Location"].startswith("/login/")


@pytest.mark.parametrize(
    ("person", "status"), [("records_admin", 200), ("officer", 404), ("auditor", 404), ("clerk", 404)]
)
def test_the_seal_page_is_the_records_administrators(client, cast, person, status):
    matter = world.ended(cast)
    client.force_login(getattr(cast, person))

    assert client.get(f"/archive/{matter.pk}/seal/").status_code == status


def test_the_seal_page_proposes_the_term_and_seals(client, cast):
    matter = world.ended(cast)
    client.force_login(cast.records_admin)

    page = client.get(f"/archive/{matter.pk}/seal/")
    forever = RetentionClass.objects.get(code="Y")
    answer = client.post(
        f"/archive/{matter.pk}/seal/", {"retention": forever.pk, "category": "administrative"}
    )

    assert page.context["form"].initial["retention"] == forever  # it was ruled
    assert answer["Location"] == f"/archive/{Dossier.objects.get().pk}/"


def test_the_seal_page_names_what_is_missing(client, cast):
    matter = world.executing(cast)
    client.force_login(cast.records_admin)

    answer = client.post(
        f"/archive/{matter.pk}/seal/",
        {"retention": RetentionClass.objects.get(code="Y").pk, "category": "administrative"},
    )

    assert answer.status_code == 422
    assert "督〔2026〕1号" in answer.content.decode()
    assert not Dossier.objects.exists()


def test_a_decision_shows_the_number_of_every_event_and_is_kept(client, cast, dossier):
    client.force_login(cast.auditor)

    page = client.get(f"/archive/decisions/{dossier.matter_id}/")

    assert all(line.event_number for line in page.context["lines"])
    assert page.context["verdict"].holds
    assert {line.shape for line in page.context["apart"]} == {"ok"}
    assert Reading.objects.get(what="decision").reader_name == "彭越"


FILTERS = {
    "way=ruling": 1, "way=office": 0, "result=archived": 1, "result=running": 0, "result=confirmed": 1,
    "since=2026-09-15&until=2026-09-15": 1, "since=2026-09-16": 0, "since=x": 1, "q=劳保服": 1, "q=班车": 0,
}  # fmt: skip


@pytest.mark.parametrize(("query", "found"), FILTERS.items())
def test_decisions_are_filtered(client, cast, dossier, query, found):
    client.force_login(cast.auditor)

    assert len(client.get(f"/archive/decisions/?{query}").context["page"].object_list) == found


@pytest.mark.parametrize(
    ("person", "status"), [("auditor", 302), ("records_admin", 302), ("officer", 403), ("clerk", 403)]
)
def test_who_verifies_again(client, cast, dossier, person, status):
    client.force_login(getattr(cast, person))

    assert client.post(f"/archive/{dossier.pk}/verify/").status_code == status


def test_whoever_verifies_from_a_decision_comes_back_to_it(client, cast, dossier):
    client.force_login(cast.auditor)
    here = f"/archive/decisions/{dossier.matter_id}/"

    assert client.post(f"/archive/{dossier.pk}/verify/", {"back": here})["Location"] == here


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=劳保服", 1),
        ("q=L001-WS", 1),
        ("q=无", 0),
        ("year=2026", 1),
        ("retention=D30", 1),
        ("category=administrative", 1),
    ],
)
def test_dossiers_are_searched(client, cast, dossier, query, found):
    client.force_login(cast.officer)

    rows = client.get(f"/archive/?{query}").context["page"].object_list

    assert len(rows) == found


def test_the_pages_take_few_queries(client, cast, dossier, django_assert_max_num_queries):
    client.force_login(cast.auditor)
    for path, most in (
        ("", 25),
        (f"{dossier.pk}/", 30),
        ("decisions/", 25),
        (f"decisions/{dossier.matter_id}/", 60),
    ):
        with django_assert_max_num_queries(most):
            client.get(f"/archive/{path}")
