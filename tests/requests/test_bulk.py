"""Several rows of a list at once: a preview in which nothing is done, then each row by itself."""

import re
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client

from audit.acting import SYSTEM, as_actor
from audit.models import Reading, TransitionLog
from notifications.models import Notice
from requests import bulk, flows
from requests.models import ActionItem, CoordinationRequest, Extension
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import world

EXTENSION = {"days": "3", "reason": "机组停机推迟。", "progress": "已下单，等待到货。"}


def post(user, address, **given):
    client = Client()
    client.force_login(user)
    return client.post(address, given).content.decode()


def confirmed(user, address, page, unticked=None, **given):
    """Go on from a preview as its form does."""
    fields = re.findall(r'name="(go|seen-\d+|previewed|ids)"\s+value="([^"]*)"', page)
    fields = [pair for pair in fields if pair != ("go", str(unticked))]
    several = {name: [value for one, value in fields if one == name] for name, _value in fields}
    return post(user, address, **several, **given, step="go")


def test_a_preview_says_what_will_happen_in_the_words_of_the_flow_and_does_nothing(cast, monday):
    ready, ended = world.started(cast), world.submitted(cast)
    flows.close_item(item_id=ended.pk, by=cast.officer)
    lines, notices = TransitionLog.objects.count(), Notice.objects.count()

    page = post(cast.officer, "/items/bulk/remind/", ids=[ready.pk, ended.pk])

    assert "1项可以办，1项不能办" in page
    assert f"催办{ready.department_name} {ready.assignee.name}" in page
    assert "所选行动项已结束、已暂缓或中止，或今天已催办过" in page
    assert (TransitionLog.objects.count(), Notice.objects.count()) == (lines, notices)


def test_each_row_is_done_or_refused_by_itself(cast, monday):
    first, second = world.started(cast), world.started(cast)
    address = "/items/bulk/extend/"
    page = post(cast.supplies_clerk, address, ids=[first.pk, second.pk], step="look", **EXTENSION)
    flows.ask_extension(
        item_id=first.pk, by=cast.supplies_clerk, wished_on=world.moment(24).date(), reason="缺货。", progress="已下单。"
    )  # fmt: skip

    result = confirmed(cast.supplies_clerk, address, page, **EXTENSION)

    assert "办成1项，1项未办" in result
    assert Extension.objects.filter(item=first).count() == 1
    wish = Extension.objects.get(item=second)
    assert (wish.wished_on, wish.working_days) == (
        world.moment(28).date(),
        3,
    )  # the 25th to the 27th are days off


def test_whoever_was_quicker_is_named_in_the_row_and_the_other_rows_are_done(cast, monday):
    first, second = world.started(cast), world.started(cast)
    address, given = (
        "/items/bulk/reassign/",
        {"assignee": cast.supplies_liaison.pk, "note": "出差，资料在共享盘。"},
    )
    page = post(cast.supplies_head, address, ids=[first.pk, second.pk], step="look", **given)
    flows.reassign(item_id=first.pk, by=cast.supplies_liaison, assignee=cast.supplies_head, note="休假。")

    result = confirmed(cast.supplies_head, address, page, **given)

    people = dict(ActionItem.objects.values_list("pk", "assignee"))
    assert (people[first.pk], people[second.pk]) == (cast.supplies_head.pk, cast.supplies_liaison.pk)
    assert (
        f"{cast.supplies_liaison.name}刚刚改为{cast.supplies_head.name}，您选的是{cast.supplies_liaison.name}"
        in result
    )


def test_other_words_than_those_of_the_preview_are_previewed_again(cast, monday):
    item = world.started(cast)
    address = "/items/bulk/extend/"
    page = post(cast.supplies_clerk, address, ids=[item.pk], step="look", **EXTENSION)

    again = confirmed(cast.supplies_clerk, address, page, **{**EXTENSION, "days": "9"})

    assert "预览之后内容改过了" in again
    assert not Extension.objects.exists()


