"""Form F8: the sheet of who was there, as what, with whose signature, and by whose proxy (R118)."""

import pytest
from django.db import IntegrityError, transaction

from audit.acting import SYSTEM, as_actor
from audit.refusals import Invalid, NotReady, NotYours
from meetings import flows
from meetings.models import Invitation
from organization.models import User
from tests.meetings import world


def seat(meeting, person):
    return Invitation.objects.get(meeting=meeting, person=person)


def sign(meeting, person, by=None, when="09-18 09:20"):
    with world.on(when):
        return flows.sign_in(invitation_id=seat(meeting, person).pk, by=by or person)


def correct(cast, meeting, by=None, when="09-18 09:40", **line):
    with world.on(when):
        return flows.correct_seat(
            invitation_id=seat(meeting, cast.repair_head).pk, by=by or cast.secretary, **line
        )


def test_f8_a_person_sits_once_at_a_meeting(cast):
    meeting = world.called(cast)
    with pytest.raises(IntegrityError), transaction.atomic(), as_actor(SYSTEM):
        Invitation.objects.create(meeting=meeting, person=cast.repair_head)

    assert meeting.invitations.filter(person=cast.repair_head).count() == 1


def test_f8_the_seat_keeps_the_position_of_that_day(cast):
    meeting = world.called(cast)
    with as_actor(SYSTEM):
        User.objects.filter(pk=cast.repair_head.pk).update(title="检修部主任")
    sign(meeting, cast.repair_head)
    with as_actor(SYSTEM):
        User.objects.filter(pk=cast.repair_head.pk).update(title="副总经理")

    assert seat(meeting, cast.repair_head).post == "检修部主任"
    assert seat(meeting, cast.supplies_liaison).post


def test_f8_the_own_click_is_the_signature_and_brings_the_person_in(cast):
    meeting = world.called(cast)
    sign(meeting, cast.repair_head)

    row = seat(meeting, cast.repair_head)
    assert (row.signed_by, row.signed_at) == (cast.repair_head, world.at("09-18 09:20"))
    assert (row.attendance, row.arrived_at) == ("present", world.at("09-18 09:20"))


def test_f8_who_was_marked_by_the_recorder_still_signs_and_keeps_the_time(cast):
    meeting = world.in_session(cast)
    assert seat(meeting, cast.repair_head).signed_at is None
    sign(meeting, cast.repair_head, when="09-18 09:50")

    row = seat(meeting, cast.repair_head)
    assert (row.arrived_at, row.signed_at) == (world.at("09-18 09:25"), world.at("09-18 09:50"))


def test_f8_nobody_signs_for_somebody_else_not_even_the_recorder(cast):
    meeting = world.called(cast)
    for somebody in (cast.secretary, cast.office_head, cast.supplies_liaison):
        with pytest.raises(NotYours):
            sign(meeting, cast.repair_head, by=somebody)

    assert seat(meeting, cast.repair_head).signed_at is None
    with pytest.raises(IntegrityError), transaction.atomic(), as_actor(SYSTEM):
        Invitation.objects.filter(person=cast.repair_head).update(
            signed_by=cast.secretary, signed_at=world.at("09-18 09:20")
        )


@pytest.mark.parametrize("when", ["09-18 08:29", "09-17 15:00"])
def test_f8_signing_opens_one_hour_before_the_meeting(cast, when):
    meeting = world.called(cast)
    with pytest.raises(NotReady):
        sign(meeting, cast.repair_head, when=when)

    assert seat(meeting, cast.repair_head).attendance == "open"


def test_f8_one_signs_once(cast):
    meeting = world.called(cast)
    sign(meeting, cast.repair_head)
    with pytest.raises(NotReady):
        sign(meeting, cast.repair_head, when="09-18 09:21")

    assert seat(meeting, cast.repair_head).signed_at == world.at("09-18 09:20")


def test_f8_the_proxy_says_who_empowered_whom_for_what(cast):
    meeting = world.called(cast)
    with world.on("09-14 14:30"):
        flows.answer(
            meeting_id=meeting.pk, by=cast.repair_head, reply="substitute", substitute=cast.repair_liaison,
            proxy_text="可就采购方案表态", proxy_file=world.paper("委托书.txt"),
        )  # fmt: skip

    row = seat(meeting, cast.repair_liaison)
    assert (row.stands_for.person, row.proxy_text, row.proxy_file.name) == (
        cast.repair_head, "可就采购方案表态", "委托书.txt",
    )  # fmt: skip


