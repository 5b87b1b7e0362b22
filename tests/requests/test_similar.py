"""What is filed twice is seen (R042): matters under way with a title like it, for whoever may see them."""

import pytest
from django.test import Client

from requests import flows
from requests.models import CoordinationRequest
from requests.querysets import telling_pairs
from requests.states import Stage
from tests.requests import pages_world as world

LIKE_IT = "关于外包焊工劳保服的协作需求"


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def clerk_client(monday, clerk):
    return client_of(clerk)


def found(person, title):
    return list(CoordinationRequest.objects.visible_to(person).similar_to(title))


def text(response):
    return response.content.decode()


def test_the_most_alike_stands_first(cast, monday):
    far = world.filed(cast, title="关于焊工夜班补贴的协作需求")
    near = world.filed(cast)

    assert found(cast.clerk, "关于焊工劳保服发放和夜班的协作需求") == [near, far]


def test_words_that_every_title_has_make_nothing_alike(cast, monday):
    world.filed(cast)

    assert found(cast.clerk, "关于解决食堂排队问题的协作需求") == []
    assert found(cast.clerk, "关于协作需求") == []
    assert found(cast.clerk, "") == []


def test_the_places_of_a_template_make_nothing_alike():
    assert telling_pairs("关于联合整治【地点】【隐患】的协作需求") == ["于联", "联合", "合整", "整治"]


def test_what_has_ended_is_not_shown(cast, monday):
    matter = world.filed(cast)
    flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="不再需要。")

    assert found(cast.clerk, LIKE_IT) == []


def test_what_may_not_be_seen_is_not_shown(cast, monday):
    world.filed(cast)

    assert found(cast.staffing_liaison, LIKE_IT) == []
    assert len(found(cast.officer, LIKE_IT)) == 1


def test_letters_in_capitals_and_small_are_the_same(cast, monday):
    matter = world.filed(cast, title="关于ERP系统接口的协作需求")

    assert found(cast.clerk, "关于erp接口的协作需求") == [matter]


def similar_page(client, draft, title):
    return client.get(f"/requests/{draft.pk}/similar/", {"title": title}, headers={"hx-request": "true"})


def test_while_typing_number_stage_and_holder_are_told(clerk_client, cast):
    earlier, draft = world.accepted(cast), flows.start_draft(by=cast.clerk)

    part = text(similar_page(clerk_client, draft, LIKE_IT))

    assert f"/requests/{earlier.pk}/" in part
    assert "准备" in part
    assert "丁晓蕾" in part
    assert f'name="shown_for" value="{LIKE_IT}"' in part


def handed_in(cast, draft, **more):
    return {
        **world.FORM, "attempts-TOTAL_FORMS": 0, "attempts-INITIAL_FORMS": 0, "urgency": "normal", "route": "office",
        "confidentiality": "internal", "wished_departments": [cast.supplies.pk], "revision": draft.revision, "go": "submit",
        **more,
    }  # fmt: skip


def test_without_script_they_are_shown_before_anything_is_handed_in(clerk_client, cast):
    earlier, draft = world.filed(cast), flows.start_draft(by=cast.clerk)

    page = clerk_client.post(f"/requests/{draft.pk}/form/", handed_in(cast, draft, shown_for=""))

    assert page.status_code == 200
    assert "还没有提交" in text(page)
    assert earlier.number.removeprefix("协") in text(page)
    draft.refresh_from_db()
    assert (draft.stage, draft.title) == (Stage.DRAFT, world.FORM["title"])


def test_once_shown_the_form_is_handed_in(clerk_client, cast):
    world.filed(cast)
    draft = flows.start_draft(by=cast.clerk)
    data = handed_in(cast, draft, shown_for=world.FORM["title"])

    assert clerk_client.post(f"/requests/{draft.pk}/form/", data).status_code == 302

    draft.refresh_from_db()
    assert draft.stage == Stage.PROPOSAL


def test_where_nothing_is_alike_nobody_is_asked_twice(clerk_client, cast):
    draft = flows.start_draft(by=cast.clerk)

    assert (
        clerk_client.post(f"/requests/{draft.pk}/form/", handed_in(cast, draft, shown_for="")).status_code
        == 302
    )


def test_whoever_accepts_sees_them_and_the_way_to_merge(cast, monday):
    earlier, matter = world.accepted(cast), world.filed(cast)

    page = text(client_of(cast.officer).get(f"/requests/{matter.pk}/accept/"))

    assert f"/requests/{earlier.pk}/" in page
    assert f"/requests/{matter.pk}/announce-merge/?main=" in page


def test_a_list_of_alike_ones_asks_no_more_for_more_rows(cast, monday, django_assert_max_num_queries):
    draft = flows.start_draft(by=cast.clerk)
    for _number in range(6):
        world.filed(cast)
    client = client_of(cast.clerk)

    with django_assert_max_num_queries(12):
        part = text(similar_page(client, draft, LIKE_IT))

    assert part.count("<li ") == 5
