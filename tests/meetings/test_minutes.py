"""M8 to M11: draft, confirmation, signature, publication."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from audit.acting import SYSTEM, as_actor
from audit.refusals import Invalid, NotReady, NotYours, Refusal
from meetings import document, flows
from meetings.flows.minutes import hash_of
from meetings.models import Meeting, Minutes
from meetings.next_steps import next_steps
from notifications.models import Notice
from organization import flows as organization
from requests import flows as requests
from requests.models import ActionItem, CoordinationRequest
from requests.states import Stage
from supervision.models import Obligation
from supervision.states import Kind
from tests import cast as the_cast
from tests.meetings import world


def test_a_draft_without_owner_date_or_standard_does_not_go_out(cast):
    """R061: a decision item has owner, due date and standard before anything is published."""
    incomplete = world.action(cast, assignee=None, due_on=None, standard="")
    minutes = world.closed(cast, second=lambda cast, item: world.agree(cast, item, actions=[incomplete]))
    with world.on("09-18 14:30"), pytest.raises(Invalid) as refusal:
        flows.send_for_confirmation(minutes_id=minutes.pk, by=cast.secretary)

    assert str(refusal.value).count("第2项行动项1") == 3
    assert not minutes.confirmations.exists()


def test_what_was_agreed_without_an_action_item_needs_its_reason(cast):
    """R061: or it is for information, with the reason."""
    minutes = world.closed(cast, second=lambda cast, item: world.agree(cast, item, actions=[]))
    item = minutes.meeting.items.last()
    with world.on("09-18 14:30"):
        with pytest.raises(Invalid):
            flows.send_for_confirmation(minutes_id=minutes.pk, by=cast.secretary)
        flows.revise_item(
            item_id=item.pk,
            by=cast.secretary,
            resolution=item.resolution,
            no_action_reason="已有现行合同条款",
        )
        flows.send_for_confirmation(minutes_id=minutes.pk, by=cast.secretary)

    assert Minutes.objects.get().state == "confirming"


def test_only_those_who_were_there_confirm(cast):
    minutes = world.sent(cast)
    with world.on("09-18 15:00"):
        for somebody in (cast.planning_head, cast.office_head, cast.secretary):
            with pytest.raises(NotYours):
                flows.confirm(minutes_id=minutes.pk, by=somebody)

    assert set(minutes.confirmations.values_list("state", flat=True)) == {"waiting"}


def test_the_chair_waits_for_everybody_or_for_the_limit(cast):
    minutes = world.sent(cast)
    with world.on("09-18 15:00"), pytest.raises(NotReady):
        flows.sign(minutes_id=minutes.pk, by=cast.office_head)

    assert Minutes.objects.get().number is None


def test_silence_counts_when_the_limit_has_passed(cast):
    minutes = world.sent(cast)
    with world.on("09-18 15:00"):
        flows.confirm(minutes_id=minutes.pk, by=cast.repair_head)
    Obligation.objects.filter(kind=Kind.MINUTES_CONFIRM)
    with world.on("09-23 09:00"):
        with as_actor(SYSTEM):
            Obligation.objects.open().filter(kind=Kind.MINUTES_CONFIRM).update(
                lapsed_at=world.at("09-22 17:30")
            )
        assert flows.act_on_lapses(world.at("09-23 09:00")) == 1
        assert flows.act_on_lapses(world.at("09-23 09:01")) == 0

    assert minutes.confirmations.get(person=cast.supplies_liaison).state == "no_reply"
    assert Obligation.objects.open().get(kind=Kind.MINUTES_SIGN).holder == cast.office_head


def test_an_objection_is_answered_before_the_signature(cast):
    minutes = world.sent(cast)
    with world.on("09-18 15:00"):
        word = flows.object_to_minutes(minutes_id=minutes.pk, by=cast.repair_head, text="金额有误")
        flows.confirm(minutes_id=minutes.pk, by=cast.supplies_liaison)
        with pytest.raises(NotReady):
            flows.sign(minutes_id=minutes.pk, by=cast.office_head)
        with pytest.raises(NotYours):
            flows.answer_objection(confirmation_id=word.pk, by=cast.repair_head, answer="好")
        flows.answer_objection(confirmation_id=word.pk, by=cast.secretary, answer="经核对录音，金额无误。")
        flows.sign(minutes_id=minutes.pk, by=cast.office_head)

    assert Minutes.objects.get().state == "signed"


def test_minutes_taken_back_are_confirmed_anew(cast):
    minutes = world.sent(cast)
    with world.on("09-18 15:00"):
        flows.confirm(minutes_id=minutes.pk, by=cast.repair_head)
        flows.take_back(minutes_id=minutes.pk, by=cast.secretary, reason="改正金额")
        flows.send_for_confirmation(minutes_id=minutes.pk, by=cast.secretary)

    assert set(minutes.confirmations.values_list("state", flat=True)) == {"waiting"}
    assert Minutes.objects.get().round == 2


@pytest.mark.parametrize("who", ["secretary", "officer", "chair", "repair_head"])
def test_nobody_but_the_chair_signs_and_never_the_recorder(cast, who):
    minutes = world.sent(cast)
    with world.on("09-18 15:00"):
        for row in minutes.confirmations.all():
            flows.confirm(minutes_id=minutes.pk, by=row.person)
        with pytest.raises(NotYours):
            flows.sign(minutes_id=minutes.pk, by=getattr(cast, who))

    assert Minutes.objects.get().signed_by is None


def test_the_database_knows_no_chair_who_records(cast):
    meeting = world.planned(cast)
    with pytest.raises(IntegrityError), transaction.atomic(), as_actor(SYSTEM):
        Meeting.objects.filter(pk=meeting.pk).update(recorder=meeting.chair)


def test_the_signed_text_is_kept_with_its_hash(cast):
    minutes = world.signed(cast)

    kept = Minutes.objects.get(pk=minutes.pk)
    assert kept.snapshot["number"] == kept.number == "纪〔2026〕1号"
    assert kept.snapshot["items"][0]["resolution"] == "同意采购三套，费用由检修部列支。"
    assert kept.sha256 == hash_of(kept.snapshot)


def test_the_signing_chair_does_not_publish(cast):
    minutes = world.signed(cast)
    with world.on("09-18 16:00"):
        for somebody in (cast.office_head, cast.repair_head, cast.auditor):
            with pytest.raises(NotYours):
                flows.publish(minutes_id=minutes.pk, by=somebody)

    assert not ActionItem.objects.exists()


def test_unsigned_minutes_are_not_published(cast):
    minutes = world.sent(cast)
    with world.on("09-18 16:00"), pytest.raises(NotReady):
        flows.publish(minutes_id=minutes.pk, by=cast.secretary)

    assert not ActionItem.objects.exists()


def test_a_date_that_has_passed_meanwhile_is_named_and_nothing_is_half_done(cast):
    minutes = world.signed(
        cast,
        second=lambda cast, item: world.agree(
            cast, item, actions=[world.action(cast, due_on=date(2026, 9, 21))]
        ),
    )
    with world.on("09-22 09:00"), pytest.raises(NotReady, match="第2项"):
        flows.publish(minutes_id=minutes.pk, by=cast.secretary)

    assert not ActionItem.objects.exists()
    assert Minutes.objects.get().state == "signed"


def test_whoever_was_on_leave_gets_the_minutes_and_confirms_once(cast):
    meeting = world.called(cast, attendees=[cast.repair_head, cast.supplies_liaison, cast.planning_head])
    with world.on("09-14 14:30"):
        flows.answer(meeting_id=meeting.pk, by=cast.planning_head, reply="leave", reason="出差")
    with world.on("09-18 09:29"):
        for row in meeting.invitations.filter(person__in=[cast.repair_head, cast.supplies_liaison]):
            flows.mark_arrival(invitation_id=row.pk, by=cast.secretary)
        flows.open_session(meeting_id=meeting.pk, by=cast.office_head)
        for item in meeting.items.all():
            world.agree(cast, item)
        minutes = flows.close(meeting_id=meeting.pk, by=cast.office_head)
        flows.send_for_confirmation(minutes_id=minutes.pk, by=cast.secretary)
        for row in minutes.confirmations.all():
            flows.confirm(minutes_id=minutes.pk, by=row.person)
        flows.sign(minutes_id=minutes.pk, by=cast.office_head)
        flows.publish(minutes_id=minutes.pk, by=cast.secretary)
        assert (
            Obligation.objects.open().get(kind=Kind.RECEIPT, subject_type="minutes").holder
            == cast.planning_head
        )
        flows.confirm_reading(minutes_id=minutes.pk, by=cast.planning_head)
        with pytest.raises(NotReady):
            flows.confirm_reading(minutes_id=minutes.pk, by=cast.planning_head)

    assert not Obligation.objects.open().of("minutes", minutes.pk).exists()


def test_the_liaisons_of_the_distribution_are_told(cast):
    minutes = world.published(cast)

    told = Notice.objects.filter(number=minutes.number, sentence__contains="published")
    assert {notice.recipient for notice in told} >= {
        cast.repair_liaison,
        cast.supplies_liaison,
        cast.repair_head,
    }


@pytest.mark.django_db(transaction=True)
def test_published_twice_at_once_the_items_go_out_once():
    cast = the_cast.build()
    minutes = world.signed(cast)
    gate, refused = threading.Barrier(2), []

    def publish(by):
        try:
            with world.on("09-18 16:00"):
                gate.wait()
                flows.publish(minutes_id=minutes.pk, by=by)
        except Refusal as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    people = [threading.Thread(target=publish, args=(by,)) for by in (cast.secretary, cast.officer)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert [type(refusal) for refusal in refused] == [NotReady]
    assert ActionItem.objects.count() == 2
    assert Minutes.objects.get().state == "published"


def test_minutes_wait_while_a_matter_that_they_settle_is_suspended(cast):
    minutes = world.signed(cast)
    matter = minutes.meeting.items.first().matter
    with world.on("09-18 15:30"):
        requests.suspend(
            matter_id=matter.pk, by=cast.office_head, reason="等待合同谈判。", until=date(2026, 9, 28),
            interim_measure="借用备用劳保服。",
        )  # fmt: skip

    with world.on("09-18 16:00"), pytest.raises(NotReady, match=r"suspended|中止"):
        flows.publish(minutes_id=minutes.pk, by=cast.secretary)

    matter.refresh_from_db()
    assert not matter.items.exists()
    with world.on("09-18 16:30"):
        requests.resume(matter_id=matter.pk, by=cast.office_head)
        flows.publish(minutes_id=minutes.pk, by=cast.secretary)
    matter.refresh_from_db()
    assert matter.stage == Stage.EXECUTION


def test_a_chair_who_filed_a_matter_of_the_meeting_does_not_sign(cast):
    minutes = world.sent(cast)
    with world.on("09-18 15:00"):
        for row in minutes.confirmations.all():
            flows.confirm(minutes_id=minutes.pk, by=row.person)
        with as_actor(SYSTEM):
            CoordinationRequest.objects.update(filed_by=cast.office_head)

        with pytest.raises(NotReady):
            flows.sign(minutes_id=minutes.pk, by=cast.office_head)

    minutes.refresh_from_db()
    assert minutes.signed_at is None


def test_the_keeper_hears_when_what_was_agreed_reaches_the_matter_no_more(cast):
    minutes = world.signed(cast)
    matter = minutes.meeting.items.first().matter
    with world.on("09-18 15:30"):
        requests.send_back_to_preparation(matter_id=matter.pk, by=cast.office_head, reason="缺合同条款。")
    with world.on("09-18 16:00"):
        flows.publish(minutes_id=minutes.pk, by=cast.secretary)

    assert not matter.items.exists()
    assert (
        Notice.objects.filter(recipient=matter.keeper, sentence__contains="did not take effect").count() == 2
    )


def test_the_minutes_are_issued_three_days_after_the_meeting_however_late_they_are_signed(cast):
    minutes = world.closed(cast)
    with world.on("09-21 17:00"):
        flows.send_for_confirmation(minutes_id=minutes.pk, by=cast.secretary)
    with world.on("09-22 17:00"):
        for row in minutes.confirmations.all():
            flows.confirm(minutes_id=minutes.pk, by=row.person)
        flows.sign(minutes_id=minutes.pk, by=cast.office_head)

    assert Obligation.objects.get(kind=Kind.MINUTES_ISSUE).due_at == world.at("09-22 17:30")


def test_it_is_the_recorders_turn_to_answer_an_objection(cast):
    minutes = world.sent(cast)
    with world.on("09-18 15:00"):
        word = flows.object_to_minutes(minutes_id=minutes.pk, by=cast.repair_head, text="金额有误")
    main = next_steps(Meeting.objects.get(pk=minutes.meeting_id), cast.secretary).main

    assert main.url == f"/meetings/{minutes.meeting_id}/minutes/words/{word.pk}/"


def test_edge_19_a_department_renamed_after_the_meeting_bears_its_old_name_in_the_minutes(cast):
    with world.on("09-01 09:00"), as_actor(SYSTEM):
        cast.supplies.save()  # its history begins
    minutes = world.closed(cast, second=world.disagree)
    with world.on("09-19 09:00"):
        organization.change_department(
            department_id=cast.supplies.pk, name="供应链部", kind=cast.supplies.kind, by=cast.system_admin,
            parent_id=cast.company.pk, leader_in_charge_id=None, order=12, is_coordination_office=False,
        )  # fmt: skip

    first, second = document.of_minutes(Minutes.objects.get(pk=minutes.pk))["items"]

    assert first["actions"][0]["department"] == "物资部"
    assert [row["department"] for row in second["differences"]] == ["检修部", "物资部"]
