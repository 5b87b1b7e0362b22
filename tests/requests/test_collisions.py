"""Two people at the preparation at once: the second is told who was first, and loses nothing (peers.md §2.7, 12)."""

import re

import pytest

from audit.refusals import Conflict
from requests import flows
from requests.flows.prepare import seen_of
from requests.models import CoordinationRequest
from tests.requests import world

TYPED = {
    "facts": "三人属外包。",
    "scope": "只涉及三人。",
    "expected_goal": "9月24日前穿上。",
    "questions": "由谁采购？",
}


@pytest.fixture
def matter(cast, monday):
    return world.accepted(cast)


def write(matter, by, **changes):
    given = {**TYPED, "questions": [TYPED["questions"]], **changes}
    return flows.write_preparation(matter_id=matter.pk, by=by, **given)


def seen(html):
    return re.search(r'name="seen" value="(\w+)"', html)[1]


def test_whoever_saves_second_is_told_who_was_first_and_keeps_what_was_typed(client, cast, matter):
    client.force_login(cast.supplies_liaison)
    page = f"/requests/{matter.pk}/prepare/"
    opened = seen(client.get(page).content.decode())
    write(matter, cast.officer, facts="<b>四人</b>属外包。")

    response = client.post(page, {**TYPED, "seen": opened})

    html = response.content.decode()
    assert response.status_code == 409
    assert "丁晓蕾" in html
    assert "三人属外包。" in html
    assert "&lt;b&gt;四人&lt;/b&gt;属外包。" in html
    assert CoordinationRequest.objects.get(pk=matter.pk).facts == "<b>四人</b>属外包。"


def test_having_compared_the_second_one_saves(client, cast, matter):
    client.force_login(cast.supplies_liaison)
    page = f"/requests/{matter.pk}/prepare/"
    opened = seen(client.get(page).content.decode())
    write(matter, cast.officer, facts="四人属外包。")
    compared = seen(client.post(page, {**TYPED, "seen": opened}).content.decode())

    assert client.post(page, {**TYPED, "seen": compared}).status_code == 302

    assert CoordinationRequest.objects.get(pk=matter.pk).facts == "三人属外包。"


def test_another_core_question_is_a_collision_too(cast, matter):
    opened = seen_of(matter)
    write(matter, cast.officer, facts="", scope=matter.scope, expected_goal="", questions=["由谁付款？"])

    with pytest.raises(Conflict):
        write(matter, cast.supplies_liaison, seen=opened)

    assert matter.questions.get().text == "由谁付款？"


def test_nobody_is_stopped_by_what_changed_nothing(cast, matter):
    write(matter, cast.officer)
    opened = seen_of(CoordinationRequest.objects.get(pk=matter.pk))
    write(matter, cast.officer, facts=f" {TYPED['facts']} ")

    assert write(matter, cast.supplies_liaison, facts="三人都属外包。", seen=opened).facts == "三人都属外包。"
