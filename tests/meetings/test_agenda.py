"""Form F7: who presents, what was settled beforehand (R116), who is recused, topics after the cut-off (M2, R113)."""

import pytest

from audit.acting import SYSTEM, as_actor
from audit.refusals import Invalid, NotReady, NotYours
from meetings import document, flows
from meetings.models import AgendaItem, Meeting, PriorTalk
from notifications.models import Notice
from tests.meetings import world


def change(cast, item, by=None, **changes):
    names = ("text", "kind", "department", "presenter", "length", "suggestion")
    kept = {name: getattr(item, name) for name in names}
    with world.on("09-14 10:20"):
        return flows.change_item(item_id=item.pk, by=by or cast.officer, **{**kept, **changes})


def test_f7_the_head_of_the_department_that_puts_a_decision_presents_it(cast):
    matter = world.ready_matter(cast)
    question = matter.questions.first()
    meeting = world.planned(
        cast, matter=matter,
        items=[
            {"text": "由谁采购？", "question": question},
            {"text": "库存怎样？", "department": cast.supplies, "presenter": cast.supplies_liaison},
            {"text": "通报", "kind": "report", "department": cast.supplies},
        ],
    )  # fmt: skip

    presenters = [item.presenter for item in meeting.items.all()]
    assert presenters == [cast.repair_head, cast.supplies_liaison, None]


def test_f7_a_notice_names_every_decision_without_presenter_and_the_length_at_once(cast):
    meeting = world.planned(cast)
    first, second = meeting.items.all()
    change(cast, first, presenter=None, length=41)
    change(cast, second, presenter=None)
    with world.on("09-14 10:30"), pytest.raises(NotReady) as refusal:
        flows.call(meeting_id=meeting.pk, by=cast.officer)

    assert all(text in str(refusal.value) for text in (first.text, second.text, "50"))
    assert Meeting.objects.get().number is None
    assert not Notice.objects.filter(recipient=cast.repair_head, url_name="meetings:detail").exists()


def test_f7_a_called_decision_keeps_its_presenter(cast):
    item = world.called(cast).items.first()
    with pytest.raises(Invalid) as refusal:
        change(cast, item, presenter=None)

    assert list(refusal.value.fields) == ["presenter"]
    item.refresh_from_db()
    assert item.presenter == cast.repair_head


def test_f7_the_lengths_of_the_topics_add_up_to_the_meeting_at_most(cast):
    meeting = world.planned(cast)
    first, second = meeting.items.all()
    change(cast, first, length=25)
    change(cast, second, length=26)
    with world.on("09-14 10:30"):
        with pytest.raises(NotReady):
            flows.call(meeting_id=meeting.pk, by=cast.officer)
        change(cast, second, length=25)
        flows.call(meeting_id=meeting.pk, by=cast.officer)

    assert Meeting.objects.get().state == "called"


def test_f7_a_core_question_stays_something_to_decide(cast):
    item = world.planned(cast).items.first()
    with pytest.raises(Invalid) as refusal:
        change(cast, item, kind="report")

    assert list(refusal.value.fields) == ["kind"]


def test_f7_a_topic_is_put_differently_by_whoever_arranges_only(cast):
    item = world.planned(cast).items.first()
    with pytest.raises(NotYours):
        change(cast, item, by=cast.repair_head, text="另议")
    change(cast, item, text="由哪个部门采购三套？", suggestion="由物资部采购。")

    item.refresh_from_db()
    assert (item.text, item.suggestion) == ("由哪个部门采购三套？", "由物资部采购。")


def test_f7_the_chair_has_no_interest_in_a_topic(cast):
    item = world.planned(cast).items.first()
    with pytest.raises(Invalid) as refusal:
        change(cast, item, interested=[cast.office_head])

    assert "interested" in refusal.value.fields
    assert not item.interested.exists()


def test_f7_whoever_has_an_interest_verifies_nothing_and_is_noted_in_the_minutes(cast):
    meeting = world.in_session(cast)
    item = meeting.items.first()
    with as_actor(SYSTEM):
        item.interested.set([cast.supplies_head])
    with world.on("09-18 09:40"):
        with pytest.raises(Invalid) as refusal:
            world.agree(cast, item, actions=[world.action(cast, verifier=cast.supplies_head)])
        assert list(refusal.value.fields) == ["actions"]
        assert not item.actions.exists()
        for row in meeting.items.all():
            world.agree(cast, row)
    with world.on("09-18 10:20"):
        minutes = flows.close(meeting_id=meeting.pk, by=cast.office_head)

    assert document.of_minutes(minutes)["items"][0]["recused"] == [cast.supplies_head.name]