def test_f8_a_proxy_that_cannot_be_taken_sends_nobody(cast):
    meeting = world.called(cast)
    with world.on("09-14 14:30"), pytest.raises(Invalid) as refusal:
        flows.answer(
            meeting_id=meeting.pk, by=cast.repair_head, reply="substitute", substitute=cast.repair_liaison,
            proxy_file=world.paper("委托书.exe"),
        )  # fmt: skip

    assert list(refusal.value.fields) == ["proxy_file"]
    assert not meeting.invitations.filter(person=cast.repair_liaison).exists()
    assert seat(meeting, cast.repair_head).reply == "waiting"


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"attendance": "present"}, "arrived_at"), ({"attendance": "somewhere"}, "attendance"),
        ({"attendance": "absent", "arrived_at": world.at("09-18 09:30")}, "arrived_at"),
        ({"attendance": "left", "arrived_at": world.at("09-18 09:30")}, "left_at"),
        ({"attendance": "left", "arrived_at": world.at("09-18 09:30"), "left_at": world.at("09-18 09:20")}, "left_at"),
        ({"attendance": "late", "arrived_at": world.at("09-18 09:35"), "left_at": world.at("09-18 09:50")}, "left_at"),
    ],
)  # fmt: skip
def test_f8_a_line_that_contradicts_itself_is_refused(cast, line, field):
    meeting = world.in_session(cast)
    with pytest.raises(Invalid) as refusal:
        correct(cast, meeting, **line)

    assert list(refusal.value.fields) == [field]
    assert seat(meeting, cast.repair_head).attendance == "present"


def test_f8_the_recorder_alone_puts_a_line_right_and_says_why(cast):
    meeting = world.in_session(cast)
    line = {"attendance": "late", "arrived_at": world.at("09-18 09:35"), "remark": "路上堵车"}
    with pytest.raises(NotYours):
        correct(cast, meeting, by=cast.office_head, **line)
    correct(cast, meeting, **line)

    row = seat(meeting, cast.repair_head)
    assert (row.attendance, row.arrived_at, row.remark) == ("late", world.at("09-18 09:35"), "路上堵车")


def test_f8_who_has_signed_is_not_made_absent(cast):
    meeting = world.in_session(cast)
    sign(meeting, cast.repair_head, when="09-18 09:35")
    with pytest.raises(Invalid):
        correct(cast, meeting, attendance="absent")

    assert seat(meeting, cast.repair_head).attendance == "present"


def test_f8_the_sheet_stands_once_the_draft_is_out(cast):
    minutes = world.sent(cast)
    with pytest.raises(NotReady):
        correct(cast, minutes.meeting, when="09-18 15:00", attendance="absent")

    assert seat(minutes.meeting, cast.repair_head).attendance == "present"


def test_f8_the_sheet_prints_post_proxy_signature_and_remark(cast, client):
    meeting = world.called(cast)
    with world.on("09-14 14:30"):
        flows.answer(
            meeting_id=meeting.pk, by=cast.repair_head, reply="substitute", substitute=cast.repair_liaison,
            proxy_text="可就采购方案表态", proxy_file=world.paper("委托书.txt"),
        )  # fmt: skip
    sign(meeting, cast.repair_liaison)
    row = seat(meeting, cast.repair_liaison)
    client.force_login(cast.secretary)
    with world.on("09-18 09:30"):
        line = {"attendance": "present", "arrived_at": "2026-09-18 09:20", "remark": "持委托书到会"}
        assert client.post(f"/meetings/{meeting.pk}/seats/{row.pk}/", line).status_code == 302
        page = client.get(f"/meetings/{meeting.pk}/sheet/").content.decode()
        paper = client.get(f"/meetings/{meeting.pk}/seats/{row.pk}/proxy/")
        list(paper.streaming_content)

    assert paper.status_code == 200
    for text in (
        row.post,
        "可就采购方案表态",
        "委托书.txt",
        "郑国栋",
        "2026-09-18 09:20",
        "持委托书到会",
        "代会",
    ):
        assert text in page, text
