"""Form F9: level, distribution, the order of the lists, who confirmed, what a decision topic must say."""

import pytest

from audit.acting import SYSTEM, as_actor
from audit.refusals import Invalid, NotReady
from meetings import document, flows
from meetings.models import Minutes
from notifications.models import Notice
from requests.models import CoordinationRequest
from tests.meetings import world


def raise_matter(level):
    with as_actor(SYSTEM):
        CoordinationRequest.objects.update(confidentiality=level)


def write(cast, minutes, **fields):
    with world.on("09-18 14:00"):
        return flows.write_minutes(minutes_id=minutes.pk, by=cast.secretary, **fields)


def published(cast, minutes, **fields):
    """From the draft to the publication."""
    write(cast, minutes, **fields)
    with world.on("09-18 15:00"):
        flows.send_for_confirmation(minutes_id=minutes.pk, by=cast.secretary)
        for row in minutes.confirmations.all():
            flows.confirm(minutes_id=minutes.pk, by=row.person)
        flows.sign(minutes_id=minutes.pk, by=cast.office_head)
        return flows.publish(minutes_id=minutes.pk, by=cast.secretary)


def readers(cast):
    names = (
        "repair_head",
        "repair_liaison",
        "planning_head",
        "staffing_head",
        "officer",
        "chair",
        "auditor",
        "records_admin",
    )
    return {name for name in names if Minutes.objects.visible_to(getattr(cast, name)).exists()}


@pytest.mark.parametrize(
    ("matter", "level"), [("public", "internal"), ("internal", "internal"), ("restricted", "restricted")]
)
def test_f9_a_draft_begins_at_the_level_of_its_strictest_matter(cast, matter, level):
    ready = world.ready_matter(cast)
    raise_matter(matter)

    assert world.closed(cast, matter=ready).confidentiality == level


def test_f9_minutes_are_never_more_open_than_a_matter_on_them(cast):
    matter = world.ready_matter(cast)
    raise_matter("restricted")
    minutes = world.closed(cast, matter=matter)
    with pytest.raises(Invalid) as refusal:
        write(cast, minutes, confidentiality="internal", summary="顺利")

    assert list(refusal.value.fields) == ["confidentiality"]
    minutes.refresh_from_db()
    assert (minutes.confidentiality, minutes.summary) == ("restricted", "")


def test_f9_a_matter_raised_meanwhile_stops_confirmation_signature_and_publication(cast):
    minutes = world.signed(cast)
    raise_matter("restricted")
    with world.on("09-18 16:00"):
        with pytest.raises(NotReady):
            flows.publish(minutes_id=minutes.pk, by=cast.secretary)
        flows.take_back(minutes_id=minutes.pk, by=cast.secretary, reason="事项已提级")
        with pytest.raises(Invalid):
            flows.send_for_confirmation(minutes_id=minutes.pk, by=cast.secretary)

    assert Minutes.objects.get().state == "drafting"


@pytest.mark.parametrize(
    ("level", "who"),
    [
        ("internal", {"repair_head", "repair_liaison", "staffing_head", "officer", "chair", "auditor", "records_admin"}),
        ("restricted", {"repair_head", "repair_liaison", "staffing_head", "officer", "chair", "auditor"}),
        ("confidential", {"repair_head", "staffing_head"}),
    ],
)  # fmt: skip
def test_f9_the_level_narrows_who_reads_the_minutes(cast, level, who):
    minutes = world.closed(cast)
    published(
        cast, minutes, confidentiality=level, distribution=[cast.repair, cast.supplies],
        distribution_people=[cast.repair_head, cast.staffing_head],
    )  # fmt: skip

    assert readers(cast) == who


def test_f9_what_strict_minutes_keep_back_the_page_of_the_meeting_keeps_back_too(cast, client):
    minutes = world.closed(cast)
    published(cast, minutes, confidentiality="restricted", distribution=[cast.repair], distribution_people=[])
    address = f"/meetings/{minutes.meeting_id}/"
    words = "同意采购三套"
    for user, reads in ((cast.repair_head, True), (cast.officer, True), (cast.records_admin, False)):
        client.force_login(user)
        for page in (client.get(address), client.get(f"/api/v1{address}")):
            assert page.status_code == 200
            assert (words in page.content.decode()) is reads, user.name
        assert (client.get(f"{address}minutes/").status_code == 200) is reads


def test_f9_minutes_go_to_everybody_invited_and_to_departments_with_a_topic(cast):
    minutes = world.closed(cast, guests=[cast.outsider])

    assert set(minutes.distribution_people.all()) == {
        cast.office_head, cast.secretary, cast.repair_head, cast.supplies_liaison, cast.outsider,
    }  # fmt: skip
    assert set(minutes.distribution.all()) >= {cast.repair, cast.supplies}


