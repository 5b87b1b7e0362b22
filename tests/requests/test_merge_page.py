"""Merging on its pages and in the API: chosen, announced, carried out; the two matters point at each other."""

import pytest
from django.test import Client

from requests import flows
from requests.models import CoordinationRequest, Merge
from requests.states import Stage
from tests.requests import pages_world as world

SAME = "两件都是解决管焊工劳保服的问题。"


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def officer_client(monday, officer):
    return client_of(officer)


@pytest.fixture
def main(monday, cast):
    return world.accepted(cast)


@pytest.fixture
def other(main, cast):
    fields = {**world.FORM, "title": "关于外包焊工劳保服的协作需求"}
    return flows.file_at_once(by=cast.staffing_liaison, fields=fields, departments=[cast.supplies])


def announced(cast, other, main):
    flows.announce_merge(matter_id=other.pk, by=cast.officer, main_id=main.pk, reason=SAME)


def merged(cast, other, main):
    announced(cast, other, main)
    return flows.merge(matter_id=other.pk, by=cast.officer)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("brackets", ["〔〕", "[]", "（）", "()", "【】"])
def test_the_main_matter_is_named_by_its_number_in_any_brackets(officer_client, cast, main, other, brackets):
    number = main.number.replace("〔", brackets[0]).replace("〕", brackets[1])

    response = officer_client.post(
        f"/requests/{other.pk}/announce-merge/", {"main": f" {number}", "reason": SAME}
    )

    assert response.url == f"/requests/{other.pk}/"
    assert Merge.objects.get().main == main


def test_a_number_that_leads_nowhere_is_refused_beside_its_field(officer_client, cast, other):
    response = officer_client.post(
        f"/requests/{other.pk}/announce-merge/", {"main": "协〔2026〕99号", "reason": SAME}
    )

    assert response.status_code == 422
    assert 'href="#id_main"' in text(response)
    assert SAME in text(response)
    assert not Merge.objects.exists()


def test_what_is_alike_is_one_click_away(officer_client, main, other):
    page = text(officer_client.get(f"/requests/{other.pk}/announce-merge/"))
    chosen = text(officer_client.get(f"/requests/{other.pk}/announce-merge/", {"main": main.number}))

    assert f"/requests/{other.pk}/announce-merge/?main=" in page
    assert f'value="{main.number}"' in chosen


def test_announced_it_is_the_offices_turn(officer_client, cast, main, other):
    announced(cast, other, main)

    page = text(officer_client.get(f"/requests/{other.pk}/"))

    assert f'class="btn btn-primary" href="/requests/{other.pk}/merge/"' in page
    assert f"/requests/{other.pk}/call-off-merge/" in page
    assert SAME in page


def test_the_applicant_reads_what_is_planned_but_not_the_other_title(cast, main, other):
    announced(cast, other, main)

    page = text(client_of(cast.staffing_liaison).get(f"/requests/{other.pk}/"))

    assert "拟并入" in page
    assert SAME in page
    assert main.title not in page
    assert f'href="/requests/{main.pk}/"' not in page


def test_carried_out_the_two_point_at_each_other(officer_client, cast, main, other):
    announced(cast, other, main)

    response = officer_client.post(f"/requests/{other.pk}/merge/")

    assert response.status_code == 302
    absorbed = text(officer_client.get(f"/requests/{other.pk}/"))
    assert f'href="/requests/{main.pk}/"' in absorbed
    assert "只能查阅" in absorbed
    assert f'href="/requests/{other.pk}/"' in text(officer_client.get(f"/requests/{main.pk}/"))


def test_the_applicant_opens_the_main_matter_after_it(cast, main, other):
    browser = client_of(cast.staffing_liaison)
    assert browser.get(f"/requests/{main.pk}/").status_code == 404

    merged(cast, other, main)

    assert main.title in text(browser.get(f"/requests/{main.pk}/"))
    assert browser.get(f"/requests/{main.pk}/withdraw/").status_code == 403


def test_who_may_not_see_the_absorbed_one_does_not_read_of_it(cast, main, other):
    merged(cast, other, main)

    page = text(client_of(cast.supplies_liaison).get(f"/requests/{main.pk}/"))

    assert other.title not in page
    assert f"/requests/{other.pk}/" not in page


def test_the_departments_that_would_be_left_out_are_named(officer_client, cast, main, monday):
    absorbed = world.accepted(cast)
    flows.change_participants(
        matter_id=absorbed.pk, by=cast.officer, lead_department=cast.supplies, co_departments=[cast.staffing]
    )
    announced(cast, absorbed, main)

    page = text(officer_client.get(f"/requests/{absorbed.pk}/merge/"))

    assert "人力资源部" in page
    assert "没有参与主件" in page


def test_called_off_the_page_says_no_more_of_it(officer_client, cast, main, other):
    announced(cast, other, main)

    officer_client.post(f"/requests/{other.pk}/call-off-merge/", {"reason": "一件是采购，一件是借用。"})

    assert "拟并入" not in text(officer_client.get(f"/requests/{other.pk}/"))
    assert officer_client.get(f"/requests/{other.pk}/merge/").status_code == 302


def test_the_api_announces_and_merges_in_the_same_words(officer_client, cast, main, other):
    def post(verb, **data):
        return officer_client.post(
            f"/api/v1/matters/{other.pk}/{verb}/", data, content_type="application/json"
        )

    early = post("merge")
    first = post("announce-merge", main=main.pk, reason=SAME)
    done = post("merge")

    assert (early.status_code, first.status_code, done.status_code) == (422, 200, 200)
    assert (done.json()["stage"], done.json()["merged_into"]) == ("merged", main.pk)
    assert CoordinationRequest.objects.get(pk=other.pk).stage == Stage.MERGED


def test_the_pages_of_both_ask_few_questions(
    officer_client, cast, main, other, django_assert_max_num_queries
):
    merged(cast, other, main)
    officer_client.get(f"/requests/{main.pk}/")

    with django_assert_max_num_queries(22):
        officer_client.get(f"/requests/{main.pk}/")
