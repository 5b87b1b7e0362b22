"""Stock phrases (常用语): own ones, those of a department, and how they come into a form."""

import pytest
from django.http import QueryDict

from audit.refusals import Invalid, NotReady, NotYours
from organization import flows
from organization.phrases import Phrase
from pages.forms import Phrased
from tests.requests import world

AGREED = "同意，请按期办理。"


def keep(by, text=AGREED, **more):
    return flows.keep_phrase(text=text, by=by, **more)


def opinion_page(client, person, matter):
    client.force_login(person)
    row = matter.participants.get(department__name="物资部")
    return client.get(f"/requests/{matter.pk}/opinions/{row.pk}/").content.decode()


def test_own_phrases_and_those_of_the_department_stand_beside_the_opinion(client, cast, monday):
    matter = world.prepared(cast)
    keep(cast.supplies_liaison, "本部门无异议。")
    keep(cast.supplies_head, "请补充预算依据。", department=cast.supplies)
    keep(cast.staffing_liaison, "别人的话。")

    html = opinion_page(client, cast.supplies_liaison, matter)

    assert "<option>本部门无异议。</option>" in html
    assert "<option>请补充预算依据。</option>" in html
    assert "别人的话。" not in html


def test_nobody_without_phrases_is_offered_an_empty_list(client, cast, monday):
    assert "data-phrases" not in opinion_page(client, cast.supplies_liaison, world.prepared(cast))


@pytest.mark.parametrize(
    ("text", "phrase", "written"),
    [
        ("", AGREED, AGREED), ("先说两句。", AGREED, f"先说两句。\n{AGREED}"), (f"{AGREED}谢谢。", AGREED, f"{AGREED}谢谢。"),
        ("先说两句。", "", "先说两句。"), ("", "  ", ""),
    ],
)  # fmt: skip
def test_without_script_the_chosen_phrase_comes_in_with_the_form(text, phrase, written):
    data = QueryDict(mutable=True)
    data.update({"reason": text, "reason-phrase": phrase})

    assert Phrased().value_from_datadict(data, {}, "reason") == written


def test_a_phrase_chosen_beside_the_opinion_is_its_reason(client, cast, monday):
    matter = world.prepared(cast)
    row = matter.participants.get(department=cast.supplies)
    client.force_login(cast.supplies_liaison)

    client.post(
        f"/requests/{matter.pk}/opinions/{row.pk}/",
        {"opinion": "conditions", "reason": "", "reason-phrase": "请补充预算依据。"},
    )

    row.refresh_from_db()
    assert row.opinion_reason == "请补充预算依据。"


@pytest.mark.parametrize("name", ["auditor", "outsider"])
def test_who_writes_nothing_keeps_no_phrases(cast, name):
    with pytest.raises(NotYours):
        keep(getattr(cast, name))

    assert not Phrase.objects.exists()


def test_phrases_of_a_department_are_kept_by_its_speakers(cast):
    with pytest.raises(NotYours):
        keep(cast.supplies_clerk, department=cast.supplies)
    with pytest.raises(NotYours):
        keep(cast.supplies_head, department=cast.repair)
    phrase = keep(cast.supplies_liaison, department=cast.supplies)

    flows.change_phrase(phrase_id=phrase.pk, text="改过的话。", by=cast.supplies_head)
    for act in (lambda: flows.drop_phrase(phrase_id=phrase.pk, by=cast.supplies_clerk),
                lambda: flows.change_phrase(phrase_id=phrase.pk, text="别的话。", by=cast.officer)):  # fmt: skip
        with pytest.raises(NotYours):
            act()

    assert Phrase.objects.get().text == "改过的话。"


@pytest.mark.parametrize("text", ["", "  ", "长" * 201, AGREED])
def test_no_words_too_many_or_the_same_again_are_refused(cast, text):
    keep(cast.clerk)

    with pytest.raises(Invalid) as refusal:
        keep(cast.clerk, text)

    assert list(refusal.value.fields) == ["text"]
    assert Phrase.objects.count() == 1


def test_thirty_are_enough(cast):
    for number in range(30):
        keep(cast.clerk, f"第{number}句")

    with pytest.raises(NotReady, match="30"):
        keep(cast.clerk)


def test_they_are_managed_on_one_page(client, cast):
    client.force_login(cast.supplies_liaison)
    for given in (
        {"text": AGREED, "department": ""},
        {"text": "请补充预算依据。", "department": cast.supplies.pk},
    ):
        assert client.post("/organization/phrases/", given).status_code == 302
    own, shared = Phrase.objects.order_by("department")[:2]
    own, shared = (own, shared) if own.owner_id else (shared, own)

    html = client.get("/organization/phrases/").content.decode()
    assert AGREED in html
    assert "请补充预算依据。" in html
    client.post(f"/organization/phrases/{own.pk}/", {"text": "已阅。"})
    client.post(f"/organization/phrases/{shared.pk}/drop/")

    assert list(Phrase.objects.values_list("text", flat=True)) == ["已阅。"]


def test_what_others_keep_for_themselves_does_not_exist_here(client, cast):
    phrase = keep(cast.clerk)
    client.force_login(cast.officer)

    assert client.get(f"/organization/phrases/{phrase.pk}/").status_code == 404
    assert client.post(f"/organization/phrases/{phrase.pk}/drop/").status_code == 404