@pytest.mark.parametrize(
    ("who", "reads"),
    [("office_head", True), ("repair_head", True), ("supplies_liaison", True), ("planning_head", False),
     ("secretary", False), ("officer", False), ("auditor", False)],
)  # fmt: skip
def test_r116_what_was_settled_in_private_is_for_the_chair_and_the_sides(cast, client, who, reads):
    meeting = world.planned(cast, attendees=[cast.repair_head, cast.supplies_liaison, cast.planning_head])
    change(cast, meeting.items.first(), prior_talks="费用双方各半", prior_is_private=True)
    client.force_login(getattr(cast, who))
    with world.on("09-14 10:30"):
        flows.call(meeting_id=meeting.pk, by=cast.officer)
        pages = [client.get(f"/meetings/{meeting.pk}/{name}") for name in ("", "live/", "notice/")]
        api = client.get(f"/api/v1/meetings/{meeting.pk}/")

    assert ("费用双方各半" in pages[0].content.decode()) is reads
    assert ("费用双方各半" in pages[1].content.decode()) is reads
    assert all("费用双方各半" not in page.content.decode() for page in (pages[2], api))


def test_r116_what_is_not_private_is_read_by_the_table(cast, client):
    meeting = world.planned(cast, attendees=[cast.repair_head, cast.planning_head])
    change(cast, meeting.items.first(), prior_talks="费用双方各半")
    client.force_login(cast.planning_head)

    assert "费用双方各半" in client.get(f"/meetings/{meeting.pk}/").content.decode()


def test_r116_whoever_may_not_read_it_changes_the_topic_without_losing_it(cast, client):
    meeting = world.planned(cast)
    item = change(cast, meeting.items.first(), prior_talks="费用双方各半", prior_is_private=True)
    client.force_login(cast.officer)
    address = f"/meetings/{meeting.pk}/items/{item.pk}/change/"
    form = {"text": "由谁采购？", "kind": "decision", "presenter": cast.repair_head.pk, "length": 20}
    with world.on("09-14 10:30"):
        assert "费用双方各半" not in client.get(address).content.decode()
        assert client.post(address, form).status_code == 302

    assert PriorTalk.objects.get().text == "费用双方各半"
    assert AgendaItem.objects.get(pk=item.pk).text == "由谁采购？"


def test_r116_what_was_settled_beforehand_is_taken_out_with_its_words(cast):
    item = change(cast, world.planned(cast).items.first(), prior_talks="费用双方各半")
    change(cast, item, prior_talks="")

    assert not PriorTalk.objects.exists()


@pytest.mark.parametrize(
    ("kind", "when", "is_late"),
    [("regular", "09-11 17:30", False), ("regular", "09-11 17:31", True), ("joint", "09-14 10:30", True),
     ("special", "09-17 10:00", False)],
)  # fmt: skip
def test_m2_topics_are_collected_until_five_days_before_a_meeting_that_comes_round(cast, kind, when, is_late):
    matter = world.ready_matter(cast)
    with world.on("09-11 09:00"):
        meeting = world.planned(cast, matter=matter, kind=kind, items=[])
    with world.on(when):
        item = flows.add_item(meeting_id=meeting.pk, by=cast.officer, text="通报用工情况", kind="report")

    assert (item.is_late, item.waits_for_the_chair) == (is_late, is_late)


def late_topic(cast, by):
    meeting = world.planned(cast, kind="regular", items=[])
    with world.on("09-14 10:20"):
        return flows.add_item(meeting_id=meeting.pk, by=by, text="通报用工情况", kind="report")


def test_m2_a_topic_after_the_cut_off_waits_for_the_chair_before_the_notice(cast):
    item = late_topic(cast, cast.officer)
    with world.on("09-14 10:30"):
        with pytest.raises(NotReady, match="通报用工情况"):
            flows.call(meeting_id=item.meeting_id, by=cast.officer)
        with pytest.raises(NotYours):
            flows.agree_to_late_item(item_id=item.pk, by=cast.officer)
        assert Meeting.objects.get().state == "planned"
        flows.agree_to_late_item(item_id=item.pk, by=cast.office_head)
        flows.call(meeting_id=item.meeting_id, by=cast.officer)

    item.refresh_from_db()
    assert (item.agreed_by, Meeting.objects.get().state) == (cast.office_head, "called")


def test_m2_the_chair_puts_a_late_topic_by_the_own_word(cast):
    item = late_topic(cast, cast.office_head)

    assert (item.is_late, item.waits_for_the_chair, item.agreed_by) == (True, False, cast.office_head)


def test_m2_a_late_topic_put_after_the_notice_is_agreed_before_the_opening(cast):
    item = late_topic(cast, cast.office_head)
    with world.on("09-14 10:30"):
        flows.call(meeting_id=item.meeting_id, by=cast.officer)
        late = flows.add_item(meeting_id=item.meeting_id, by=cast.officer, text="另有一项", kind="report")
    with world.on("09-18 09:30"), pytest.raises(NotReady, match="另有一项"):
        flows.open_session(meeting_id=item.meeting_id, by=cast.office_head, quorum_reason="人未到齐")

    assert (Meeting.objects.get().state, late.waits_for_the_chair) == ("called", True)
    told = Notice.objects.filter(recipient=cast.office_head, sentence__contains="after the cut-off")
    assert told.count() == 1
