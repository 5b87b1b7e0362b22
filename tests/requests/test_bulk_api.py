"""The API of acts on several rows: looked at in advance, then each row by itself, in the words of the page."""

from rest_framework.test import APIClient

from audit.models import TransitionLog
from requests import flows
from requests.models import ActionItem, Extension
from tests.requests import world

EXTENSION = {"days": 3, "reason": "机组停机推迟。", "progress": "已下单，等待到货。"}


def post(user, address, **given):
    client = APIClient()
    client.force_authenticate(user)
    return client.post(f"/api/v1/{address}", given, format="json")


def test_a_preview_says_what_will_happen_and_does_nothing(cast, monday):
    ready, ended = world.started(cast), world.submitted(cast)
    flows.close_item(item_id=ended.pk, by=cast.officer)
    lines = TransitionLog.objects.count()

    answer = post(cast.officer, "items/bulk/remind/preview/", ids=[ready.pk, ended.pk]).data

    assert (answer["done"], answer["refused"]) == (1, 1)
    assert "所选行动项已结束、已暂缓或中止，或今天已催办过" in answer["rows"][1]["refusal"]
    assert TransitionLog.objects.count() == lines


def test_each_row_is_done_or_refused_by_itself(cast, monday):
    first, second = world.started(cast), world.started(cast)
    flows.ask_extension(
        item_id=first.pk, by=cast.supplies_clerk, wished_on=world.moment(24).date(), reason="缺货。", progress="已下单。"
    )  # fmt: skip

    answer = post(
        cast.supplies_clerk, "items/bulk/extend/", ids=[first.pk, second.pk, 999999], **EXTENSION
    ).data

    assert [row["is_done"] for row in answer["rows"]] == [False, True, False]
    assert Extension.objects.filter(item=second).count() == 1
    assert Extension.objects.count() == 2
    assert answer["rows"][2]["title"] == ""


def test_whoever_was_quicker_is_named(cast, monday):
    item = world.started(cast)
    given = {"ids": [item.pk], "assignee": cast.supplies_liaison.pk, "note": "出差，资料在共享盘。"}
    preview = post(cast.supplies_head, "items/bulk/reassign/preview/", **given).data
    flows.reassign(item_id=item.pk, by=cast.supplies_liaison, assignee=cast.supplies_head, note="休假。")

    seen = {str(row["id"]): row["seen"] for row in preview["rows"]}
    answer = post(
        cast.supplies_head, "items/bulk/reassign/", **given, previewed=preview["stamp"], seen=seen
    ).data

    assert "刚刚改为" in answer["rows"][0]["refusal"]
    assert ActionItem.objects.get().assignee == cast.supplies_head


def test_other_words_than_those_of_the_preview_are_refused(cast, monday):
    item = world.started(cast)
    preview = post(cast.supplies_clerk, "items/bulk/extend/preview/", ids=[item.pk], **EXTENSION).data

    given = {**EXTENSION, "days": 9}
    answer = post(
        cast.supplies_clerk, "items/bulk/extend/", ids=[item.pk], previewed=preview["stamp"], **given
    )

    assert answer.status_code == 409
    assert not Extension.objects.exists()


def test_what_is_said_once_is_asked_for_in_the_words_of_the_form(cast, monday):
    item = world.started(cast)

    answer = post(cast.supplies_clerk, "items/bulk/extend/", ids=[item.pk], days=3)

    assert answer.status_code == 422
    assert set(answer.data["fields"]) == {"reason", "progress"}
    assert not Extension.objects.exists()


def test_none_chosen_is_refused(cast, monday):
    assert post(cast.officer, "items/bulk/remind/", ids=[]).status_code == 422
