"""The API: the same verbs, policies and refusals as the pages, told as problem details."""

from datetime import datetime

import pytest
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import Event
from requests import flows
from requests.models import ActionItem, CoordinationRequest
from requests.states import ItemState, Stage
from tests.cast import PASSWORD
from tests.conftest import SHANGHAI

FORM = {
    "title": "关于解决管焊工劳保服配置问题的协作需求",
    "category": "internal",
    "background": "工艺班现有3名外包管焊工，即将参加机组检修，至今没有领到劳保服。",
    "goal": "检修开工前三名焊工穿上与本公司员工同款的劳保服。",
    "expected_result": "劳保服发到本人，并明确今后由哪个部门归口。",
    "initial_scope": "检修部工艺班",
    "organization_goal": "机组检修安全目标",
}


def on(day, hour=10):
    return at_moment(datetime(2026, 9, day, hour, 0, tzinfo=SHANGHAI))


def as_(person):
    client = APIClient()
    client.force_authenticate(type(person).objects.get(pk=person.pk))
    return client


@pytest.fixture
def filed(cast):
    with on(14):
        return flows.file_at_once(by=cast.clerk, departments=[cast.supplies], fields=FORM)


def test_a_matter_is_filed_as_one_act(cast, clerk, supplies):
    with on(14):
        answer = as_(clerk).post("/api/v1/matters/", {**FORM, "departments": [supplies.pk]})

    assert answer.status_code == 201
    assert answer.data["number"] == "协〔2026〕1号"
    assert CoordinationRequest.objects.get().stage == Stage.PROPOSAL


def test_filing_asks_the_database_no_oftener_than_it_must(
    cast, filed, supplies, django_assert_max_num_queries
):
    client = as_(cast.clerk)

    with on(15), django_assert_max_num_queries(26):
        answer = client.post("/api/v1/matters/", {**FORM, "departments": [supplies.pk]})

    assert answer.status_code == 201
    assert set(answer.data) == set(client.get(f"/api/v1/matters/{answer.data['id']}/").data)


def test_a_form_with_gaps_names_them_all_and_leaves_no_draft(cast, clerk):
    answer = as_(clerk).post("/api/v1/matters/", {"title": "关于某事", "goal": "短"})

    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.data["code"] == "invalid"
    assert {"goal", "background", "category", "wished_departments"} <= set(answer.data["fields"])
    assert not CoordinationRequest.objects.exists()


def test_a_matter_is_filed_on_the_highest_level_too(cast, clerk, supplies):
    answer = as_(clerk).post(
        "/api/v1/matters/", {**FORM, "departments": [supplies.pk], "confidentiality": "confidential"}
    )

    assert answer.status_code == 201
    assert CoordinationRequest.objects.get().is_closed


def test_a_foreign_matter_is_not_found(filed, staffing_liaison):
    answer = as_(staffing_liaison).get(f"/api/v1/matters/{filed.pk}/")

    assert answer.status_code == 404
    assert answer.data["code"] == "not_found"
    assert filed.title not in str(answer.data)


def test_a_verb_without_the_right_is_refused_and_changes_nothing(filed, clerk, repair, supplies):
    given = {
        "lead_department": repair.pk, "co_departments": [supplies.pk], "fit": 3, "feasibility": 3, "complexity": 3, "risk": 3, "resource_limits": 2,
        "assessment": "可行",
    }  # fmt: skip
    answer = as_(clerk).post(f"/api/v1/matters/{filed.pk}/accept/", given)

    assert answer.status_code == 403
    assert answer.data["code"] == "not_yours"
    assert CoordinationRequest.objects.get(pk=filed.pk).stage == Stage.PROPOSAL


def test_a_value_of_the_wrong_kind_is_told_beside_its_field(filed, officer):
    answer = as_(officer).post(f"/api/v1/matters/{filed.pk}/return/", {"gaps": [{"code": "nothing"}]})

    assert answer.status_code == 422
    assert {"gaps.0.code", "gaps.0.text"} <= set(answer.data["fields"])
    assert CoordinationRequest.objects.get(pk=filed.pk).stage == Stage.PROPOSAL


