"""The search box finds what exists for the reader, by number, title or name."""

import pytest

from coordination.search import find
from requests import flows
from requests.flows.conditions import all_met
from tests.requests import letters_world as letters
from tests.requests import test_outside_papers as outside_papers
from tests.requests import world
from tests.requests.test_main_line import FORM, on

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(cast):
    with on("09-14 14:20"):
        return flows.file_at_once(by=cast.clerk, departments=[cast.supplies], fields=FORM)


def found(client, user, text):
    client.force_login(user)
    return client.get("/search/", {"q": text})


@pytest.mark.parametrize("text", ["劳保服", "服", "协作", "管焊工 协作", "劳保服 协〔2026〕"])
def test_every_word_must_be_in_number_or_title(client, cast, filed, text):
    page = found(client, cast.officer, text).content.decode()

    assert FORM["title"] in page
    assert f'<span class="x-no">{filed.number}</span>' in page


@pytest.mark.parametrize("text", ["劳保单", "协作关于", "题的协作服", "劳保服 单价"])
def test_characters_that_stand_apart_are_not_the_word(client, cast, filed, text):
    page = found(client, cast.officer, text).content.decode()

    assert FORM["title"] not in page


def test_capital_or_small_makes_no_difference(client, cast):
    with on("09-14 14:20"):
        flows.file_at_once(
            by=cast.clerk, departments=[cast.supplies], fields={**FORM, "title": "关于ERP系统接入的协作"}
        )

    assert "关于ERP系统接入" in found(client, cast.officer, "erp系统").content.decode()


def test_a_public_matter_and_an_own_one_stand_in_one_list_once_each(client, cast, filed):
    with on("09-15 09:00"):
        public = flows.file_at_once(
            by=cast.clerk, departments=[cast.supplies],
            fields={**FORM, "title": "关于劳保服公示的协作", "confidentiality": "public"},
        )  # fmt: skip
        flows.accept(
            matter_id=public.pk,
            by=cast.officer,
            fit=4,
            feasibility=4,
            complexity=3,
            risk=4,
            resource_limits=2,
            assessment="可行",
            lead_department=cast.supplies,
            co_departments=[],
            conditions=all_met(),
        )

    page = found(client, cast.clerk, "劳保服").content.decode()

    assert page.count(public.number) == page.count(filed.number)
    assert page.index(public.number) < page.index(filed.number)


def test_a_number_typed_in_full_opens_its_thing(client, cast, filed):
    response = found(client, cast.officer, filed.number)

    assert response.status_code == 302
    assert response["Location"] == f"/requests/{filed.pk}/"


def test_what_is_not_open_to_the_reader_is_not_found(client, cast, filed):
    for text in ("劳保服", filed.number):
        response = found(client, cast.staffing_liaison, text)

        assert response.status_code == 200
        assert FORM["title"] not in response.content.decode()
        assert "没有找到" in response.content.decode()


def test_people_are_found_by_name_inside_the_house_only(client, cast):
    assert "林佳" in found(client, cast.officer, "林").content.decode()
    assert "林佳" not in found(client, cast.outsider, "林").content.decode()


def test_an_empty_search_asks_what_to_look_for(client, officer):
    assert "要找什么" in found(client, officer, "  ").content.decode()


def test_what_was_asked_is_escaped_and_stays_in_the_box(client, officer):
    page = found(client, officer, '<b>"x').content.decode()

    assert "<b>" not in page.split("<main", 1)[1]
    assert 'value="&lt;b&gt;&quot;x"' in page


def test_a_letter_is_found_by_its_title_by_those_who_may_read_it(cast):
    matter = world.accepted(cast)
    letters.sent(cast, matter, title="请提供三套焊接防护面罩")

    assert [group.hits[0].title for group in find("防护面罩", cast.supplies_liaison)] == [
        "请提供三套焊接防护面罩"
    ]
    assert find("防护面罩", cast.outsider) == []


@pytest.mark.parametrize("text", ["收文〔2026〕1号", "应急函〔2026〕15号", "应急管理局", "征求 意见"])
def test_r066_an_outside_paper_is_found_by_either_number_title_and_sender(cast, text):
    paper = outside_papers.register(cast)

    [group] = find(text, cast.officer)

    assert [(hit.number, hit.title) for hit in group.hits] == [(paper.number, paper.title)]


def test_r066_an_outside_paper_is_found_by_no_one_who_may_not_read_it(cast):
    outside_papers.register(cast, confidentiality="restricted", department=cast.supplies)

    found = {
        name: bool(find("应急管理局", getattr(cast, name)))
        for name in ("supplies_head", "clerk", "secretary", "outsider")
    }

    assert found == {"supplies_head": True, "clerk": False, "secretary": False, "outsider": False}
