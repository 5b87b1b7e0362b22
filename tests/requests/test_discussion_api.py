"""The API of the discussion: the same flows, the same refusals."""

import pytest

from requests import flows
from requests.models import Comment, KeptMessage
from tests.requests import world


@pytest.fixture
def matter(cast, monday):
    return world.accepted(cast)


def post(client, address, **given):
    return client.post(f"/api/v1/{address}", given, content_type="application/json")


def test_a_word_is_said_read_mended_and_taken_back(client, cast, matter):
    client.force_login(cast.clerk)

    said = post(client, f"matters/{matter.pk}/comments/", text="@林佳请看。").json()
    assert said["mentioned"] == ["林佳"]
    assert post(client, f"comments/{said['id']}/change/", text="请看。").json()["text"] == "请看。"
    post(client, f"comments/{said['id']}/withdraw/")

    row = client.get(f"/api/v1/matters/{matter.pk}/comments/").json()["results"][0]
    assert (row["text"], row["mentioned"]) == ("", [])
    assert row["withdrawn_at"]


def test_a_call_to_somebody_who_may_not_see_it_is_refused_in_the_words_of_the_page(client, cast, matter):
    client.force_login(cast.clerk)

    response = post(client, f"matters/{matter.pk}/comments/", text="@顾明请看。")

    assert response.status_code == 422
    assert "看不到本事项" in response.content.decode()
    assert not Comment.objects.exists()


def test_a_message_is_put_on_record(client, cast, matter):
    client.force_login(cast.supplies_liaison)
    given = {
        "channel": "wechat",
        "said_by": "林佳",
        "said_at": "2026-09-14T08:30:00+08:00",
        "text": "周三到货。",
    }

    assert post(client, f"matters/{matter.pk}/messages/", **given).status_code == 201

    assert KeptMessage.objects.get().kept_by == cast.supplies_liaison
    rows = client.get(f"/api/v1/matters/{matter.pk}/messages/").json()["results"]
    assert [row["text"] for row in rows] == ["周三到货。"]


def test_strangers_find_nothing(client, cast, matter):
    said = flows.comment(matter_id=matter.pk, by=cast.clerk, text="材料收到了。")
    client.force_login(cast.planning_liaison)

    assert client.get(f"/api/v1/matters/{matter.pk}/comments/").status_code == 404
    assert post(client, f"comments/{said.pk}/withdraw/").status_code == 404
    Comment.objects.get(withdrawn_at=None)