def test_the_main_line_runs_over_the_api(filed, cast):
    with on(15):
        officer = as_(cast.officer)
        path = f"/api/v1/matters/{filed.pk}"
        rows = officer.get("/api/v1/conditions/").data["results"]
        conditions = [{"condition": row["id"], "is_met": True} for row in rows]
        accepted = officer.post(
            f"{path}/accept/",
            {"lead_department": cast.repair.pk, "co_departments": [cast.supplies.pk], "fit": 4, "feasibility": 4,
             "complexity": 3, "risk": 3, "resource_limits": 2, "assessment": "职责有交叉。", "conditions": conditions},
        )  # fmt: skip
        assert accepted.status_code == 200, accepted.data
        officer.post(
            f"{path}/prepare/",
            {"facts": "已核实", "scope": "三人", "expected_goal": FORM["goal"], "questions": ["由谁发放？"]},
        )
        assert officer.post(f"{path}/deliver/").status_code == 200
        for row, person in zip(
            accepted.data["participants"], (cast.repair_head, cast.supplies_head), strict=True
        ):
            told = as_(person).post(f"/api/v1/participants/{row['id']}/opinion/", {"opinion": "agree"})
            assert told.data["opinion"] == "agree"
    with on(17):
        assert officer.post(f"{path}/start-decision/").data["stage"] == Stage.DECISION
        officer.post(
            f"{path}/draft-item/",
            {"text": "采购三套劳保服并发到本人手中", "standard": "本人签领", "department": cast.supplies.pk,
             "assignee": cast.supplies_liaison.pk, "due_on": "2026-09-30"},
        )  # fmt: skip
        decided = as_(cast.office_head).post(f"{path}/decide/", {"resolution": "同意采购三套。"})
        assert decided.data["stage"] == Stage.EXECUTION
    with on(29):
        item = ActionItem.objects.get()
        doer = as_(cast.supplies_liaison)
        assert (
            doer.post(
                f"/api/v1/items/{item.pk}/report/",
                {
                    "percent": 60,
                    "done": "已下单",
                    "next_step": "到货",
                    "next_on": "2026-09-30",
                    "difficulty": "无",
                    "expected_on": "2026-09-30",
                },
            ).status_code
            == 200
        )
        doer.post(
            f"/api/v1/items/{item.pk}/submit/", {"result": "三人已签领", "evidence_note": "签领单存库房。"}
        )
        assert doer.post(f"/api/v1/items/{item.pk}/close/").status_code == 403
        assert officer.post(f"/api/v1/items/{item.pk}/close/").data["state"] == ItemState.CLOSED
        as_(cast.repair_liaison).post(f"{path}/complete/", {"summary": "目标已达到"})
        assert as_(cast.clerk).post(f"{path}/confirm/").data["is_confirmed"] is True


def test_an_auditor_reads_everything_and_every_verb_is_refused(filed, auditor):
    client = as_(auditor)

    assert client.get("/api/v1/matters/").data["results"][0]["number"] == filed.number
    before = Event.objects.count()
    for verb in ("withdraw", "return", "deliver", "start-decision", "decide", "confirm"):
        assert client.post(
            f"/api/v1/matters/{filed.pk}/{verb}/",
            {"reason": "x", "resolution": "x", "gaps": [{"code": "goal", "text": "x"}]},
        ).status_code in (403, 422)
    assert Event.objects.count() == before


def test_a_token_opens_the_api_and_its_end_closes_it(clerk):
    client = APIClient()
    given = client.post("/api/v1/token/", {"username": "clerk", "password": PASSWORD})
    assert given.status_code == 201
    client.credentials(HTTP_AUTHORIZATION=f"Token {given.data['token']}")
    assert client.get("/api/v1/me/").data["name"] == "周立群"

    client.post("/api/v1/token/end/")

    assert client.get("/api/v1/me/").status_code == 401
    assert not Token.objects.exists()


