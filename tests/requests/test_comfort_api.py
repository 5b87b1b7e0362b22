"""Saved filters, templates and stock phrases by program: the same flows, refusals and words as their pages."""

import pytest
from rest_framework.test import APIClient

from organization.phrases import Phrase
from requests.models import RequestTemplate, SavedFilter

TEMPLATE = {"category": "internal", "name": "跨部门用车", "purpose": "几个部门合用车辆时用。"}


def as_(person):
    client = APIClient()
    client.force_authenticate(person)
    return client


def test_a_filter_is_kept_as_it_stands_in_the_address_renamed_and_removed(cast, monday):
    clerk = as_(cast.clerk)
    kept = clerk.post(
        "/api/v1/filters/",
        {"page": "matters", "query": "light=bad&nonsense=1", "name": "逾期"},
        format="json",
    ).json()

    clerk.post(f"/api/v1/filters/{kept['id']}/change/", {"name": "已逾期"}, format="json")

    assert kept["query"] == "tab=all&light=bad"
    assert [row["name"] for row in clerk.get("/api/v1/filters/").json()["results"]] == ["已逾期"]
    assert clerk.post(f"/api/v1/filters/{kept['id']}/remove/").status_code == 204
    assert not SavedFilter.objects.exists()


def test_renaming_a_filter_leaves_it_shared(cast, monday):
    kept = {"page": "matters", "name": "逾期", "query": "light=bad", "is_shared": True}
    shared = as_(cast.clerk).post("/api/v1/filters/", kept, format="json").json()

    as_(cast.clerk).post(f"/api/v1/filters/{shared['id']}/change/", {"name": "已逾期"}, format="json")

    assert SavedFilter.objects.get(pk=shared["id"]).department == cast.repair


def test_a_filter_of_somebody_else_does_not_exist(cast, monday):
    own = {"page": "items", "query": "light=bad", "name": "逾期"}
    kept = as_(cast.clerk).post("/api/v1/filters/", own, format="json").json()

    refused = as_(cast.planning_head).post(f"/api/v1/filters/{kept['id']}/remove/")

    assert refused.status_code == 404
    assert SavedFilter.objects.filter(pk=kept["id"]).exists()


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "长" * 13}, {"query": ""}], ids=str)
def test_a_filter_is_refused_in_the_words_of_the_page(cast, monday, wrong):
    given = {"page": "items", "query": "light=bad", "name": "逾期", **wrong}

    refused = as_(cast.clerk).post("/api/v1/filters/", given, format="json")

    assert refused.status_code == 422
    assert refused["Content-Type"] == "application/problem+json"
    assert not SavedFilter.objects.exists()


def test_a_template_is_written_changed_once_per_revision_and_taken_out_of_use(cast, monday):
    officer = as_(cast.officer)
    written = officer.post("/api/v1/templates/", TEMPLATE, format="json").json()
    address = f"/api/v1/templates/{written['id']}"
    changed = {**TEMPLATE, "goal": "用车不冲突。", "revision": written["revision"]}

    first = officer.post(f"{address}/change/", changed, format="json")
    second = officer.post(f"{address}/change/", {**changed, "goal": "改动作废。"}, format="json")
    officer.post(f"{address}/switch/", {"is_active": False}, format="json")

    assert (first.status_code, second.status_code) == (200, 409)
    assert "丁晓蕾" in second.json()["detail"]
    assert RequestTemplate.objects.get(pk=written["id"]).goal == "用车不冲突。"
    assert written["id"] not in [row["id"] for row in officer.get("/api/v1/templates/").json()["results"]]
    assert as_(cast.clerk).get(f"{address}/").status_code == 404


def test_a_phrase_of_a_department_is_kept_by_its_speakers_and_used_by_everybody_there(cast, monday):
    given = {"text": "请于三个工作日内反馈。", "department": cast.supplies.pk}

    refused = as_(cast.supplies_clerk).post("/api/v1/phrases/", given, format="json")
    kept = as_(cast.supplies_liaison).post("/api/v1/phrases/", given, format="json")

    assert (refused.status_code, kept.status_code) == (403, 201)
    assert [row["text"] for row in as_(cast.supplies_clerk).get("/api/v1/phrases/").json()["results"]] == [
        given["text"]
    ]
    assert Phrase.objects.count() == 1
