"""The pages of templates and of the way into filing, as a browser without script sees them; and the API beside them."""

import pytest
from django.test import Client

from requests import flows
from requests.models import CoordinationRequest, RequestTemplate
from tests.requests import pages_world as world

FIELDS = {
    "category": "service", "name": "窗口联办", "purpose": "群众要跑几个部门时用", "title": "关于【事项】联办的协作需求",
    "confidentiality": "internal", "working_days": "10", "order": "5", "revision": "0",
}  # fmt: skip


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def clerk_client(monday, clerk):
    return client_of(clerk)


@pytest.fixture
def officer_client(monday, officer):
    return client_of(officer)


def text(response):
    return response.content.decode()


def hazard():
    return RequestTemplate.objects.get(category="safety")


def test_the_way_in_shows_the_six_categories_with_their_templates(clerk_client):
    page = text(clerk_client.get("/requests/new/"))

    assert all(
        f'value="{row.pk}"' in page and row.name in page and row.purpose in page
        for row in RequestTemplate.objects.all()
    )
    assert "隐患、突发事件和环境问题，不能拖延的。" in page
    assert "/requests/templates/" not in page


def test_the_office_finds_the_templates_from_there(officer_client):
    assert "/requests/templates/" in text(officer_client.get("/requests/new/"))


def test_a_template_opens_a_form_that_says_where_it_comes_from(clerk_client):
    response = clerk_client.post("/requests/new/", {"template": hazard().pk}, follow=True)

    assert "来自模板《隐患联合整治》" in text(response)
    assert hazard().title in text(response)


def test_a_category_without_template_still_opens_a_form_of_that_category(clerk_client, cast):
    flows.switch_template(template_id=hazard().pk, is_active=False, by=cast.officer)

    page = text(clerk_client.get("/requests/new/"))
    clerk_client.post("/requests/new/", {"category": "safety"})

    assert 'name="category"' in page
    assert CoordinationRequest.objects.get().category == "safety"


def test_a_template_out_of_use_is_not_found(clerk_client, cast):
    flows.switch_template(template_id=hazard().pk, is_active=False, by=cast.officer)

    assert clerk_client.post("/requests/new/", {"template": hazard().pk}).status_code == 404
    assert clerk_client.post("/requests/new/", {"template": "x"}).status_code == 404
    assert not CoordinationRequest.objects.exists()


def test_own_earlier_matters_are_offered_and_found_by_a_word(clerk_client, cast):
    earlier = world.filed(cast)

    assert f'name="copy" value="{earlier.pk}"' in squeezed(clerk_client.get("/requests/new/"))
    assert f'name="copy" value="{earlier.pk}"' in squeezed(clerk_client.get("/requests/new/?q=焊工"))
    assert 'name="copy"' not in squeezed(clerk_client.get("/requests/new/?q=食堂"))
    assert 'name="copy"' not in squeezed(client_of(cast.repair_head).get("/requests/new/"))


def squeezed(response):
    return " ".join(text(response).split())


def test_an_earlier_matter_opens_a_form_that_says_so(clerk_client, cast):
    earlier = world.filed(cast)

    page = text(clerk_client.post("/requests/new/", {"copy": earlier.pk}, follow=True))

    assert earlier.title in page
    assert "为底稿" in page
    assert "来自模板" not in page


def test_the_matters_page_leads_there(clerk_client, cast):
    earlier = world.filed(cast)

    assert f"/requests/new/?copy={earlier.pk}#earlier" in text(clerk_client.get(f"/requests/{earlier.pk}/"))
    assert earlier.title in text(clerk_client.get(f"/requests/new/?copy={earlier.pk}"))


def test_a_place_that_is_left_stands_beside_its_field(clerk_client, cast):
    matter = flows.start_from(by=cast.clerk, template_id=hazard().pk)
    data = {
        **world.FORM, "attempts-TOTAL_FORMS": 0, "attempts-INITIAL_FORMS": 0, "urgency": "normal", "route": "office",
        "confidentiality": "internal", "wished_departments": [cast.supplies.pk], "revision": 0, "go": "submit",
        "goal": hazard().goal,
    }  # fmt: skip

    response = clerk_client.post(f"/requests/{matter.pk}/form/", data)

    assert response.status_code == 422
    assert "还有没填的空：【日期】、【隐患】、【部门】" in text(response)
    assert 'href="#id_goal"' in text(response)


def test_the_office_writes_and_changes_a_template(officer_client):
    assert officer_client.post("/requests/templates/new/", FIELDS).url == "/requests/templates/"
    template = RequestTemplate.objects.get(name="窗口联办")

    officer_client.post(f"/requests/templates/{template.pk}/", {**FIELDS, "name": "大厅联办"})

    template.refresh_from_db()
    assert (template.name, template.revision) == ("大厅联办", 1)
    assert "大厅联办" in text(officer_client.get("/requests/templates/"))


def test_a_template_that_lacks_something_is_shown_again_as_typed(officer_client):
    response = officer_client.post("/requests/templates/new/", {**FIELDS, "purpose": ""})

    assert response.status_code == 422
    assert 'href="#id_purpose"' in text(response)
    assert 'value="窗口联办"' in text(response)
    assert not RequestTemplate.objects.filter(name="窗口联办").exists()


def test_an_old_page_is_refused_with_the_name_of_who_was_quicker(officer_client, cast):
    template = hazard()
    fields = {**FIELDS, "name": "隐患整治"}
    client_of(cast.office_head).post(f"/requests/templates/{template.pk}/", fields)

    response = officer_client.post(f"/requests/templates/{template.pk}/", {**fields, "purpose": "别的"})

    assert response.status_code == 409
    assert "宋雅琴已先改了这个模板" in text(response)


def test_a_template_is_taken_out_of_use_and_offered_again(officer_client):
    address = f"/requests/templates/{hazard().pk}/switch/"

    officer_client.post(address, {"offer": "no"})
    assert "停用" in text(officer_client.get("/requests/templates/"))
    officer_client.post(address, {"offer": "yes"})

    assert hazard().is_active


def test_the_api_lists_the_offered_templates_and_starts_a_draft(clerk_client, cast):
    rows = clerk_client.get("/api/v1/templates/").json()["results"]

    answer = clerk_client.post(
        "/api/v1/matters/start/", {"template": rows[0]["id"]}, content_type="application/json"
    )

    assert {row["category"] for row in rows} == {
        "internal",
        "service",
        "policy",
        "project",
        "safety",
        "digital",
    }
    assert answer.status_code == 201
    assert (answer.json()["stage"], answer.json()["title"]) == ("draft", rows[0]["title"])


def test_the_api_refuses_what_is_not_there_for_the_caller(clerk_client, cast):
    flows.switch_template(template_id=hazard().pk, is_active=False, by=cast.officer)

    answer = clerk_client.post(
        "/api/v1/matters/start/", {"template": hazard().pk}, content_type="application/json"
    )

    assert answer.status_code == 422
    assert not CoordinationRequest.objects.exists()


def test_the_list_of_templates_asks_no_more_for_more_rows(
    officer_client, cast, django_assert_max_num_queries
):
    for number in range(20):
        flows.create_template(
            by=cast.officer,
            fields={**FIELDS, "working_days": 10, "order": 5, "name": f"模板{number}"},
        )

    with django_assert_max_num_queries(12):
        officer_client.get("/requests/templates/")
    with django_assert_max_num_queries(16):
        officer_client.get("/requests/new/")