def test_a_wrong_password_gives_no_token(clerk):
    answer = APIClient().post("/api/v1/token/", {"username": "clerk", "password": "wrong"})

    assert answer.status_code == 403
    assert not Token.objects.exists()


def test_the_token_of_a_deactivated_person_is_dead(clerk):
    token = APIClient().post("/api/v1/token/", {"username": "clerk", "password": PASSWORD}).data["token"]
    with as_actor(SYSTEM):
        type(clerk).objects.filter(pk=clerk.pk).update(is_active=False)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")

    assert client.get("/api/v1/matters/").status_code == 401


def test_nobody_reads_without_login(db):
    for path in ("matters", "items", "meetings", "inbox", "me"):
        assert APIClient().get(f"/api/v1/{path}/").status_code in (401, 403)


def test_the_inbox_is_what_waits_for_me(filed, officer, clerk):
    assert [row["number"] for row in as_(officer).get("/api/v1/inbox/").data] == [filed.number]
    assert as_(clerk).get("/api/v1/inbox/").data == []


def test_the_description_names_every_verb_and_is_shown_as_a_page(client, clerk):
    schema = as_(clerk).get("/api/v1/schema/?format=json").json()
    verbs = {path for path in schema["paths"] if path.count("/") > 5}
    assert {"/api/v1/matters/{id}/accept/", "/api/v1/items/{id}/close/"} <= verbs

    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/api/v1/reference/")

    assert page.status_code == 200
    assert "/api/v1/matters/{id}/accept/" in page.content.decode()


def test_a_list_costs_the_same_queries_with_one_matter_and_with_twenty(
    filed, cast, django_assert_num_queries
):
    client = as_(cast.officer)
    with on(14):
        for number in range(19):
            flows.file_at_once(
                by=cast.clerk,
                departments=[cast.supplies],
                fields={**FORM, "title": f"关于第{number}件事的协作需求"},
            )
    client.get("/api/v1/matters/")
    with django_assert_num_queries(1):
        assert len(client.get("/api/v1/matters/").data["results"]) == 20


def returned(cast, filed):
    with on(15):
        flows.return_for_revision(
            matter_id=filed.pk, by=cast.officer, gaps=[("goal", "写清何时达到。"), ("scope", "写明班组。")]
        )
    return list(filed.gaps.all())


def test_a_returned_form_is_changed_answered_and_handed_in_as_one_act(cast, clerk, filed):
    """Q3 over the API, in the words of the page."""
    gaps = returned(cast, filed)
    answers = [{"gap": gap.pk, "answer": "已补充。"} for gap in gaps]

    with on(16):
        answer = as_(clerk).post(
            f"/api/v1/matters/{filed.pk}/resubmit/",
            {"goal": "9月24日前三人穿上同款劳保服。", "answers": answers},
        )

    assert answer.status_code == 200, answer.data
    assert (answer.data["stage"], answer.data["goal"]) == (Stage.PROPOSAL, "9月24日前三人穿上同款劳保服。")
    assert [row["answer"] for row in answer.data["gaps"]] == ["已补充。", "已补充。"]


def test_a_gap_without_answer_is_named_and_the_form_stays_as_it_was(cast, clerk, filed):
    first, second = returned(cast, filed)

    with on(16):
        answer = as_(clerk).post(
            f"/api/v1/matters/{filed.pk}/resubmit/",
            {"goal": "9月24日前三人穿上同款劳保服。", "answers": [{"gap": first.pk, "answer": "已补充。"}]},
        )

    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [f"answer_{second.pk}"]
    before = filed.goal
    filed.refresh_from_db()
    assert (filed.stage, filed.goal) == (Stage.RETURNED, before)
    assert not filed.gaps.exclude(answer="").exists()
