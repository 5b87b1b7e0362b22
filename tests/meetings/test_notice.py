"""Form F6: what the notice says, its material and until when it reaches people (M2), open talks (R123)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.acting import SYSTEM, as_actor
from audit.refusals import Invalid, NotReady, NotYours
from documents.models import File
from meetings import flows, house
from meetings.models import HouseRules, Material, Meeting
from requests import flows as requests
from tests.meetings import world


def add(cast, meeting, when="09-14 11:00", by=None, **changes):
    with world.on(when):
        return flows.add_material(
            meeting_id=meeting.pk, by=by or cast.officer, **{"uploads": [world.paper()], **changes}
        )


def test_f6_a_notice_has_the_rules_of_the_house_and_whoever_planned_it_is_asked(cast):
    meeting = world.planned(cast)

    assert meeting.leave_rules == house.leave_rules()
    assert meeting.contact == cast.officer


def test_f6_a_meeting_can_have_its_own_rules_and_contact(cast):
    meeting = world.planned(cast, leave_rules="不得请假。", contact=cast.secretary)

    assert (meeting.leave_rules, meeting.contact) == ("不得请假。", cast.secretary)


def test_f6_a_guest_from_outside_is_not_the_contact_person(cast):
    with pytest.raises(Invalid) as refusal:
        world.planned(cast, contact=cast.outsider)

    assert list(refusal.value.fields) == ["contact"]
    assert not Meeting.objects.exists()


def test_f6_the_rules_of_the_house_hold_for_what_is_planned_from_then_on(cast):
    matter = world.ready_matter(cast)
    old = world.planned(cast, matter=matter)
    with world.on("09-14 12:00"):
        flows.set_leave_rules(by=cast.office_head, leave_rules="请假须经分管领导同意。")
    new = world.planned(
        cast, matter=matter, starts_at=world.at("09-19 09:30"), ends_at=world.at("09-19 10:20")
    )

    old.refresh_from_db()
    assert (old.leave_rules != new.leave_rules, new.leave_rules) == (True, "请假须经分管领导同意。")


@pytest.mark.parametrize("who", ["officer", "secretary", "chair", "repair_head", "auditor"])
def test_f6_others_do_not_change_the_rules_of_the_house(cast, who):
    with pytest.raises(NotYours):
        flows.set_leave_rules(by=getattr(cast, who), leave_rules="随意。")

    assert not HouseRules.objects.exists()


def test_f6_rules_without_words_are_refused(cast):
    with pytest.raises(Invalid) as refusal:
        flows.set_leave_rules(by=cast.office_head, leave_rules="  ")

    assert list(refusal.value.fields) == ["leave_rules"]
    assert not HouseRules.objects.exists()


@pytest.mark.parametrize(
    ("kind", "urgency", "latest"),
    [
        ("special", "normal", "2026-09-17"), ("special", "urgent", "2026-09-17"), ("special", "extra", "2026-09-18"),
        ("regular", "normal", "2026-09-15"), ("joint", "normal", "2026-09-15"), ("talk", "normal", "2026-09-15"),
    ],
)  # fmt: skip
def test_m2_material_reaches_people_in_time_or_says_why_not(cast, kind, urgency, latest):
    meeting = world.planned(cast, kind=kind, urgency=urgency, items=[])
    in_time = date.fromisoformat(latest)
    [row] = add(cast, meeting)
    assert (row.due_on, row.is_late) == (in_time, False)
    if urgency == "extra":
        return

    with pytest.raises(Invalid) as refusal:
        add(cast, meeting, due_on=date(2026, 9, 18))
    assert list(refusal.value.fields) == ["late_reason"]
    assert Material.objects.count() == File.objects.count() == 1
    [late] = add(cast, meeting, due_on=date(2026, 9, 18), late_reason="盘点17日才完成")
    assert (late.is_late, late.agreed_by) == (True, None)


def test_m2_late_material_from_the_hand_of_the_chair_needs_no_reason(cast):
    meeting = world.planned(cast)
    [row] = add(cast, meeting, by=cast.office_head, due_on=date(2026, 9, 18))

    assert (row.is_late, row.agreed_by) == (True, cast.office_head)


@pytest.mark.parametrize("day", [date(2026, 9, 13), date(2026, 9, 19)])
def test_m2_material_comes_neither_before_today_nor_after_the_meeting(cast, day):
    meeting = world.planned(cast)
    with pytest.raises(Invalid) as refusal:
        add(cast, meeting, due_on=day, late_reason="盘点")

    assert list(refusal.value.fields) == ["due_on"]
    assert not Material.objects.exists()


def test_m2_the_database_knows_no_late_material_without_leave_or_reason(cast):
    [row] = add(cast, world.planned(cast))
    with pytest.raises(IntegrityError), transaction.atomic(), as_actor(SYSTEM):
        Material.objects.filter(pk=row.pk).update(is_late=True)


def test_f6_material_is_kept_with_its_hash_and_lies_in_the_dossier_of_its_topic(cast):
    meeting = world.planned(cast)
    item = meeting.items.first()
    [row] = add(cast, meeting, item=item)

    assert len(row.file.sha256) == 64
    assert File.objects.of_case(item.matter_id).get() == row.file


def test_f6_whoever_speaks_for_the_department_adds_material_to_its_topic_only(cast):
    meeting = world.called(cast)
    add(cast, meeting, by=cast.repair_head, item=meeting.items.first())

    with pytest.raises(NotYours):
        add(cast, meeting, by=cast.repair_head)
    with pytest.raises(NotYours):
        add(cast, meeting, by=cast.planning_head, item=meeting.items.first())
    assert Material.objects.count() == 1


def test_f6_material_stays_once_the_notice_is_out(cast):
    meeting = world.planned(cast)
    [row] = add(cast, meeting, item=meeting.items.first())
    with world.on("09-14 11:30"):
        flows.call(meeting_id=meeting.pk, by=cast.officer)
        with pytest.raises(NotReady):
            flows.remove_material(material_id=row.pk, by=cast.officer)
        with pytest.raises(NotReady):
            requests.remove_paper(file_id=row.file_id, by=cast.officer)

    assert File.objects.kept().get() == row.file


def test_f6_an_own_paper_is_taken_back_while_nobody_was_told(cast):
    meeting = world.planned(cast)
    [row] = add(cast, meeting)
    with world.on("09-14 11:30"):
        with pytest.raises(NotYours):
            flows.remove_material(material_id=row.pk, by=cast.office_head)
        flows.remove_material(material_id=row.pk, by=cast.officer)

    assert not meeting.material.kept().exists()


def test_f6_material_of_a_closed_topic_exists_for_its_readers_only(cast, client):
    meeting = world.called(cast, attendees=[cast.repair_head, cast.supplies_liaison, cast.planning_head])
    row = world.material(cast, meeting, meeting.items.first())
    with as_actor(SYSTEM):
        type(row.item.matter).objects.update(confidentiality="restricted")

    for user, status in ((cast.planning_head, 404), (cast.repair_head, 200)):
        client.force_login(user)
        paper = client.get(f"/meetings/{meeting.pk}/material/{row.pk}/")
        list(paper.streaming_content if paper.streaming else ())  # read to its end it closes itself
        assert paper.status_code == status
        assert (row.file.name in client.get(f"/meetings/{meeting.pk}/notice/").content.decode()) is (
            status == 200
        )


def test_f6_page_and_calendar_print_what_the_notice_asks(cast, client):
    meeting = world.called(
        cast, preparation="带库存数据", leave_rules="请假报主持人同意", contact=cast.secretary
    )
    world.material(cast, meeting)
    with as_actor(SYSTEM):
        type(cast.secretary).objects.filter(pk=cast.secretary.pk).update(phone="内线5002")
    client.force_login(cast.repair_head)

    page = client.get(f"/meetings/{meeting.pk}/notice/").content.decode()
    file = client.get(f"/meetings/{meeting.pk}/calendar.ics").content.decode().replace("\r\n ", "")
    for text in ("带库存数据", "请假报主持人同意", "何婷 内线5002", "2026-09-15"):
        assert text in page, text
        assert text in file, text
    assert "数据.txt" in page


def test_f6_material_comes_through_its_page_and_is_refused_there_in_the_same_words(cast, client):
    meeting = world.planned(cast)
    client.force_login(cast.officer)
    address = f"/meetings/{meeting.pk}/material/new/"
    with world.on("09-14 11:00"):
        late = client.post(address, {"uploads": world.paper(), "due_on": "2026-09-18"})
        done = client.post(address, {"uploads": world.paper(), "item": meeting.items.first().pk})

    assert (late.status_code, done.status_code) == (422, 302)
    assert list(late.context["form"].errors) == ["late_reason"]
    assert Material.objects.get().due_on == date(2026, 9, 17)


def test_r123_an_open_talk_decides_nothing(cast):
    talk = world.planned(cast, kind="talk", items=[])
    with world.on("09-14 11:00"), pytest.raises(Invalid) as refusal:
        flows.add_item(meeting_id=talk.pk, by=cast.officer, text="由谁采购？")

    assert list(refusal.value.fields) == ["kind"]
    assert not talk.items.exists()


def test_r123_a_meeting_with_something_to_decide_is_not_called_as_an_open_talk(cast):
    meeting = world.planned(cast)
    with world.on("09-14 11:00"):
        flows.change_plan(meeting_id=meeting.pk, by=cast.officer, kind="talk")
        with pytest.raises(NotReady):
            flows.call(meeting_id=meeting.pk, by=cast.officer)

    assert Meeting.objects.get().state == "planned"


def talked(cast, **words):
    talk = world.in_session(cast, kind="talk", items=[{"text": "协作中最难的是什么", "kind": "discussion"}])
    with world.on("09-18 09:40"):
        return flows.record_result(
            item_id=talk.items.get().pk,
            by=cast.secretary,
            **{"result": "noted", "discussion": "流程太长。", **words},
        )


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"discussion": "郑国栋说流程太长。"}, "discussion"),
        ({"result": "agreed", "resolution": "简化流程。"}, "result"),
    ],
)
def test_r123_the_notes_of_an_open_talk_name_nobody_and_agree_nothing(cast, words, field):
    with pytest.raises(Invalid) as refusal:
        talked(cast, **words)

    assert list(refusal.value.fields) == [field]
    assert not Meeting.objects.get().items.exclude(result="").exists()


def test_r123_what_was_said_in_an_open_talk_is_kept_without_names(cast):
    item = talked(cast)
    with world.on("09-18 10:20"):
        minutes = flows.close(meeting_id=item.meeting_id, by=cast.office_head)
        with pytest.raises(Invalid):
            flows.write_minutes(minutes_id=minutes.pk, by=cast.secretary, summary="林佳提了三条意见。")

    minutes.refresh_from_db()
    assert (item.discussion, minutes.summary) == ("流程太长。", "")
