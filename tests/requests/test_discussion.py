"""The discussion of a matter (R068): a word, a name, a number, a message on record."""

import pytest
from django.db import DatabaseError, transaction

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import Comment, CoordinationRequest, KeptMessage
from tests.requests import letters_world, world

MESSAGE = {
    "channel": "wecom", "said_by": "物资部 林佳", "said_at": world.moment(14, 8, 30), "text": "三套周三到货，已和库房说好。",
}  # fmt: skip


@pytest.fixture
def matter(cast, monday):
    return world.accepted(cast)


def say(matter, by, text="材料收到了。"):
    return flows.comment(matter_id=matter.pk, by=by, text=text)


def shown(client, person, matter):
    client.force_login(person)
    return client.get(f"/requests/{matter.pk}/?tab=discussion").content.decode()


def test_whoever_of_the_house_sees_the_matter_says_a_word(client, cast, matter):
    say(matter, cast.supplies_liaison, "尺寸表<b>已</b>收到。")

    html = shown(client, cast.clerk, matter)

    assert "尺寸表&lt;b&gt;已&lt;/b&gt;收到。" in html
    assert "林佳" in html


@pytest.mark.parametrize("name", ["planning_liaison", "auditor", "outsider", "system_admin"])
def test_who_does_not_see_it_or_only_reads_says_nothing(cast, matter, name):
    with pytest.raises(NotYours):
        say(matter, getattr(cast, name))

    assert not Comment.objects.exists()


def test_a_called_person_is_told_once_however_often_it_is_mended(cast, matter):
    said = say(matter, cast.clerk, "@林佳请看一下尺寸，@周立群自己也记着。")
    flows.change_comment(comment_id=said.pk, by=cast.clerk, text="@林佳，请看一下三人的尺寸。")

    assert cast.supplies_liaison.notices.filter(sentence__contains="calls you").count() == 1
    assert not cast.clerk.notices.filter(sentence__contains="calls you").exists()
    assert list(said.mentioned.all()) == [cast.supplies_liaison]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@顾明请看。", "看不到本事项"), ("@没有这人请看。", "没有叫"), ("  ", "请写下"), ("长" * 1001, "1001"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused_with_what_to_write(cast, matter, text, words):
    with pytest.raises(Invalid, match=words):
        say(matter, cast.clerk, text)

    assert not Comment.objects.exists()
    assert not cast.planning_liaison.notices.exists()


def test_a_mail_address_calls_nobody(cast, matter):
    assert say(matter, cast.clerk, "发到zhou@example.com。").mentioned.count() == 0


def test_a_number_leads_only_those_there_who_may_see_it(client, cast, matter):
    item = world.issued(cast)
    hidden = world.filed(cast, confidentiality="restricted", title="关于夜班照明的协作需求")
    say(matter, cast.clerk, f"参见#{item.number}、#协[2026]{hidden.number.split('〕')[1]}和#协〔2026〕999号")

    theirs, strangers = shown(client, cast.clerk, matter), shown(client, cast.staffing_liaison, matter)

    assert f'<a href="/items/{item.pk}/" title="{item.text}（' in theirs
    assert f'<a href="/requests/{hidden.pk}/" title="{hidden.title}（' in theirs
    assert f'<a href="/requests/{hidden.pk}/"' not in strangers
    assert hidden.title not in strangers
    assert "999号</span>" in theirs


def test_papers_and_what_other_rooms_keep_are_pointed_at_too(client, cast, matter):
    letter = letters_world.sent(cast, matter)
    say(matter, cast.clerk, f"见#{letter.number}，#纪〔2026〕18号已印发，#天〔2026〕1号没有这种编号。")

    html = shown(client, cast.clerk, matter)

    assert f'<a href="/letters/{letter.pk}/" title="{letter.title}（' in html
    assert '<a href="/search/?q=%E7%BA%AA' in html
    assert '<span class="x-no">#天〔2026〕1号</span>没' in html


def test_a_comment_is_mended_within_a_quarter_of_an_hour_and_keeps_its_earlier_words(
    client, cast, matter, monday
):
    said = say(matter, cast.clerk, "周三交货。")
    monday.shift(15 * 60)
    flows.change_comment(comment_id=said.pk, by=cast.clerk, text="周四交货。")

    html = shown(client, cast.supplies_liaison, matter)
    assert "周四交货。" in html
    assert "修改前的内容" in html
    assert "周三交货。" in html
    monday.shift(1)
    with pytest.raises(NotReady, match="15"):
        flows.change_comment(comment_id=said.pk, by=cast.clerk, text="周五交货。")
    assert Comment.objects.get().text == "周四交货。"