def test_one_comes_back_to_the_list_as_it_was_filtered_and_never_elsewhere(cast, monday):
    item = world.started(cast)

    page = post(cast.officer, "/items/bulk/remind/", ids=[item.pk], back="/items/?light=bad&page=2")
    elsewhere = post(cast.officer, "/items/bulk/remind/", ids=[item.pk], back="//example.com/")

    assert 'href="/items/?light=bad&amp;page=2"' in page
    assert "example.com" not in elsewhere


def test_a_row_that_was_unticked_in_the_preview_is_left_out(cast, monday):
    first, second = world.started(cast), world.started(cast)
    page = post(cast.officer, "/items/bulk/remind/", ids=[first.pk, second.pk])

    confirmed(cast.officer, "/items/bulk/remind/", page, unticked=second.pk)

    reminded = TransitionLog.objects.filter(verb="remind").values_list("subject_id", flat=True)
    assert list(reminded) == [first.pk]


def test_what_others_may_not_see_is_not_there_and_not_named(cast, monday):
    item = world.started(cast)

    page = post(cast.planning_liaison, "/items/bulk/ask/", ids=[item.pk, 999999])

    assert page.count("没有找到这一项") == 2
    assert item.text not in page


def test_the_applicant_asks_of_every_item_of_several_matters(cast, monday):
    asked, resting = world.started(cast).matter, world.accepted(cast)
    page = post(cast.clerk, "/requests/bulk/ask/", ids=[asked.pk, resting.pk])

    result = confirmed(cast.clerk, "/requests/bulk/ask/", page)

    assert "请1个行动项在一个工作日内答复" in result
    assert "没有正在办理的行动项" in result
    assert TransitionLog.objects.filter(verb="ask_status").count() == 1


def test_the_head_of_the_office_hands_several_cases_to_another_officer(cast, monday):
    first, second = world.accepted(cast), world.accepted(cast)
    address = "/requests/bulk/keeper/"
    given = {"keeper": cast.office_head.pk, "reason": "丁晓蕾外派学习。"}
    page = post(cast.office_head, address, ids=[first.pk, second.pk], step="look", **given)

    result = confirmed(cast.office_head, address, page, **given)

    keepers = CoordinationRequest.objects.filter(pk__in=[first.pk, second.pk]).values_list(
        "keeper", flat=True
    )
    assert set(keepers) == {cast.office_head.pk}
    assert "全部办成" in result


@pytest.mark.parametrize("ids", [[], list(range(1, 102))], ids=["none", "too many"])
def test_none_and_too_many_are_refused_with_the_limit(cast, monday, ids):
    with pytest.raises(bulk.Invalid):
        bulk.chosen([str(pk) for pk in ids])


def test_the_chosen_rows_are_printed_and_no_others(cast, monday):
    matter, other = world.accepted(cast, title="检修区域临时用电分工的协作需求"), world.accepted(cast)

    paper = post(cast.officer, "/requests/bulk/print/", ids=[matter.pk])

    assert matter.title in paper
    assert other.title not in paper
    assert Reading.objects.get(what="print").filters["query"] == str(matter.pk)


def test_a_confidential_matter_is_not_taken_away_with_others(cast, monday):
    matter = world.accepted(cast)
    flows.raise_level(matter_id=matter.pk, by=cast.officer, level="confidential", reason="含报价。")
    client = Client()
    client.force_login(cast.officer)

    response = client.post("/requests/bulk/export/", {"ids": [matter.pk]})

    assert response.status_code == 302
    assert not Reading.objects.filter(what="export").exists()


def test_a_date_that_moved_after_the_preview_is_looked_at_again(cast, monday):
    item = world.started(cast)
    page = post(cast.supplies_clerk, "/items/bulk/extend/", ids=[item.pk], step="look", **EXTENSION)
    with as_actor(SYSTEM):
        Obligation.objects.of(ActionItem.SUBJECT, item.pk).filter(kind=Kind.EXECUTE).update(
            due_at=F("due_at") + timedelta(days=1)
        )

    told = confirmed(cast.supplies_clerk, "/items/bulk/extend/", page, **EXTENSION)

    assert "期限已被改为" in told
    assert not Extension.objects.exists()


def test_a_number_that_no_row_can_have_is_left_out(cast, monday):
    item = world.started(cast)

    assert bulk.whole_numbers([str(item.pk), "9" * 5000, "x", str(item.pk)]) == [item.pk]