def test_f9_a_person_of_the_distribution_is_told_and_reads_what_is_published(cast):
    minutes = world.closed(cast)
    published(cast, minutes, distribution=[], distribution_people=[cast.staffing_head])

    told = Notice.objects.filter(number=Minutes.objects.get().number, sentence__contains="has been published")
    assert {notice.recipient for notice in told} == {cast.staffing_head}
    assert Minutes.objects.visible_to(cast.staffing_head).exists()
    assert not Minutes.objects.visible_to(cast.planning_head).exists()


def test_f9_the_lists_are_printed_in_the_order_attending_on_leave_sitting_in(cast, client):
    minutes = world.closed(
        cast, attendees=[cast.repair_head, cast.supplies_liaison, cast.planning_head], guests=[cast.outsider]
    )
    with as_actor(SYSTEM):
        minutes.meeting.invitations.filter(person=cast.planning_head).update(
            attendance="excused", arrived_at=None
        )
        minutes.meeting.invitations.filter(person=cast.outsider).update(attendance="present")
    client.force_login(cast.secretary)
    page = client.get(f"/meetings/{minutes.meeting_id}/minutes/").content.decode()

    at = [page.index(name) for name in ("出席", "郑国栋", "请假", "蒋志远", "列席", cast.outsider.name)]
    start = page.index("文号") if "文号" in page else 0
    assert at[2] < at[4]
    assert start <= at[2]
    text = document.of_minutes(minutes)
    assert [row["name"] for row in text["on_leave"]] == ["蒋志远"]
    assert [row["name"] for row in text["sitting_in"]] == [cast.outsider.name]


def test_f9_the_paper_prints_level_confirmations_common_ground_reservations_and_signer(cast, client):
    """R059: what all agree on and what a department keeps to are printed beside each other."""
    reserved = [{"department": cast.supplies, "text": "库存须先补足"}]
    minutes = world.closed(
        cast, second=lambda cast, item: world.disagree(cast, item, common_ground="都同意先借用")
    )
    with world.on("09-18 14:00"):
        first = minutes.meeting.items.first()
        flows.revise_item(
            item_id=first.pk, by=cast.secretary, resolution=first.resolution, reservations=reserved,
            actions=[world.action(cast)],
        )  # fmt: skip
    published(cast, minutes, next_meeting="10月中旬", summary="会议听取汇报")
    client.force_login(cast.repair_head)
    page = client.get(f"/meetings/{minutes.meeting_id}/minutes/").content.decode()

    for text in (
        "内部",
        "确认情况",
        "都同意先借用",
        "库存须先补足",
        "10月中旬",
        "会议听取汇报",
        "宋雅琴",
        "2026-09-18 15:00",
    ):
        assert text in page, text
    assert page.count("确认情况</h") == 1  # part of what was signed, so no longer beside it


@pytest.mark.parametrize("result", ["agreed", "in_principle", "not_agreed", "to_dispute", "noted"])
def test_f9_a_decision_topic_has_its_resolution_or_its_differences(cast, result):
    meeting = world.in_session(cast)
    with world.on("09-18 09:40"), pytest.raises(Invalid):
        flows.record_result(item_id=meeting.items.first().pk, by=cast.secretary, result=result)

    assert not meeting.items.exclude(result="").exists()


def test_f9_the_draft_page_offers_no_level_below_its_matters_and_says_so_to_whoever_sends_one(cast, client):
    matter = world.ready_matter(cast)
    raise_matter("restricted")
    minutes = world.closed(cast, matter=matter)
    client.force_login(cast.secretary)
    address = f"/meetings/{minutes.meeting_id}/minutes/draft/"
    with world.on("09-18 14:00"):
        offered = [
            value for value, _label in client.get(address).context["form"].fields["confidentiality"].choices
        ]
        lower = client.post(address, {"confidentiality": "internal"})
        kept = client.post(
            address, {"confidentiality": "restricted", "distribution_people": [cast.repair_head.pk]}
        )

    assert (offered, lower.status_code, kept.status_code) == (["restricted"], 422, 302)
    assert list(minutes.distribution_people.all()) == [cast.repair_head]


def test_f9_whoever_sent_a_substitute_that_came_is_not_on_leave(cast):
    minutes = world.closed(cast, attendees=[cast.repair_head, cast.supplies_liaison, cast.planning_head])
    seats = minutes.meeting.invitations
    with as_actor(SYSTEM):
        away = seats.get(person=cast.planning_head)
        seats.filter(pk=away.pk).update(attendance="excused", reply="substitute", arrived_at=None)
        seats.filter(person=cast.supplies_liaison).update(stands_for=away)

    text = document.of_minutes(minutes)
    assert text["on_leave"] == []
    assert [row["stands_for"] for row in text["attending"] if row["stands_for"]] == ["蒋志远"]
