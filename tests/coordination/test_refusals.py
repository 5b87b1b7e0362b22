"""A refusal that no view has caught still becomes an answer that a person can use."""

import re

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.coordination.refusing_urls")]


@pytest.fixture
def inside(client, officer):
    client.force_login(officer)
    return client


@pytest.mark.parametrize(("address", "status"), [("conflict", 409), ("not-ready", 422), ("not-yours", 403)])
def test_a_refusal_is_a_page_with_its_sentence_and_the_way_back(inside, address, status):
    response = inside.post(f"/{address}/", headers={"referer": "http://testserver/search/?q=x"})

    assert response.status_code == status
    page = response.content.decode()
    assert '<span class="x-no">协〔2026〕41号</span>已由他人受理。' in page
    assert 'href="http://testserver/search/?q=x"' in page
    heading = re.search(r"<h1>\s*(.+?)\s*</h1>", page)[1]
    assert re.search(rf"<title>\s*{heading}\s* · ", page)


def test_the_way_back_never_leads_out_of_the_house(inside):
    response = inside.post("/conflict/", headers={"referer": "https://elsewhere.example/"})

    assert "elsewhere.example" not in response.content.decode()


def test_a_program_gets_code_sentence_and_fields(inside):
    response = inside.post("/invalid/", headers={"accept": "application/json"})

    assert response.status_code == 422
    assert response.json() == {
        "code": "invalid",
        "detail": "协〔2026〕41号已由他人受理。",
        "fields": {"title": ["请写标题。"]},
    }


def test_a_part_of_a_page_gets_a_toast(inside):
    response = inside.post("/conflict/", headers={"hx-request": "true"})

    assert response.status_code == 409
    assert response["HX-Retarget"] == "#toasts"
    assert "<html" not in response.content.decode()


def test_a_missing_page_says_so_inside_the_shell_and_at_the_door(inside, client):
    assert "等我处理" in inside.get("/nowhere/").content.decode()

    inside.logout()

    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "没有这个页面" in response.content.decode()


def test_a_mistake_of_ours_is_owned_up_to(client):
    client.raise_request_exception = False

    response = client.get("/broken/")

    assert response.status_code == 500
    assert "问题出在系统" in response.content.decode()
    assert "boom" not in response.content.decode()