def test_only_its_author_mends_a_comment_or_takes_it_back(cast, matter):
    said = say(matter, cast.clerk)

    for act, more in ((flows.change_comment, {"text": "别的话。"}), (flows.withdraw_comment, {})):
        with pytest.raises(NotYours):
            act(comment_id=said.pk, by=cast.supplies_liaison, **more)

    said.refresh_from_db()
    assert (said.text, said.withdrawn_at) == ("材料收到了。", None)


def test_a_comment_taken_back_shows_that_it_was_there_and_not_what_it_said(client, cast, matter):
    said = say(matter, cast.clerk, "这句说错了。")
    flows.withdraw_comment(comment_id=said.pk, by=cast.clerk)

    html = shown(client, cast.supplies_liaison, matter)

    assert "已撤回" in html
    assert "这句说错了。" not in html
    with pytest.raises(NotReady):
        flows.withdraw_comment(comment_id=said.pk, by=cast.clerk)


def test_a_comment_moves_nothing(cast, monday):
    matter = world.prepared(cast)
    say(matter, cast.supplies_liaison, "我们同意。")

    assert CoordinationRequest.objects.get(pk=matter.pk).stage == matter.stage
    assert set(matter.participants.values_list("opinion", flat=True)) == {""}


def test_an_ended_matter_is_no_longer_discussed(client, cast, monday):
    matter = world.filed(cast)
    flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="不再需要。")

    for act in (lambda: say(matter, cast.clerk), lambda: keep(matter, cast.clerk)):
        with pytest.raises(NotReady):
            act()

    assert "<textarea" not in shown(client, cast.clerk, matter)
    assert not Comment.objects.exists()


def keep(matter, by, **changes):
    return flows.keep_message(matter_id=matter.pk, by=by, **{**MESSAGE, **changes})


def test_a_message_is_kept_with_who_said_it_when_and_where(client, cast, matter):
    keep(matter, cast.clerk)

    html = shown(client, cast.supplies_liaison, matter)

    for words in ("三套周三到货", "物资部 林佳", "08:30", "企业微信", "周立群"):
        assert words in html, words
    line = TransitionLog.objects.of_case(matter.pk).get(verb="keep_message")
    assert "周三到货" not in str(line.params)


def test_a_message_on_record_never_changes_whatever_code_runs(cast, matter):
    kept = keep(matter, cast.clerk)

    for act in (lambda: KeptMessage.objects.update(text="别的"), kept.delete):
        with pytest.raises(DatabaseError, match="never changes"), as_actor(SYSTEM), transaction.atomic():
            act()

    assert KeptMessage.objects.get().text == MESSAGE["text"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "text"), ({"text": "长" * 4001}, "text"), ({"said_by": ""}, "said_by"),
        ({"channel": "fax"}, "channel"), ({"said_at": world.moment(14, 10)}, "said_at"),
    ],
)  # fmt: skip
def test_an_incomplete_message_is_named_by_its_field(cast, matter, changes, field):
    with pytest.raises(Invalid) as refusal:
        keep(matter, cast.clerk, **changes)

    assert list(refusal.value.fields) == [field]
    assert not KeptMessage.objects.exists()


def test_the_pages_take_a_word_and_a_message_and_keep_what_was_typed(client, cast, matter):
    client.force_login(cast.clerk)
    page = f"/requests/{matter.pk}/"

    refused = client.post(f"{page}discussion/", {"text": "@顾明请看这里。"})
    assert (refused.status_code, "请看这里" in refused.content.decode()) == (422, True)
    assert client.post(f"{page}discussion/", {"text": "材料收到了。"}).status_code == 302
    given = {**MESSAGE, "said_at": "2026-09-14 08:30"}
    assert client.post(f"{page}messages/new/", given).status_code == 302

    assert (Comment.objects.count(), KeptMessage.objects.count()) == (1, 1)


def test_what_hangs_on_another_matter_is_not_found_here(client, cast, matter):
    other = say(world.filed(cast), cast.clerk)
    client.force_login(cast.clerk)

    assert client.get(f"/requests/{matter.pk}/discussion/{other.pk}/").status_code == 404
    assert client.post(f"/requests/{matter.pk}/discussion/{other.pk}/withdraw/").status_code == 404


def test_the_tab_asks_as_many_questions_for_one_word_as_for_many(
    client, cast, matter, django_assert_max_num_queries
):
    for number in range(8):
        with at_moment(world.moment(14, 8, number)):
            said = say(matter, cast.clerk, f"第{number}句，@林佳")
            flows.change_comment(
                comment_id=said.pk, by=cast.clerk, text=f"第{number}句，@林佳，#协〔2026〕1号"
            )
    client.force_login(cast.clerk)

    with django_assert_max_num_queries(30):
        assert client.get(f"/requests/{matter.pk}/?tab=discussion").status_code == 200
