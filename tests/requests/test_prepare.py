"""R055, R056. Preparation: facts and questions, participants, delivery with receipt, opinions, lead time before the decision."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.flows.conditions import all_met
from requests.models import CoordinationRequest, Participant
from requests.states import Opinion, Role, Stage
from supervision.states import Kind
from tests.requests import pages_world, world


def write(cast, matter, *, by=None, **changes):
    with at_moment(world.moment(8)):
        return flows.write_preparation(
            matter_id=matter.pk, by=by or cast.officer, **{**world.PREPARATION, **changes}
        )


@pytest.mark.parametrize("name", ["officer", "supplies_liaison", "supplies_head"])
def test_the_office_and_the_lead_department_prepare(cast, name):
    matter = write(cast, world.accepted(cast), by=getattr(cast, name))

    assert matter.questions.get().text == world.PREPARATION["questions"][0]


@pytest.mark.parametrize("name", ["clerk", "staffing_liaison", "supplies_clerk", "auditor"])
def test_nobody_else_prepares(cast, name):
    matter = world.accepted(cast)

    with pytest.raises(NotYours):
        write(cast, matter, by=getattr(cast, name))

    assert not matter.questions.exists()


def test_without_a_core_question_nothing_is_kept(cast):
    matter = world.accepted(cast)

    with pytest.raises(Invalid):
        write(cast, matter, questions=[" "])

    matter.refresh_from_db()
    assert matter.facts == ""


def test_questions_are_kept_by_their_text(cast):
    matter = write(cast, world.accepted(cast), questions=["甲？", "乙？"])
    kept = matter.questions.get(text="乙？").pk

    write(cast, matter, questions=["乙？", "丙？"])

    assert list(matter.questions.values_list("text", flat=True)) == ["乙？", "丙？"]
    assert matter.questions.get(text="乙？").pk == kept


def test_material_is_delivered_only_when_everything_is_written(cast):
    """R043, R044: facts, scope, goal and questions stand first."""
    matter = world.accepted(cast)

    with pytest.raises(NotReady):
        flows.deliver_material(matter_id=matter.pk, by=cast.officer)

    assert not matter.participants.exclude(notified_at=None).exists()


def test_every_participant_owes_receipt_and_opinion(cast):
    """R045: a receipt and a limit for each department."""
    matter = world.prepared(cast)

    for participant in matter.participants.all():
        assert participant.notified_at == world.moment(8)
        assert world.owed(participant, Kind.RECEIPT).on_lapse == "deemed"
        assert world.owed(participant, Kind.OPINION).holder_department == participant.department
    assert world.told(cast.staffing_liaison, "opinion is asked for")


def test_r056_all_departments_have_one_deadline_and_stand_in_the_order_in_which_they_were_named(cast):
    matter = world.filed(cast)
    with at_moment(world.moment(7, 14, 30)):
        named = {"lead_department": cast.staffing, "co_departments": [cast.supplies, cast.planning]}
        flows.accept(matter_id=matter.pk, by=cast.officer, conditions=all_met(), **named, **world.ASSESSMENT)
    with at_moment(world.moment(8)):
        flows.write_preparation(matter_id=matter.pk, by=cast.officer, **world.PREPARATION)
        flows.deliver_material(matter_id=matter.pk, by=cast.officer)

    rows = list(matter.participants.select_related("department"))
    assert [row.department for row in rows] == [cast.staffing, cast.supplies, cast.planning]
    assert len({world.owed(row, Kind.OPINION).due_at for row in rows}) == 1


def test_a_second_delivery_does_not_ask_twice(cast):
    matter = world.prepared(cast)

    with at_moment(world.moment(8, 15)):
        flows.deliver_material(matter_id=matter.pk, by=cast.officer)

    participant = matter.participants.first()
    assert world.owed(participant, Kind.OPINION).since == world.moment(8)


def test_a_receipt_is_confirmed_once_and_by_the_department(cast):
    participant = world.prepared(cast).participants.get(department=cast.staffing)

    with pytest.raises(NotYours):
        flows.confirm_reading(participant_id=participant.pk, by=cast.supplies_liaison)
    with at_moment(world.moment(8, 10)):
        flows.confirm_reading(participant_id=participant.pk, by=cast.staffing_liaison)
    with at_moment(world.moment(8, 11)):
        read = flows.confirm_reading(participant_id=participant.pk, by=cast.staffing_head)

    assert (read.material_read_at, read.material_read_by) == (world.moment(8, 10), cast.staffing_liaison)
    assert world.owed(participant, Kind.RECEIPT) is None


def test_an_unconfirmed_receipt_lapses_as_received_but_the_opinion_is_still_owed(cast):
    participant = world.prepared(cast).participants.get(department=cast.staffing)
    world.lapse(participant, Kind.RECEIPT)

    with at_moment(world.moment(10)):
        assert flows.act_on_lapses(world.moment(10)) == 1

    assert world.owed(participant, Kind.RECEIPT) is None
    assert world.owed(participant, Kind.OPINION) is not None


@pytest.mark.parametrize("opinion", [Opinion.DISAGREE, Opinion.CONDITIONS])
def test_an_objection_needs_its_reason(cast, opinion):
    """R055: disagreeing and agreeing with conditions have their reason."""
    participant = world.prepared(cast).participants.get(department=cast.staffing)

    with pytest.raises(Invalid) as refused:
        flows.give_opinion(participant_id=participant.pk, by=cast.staffing_liaison, opinion=opinion)
    assert list(refused.value.fields) == ["reason"]
    assert world.owed(participant, Kind.OPINION) is not None

    with pytest.raises(IntegrityError), transaction.atomic(), as_actor(SYSTEM):
        Participant.objects.filter(pk=participant.pk).update(opinion=opinion)


@pytest.mark.parametrize("name", ["supplies_liaison", "officer", "clerk", "auditor"])
def test_a_department_speaks_for_itself_only(cast, name):
    """R056: no department writes another one's opinion, nor does anybody for it."""
    participant = world.prepared(cast).participants.get(department=cast.staffing)

    with pytest.raises(NotYours):
        flows.give_opinion(participant_id=participant.pk, by=getattr(cast, name), opinion=Opinion.AGREE)

    participant.refresh_from_db()
    assert participant.opinion == ""


def test_an_opinion_answers_receipt_and_opinion_and_can_be_changed(cast):
    participant = world.prepared(cast).participants.get(department=cast.staffing)
    for opinion in (Opinion.NO_COMMENT, Opinion.AGREE):
        flows.give_opinion(participant_id=participant.pk, by=cast.staffing_head, opinion=opinion)

    participant.refresh_from_db()
    assert participant.opinion == Opinion.AGREE
    assert world.owed(participant, Kind.RECEIPT) is None
    assert world.owed(participant, Kind.OPINION) is None
    assert world.told(cast.officer, "has given its opinion")


def start(cast, matter, *, moment, by=None, reason=""):
    with at_moment(moment):
        return flows.start_decision(matter_id=matter.pk, by=by or cast.officer, override_reason=reason)


def test_the_material_lies_there_two_working_days_before_the_decision(cast):
    """R045: the lead time."""
    matter = world.prepared(cast)

    with pytest.raises(NotReady):
        start(cast, matter, moment=world.moment(9, 17), reason="急")
    matter.refresh_from_db()
    assert matter.stage == Stage.PREPARATION

    assert start(cast, matter, moment=world.moment(10)).stage == Stage.DECISION
    assert world.owed(matter, Kind.PREPARE) is None
    assert world.owed(matter, Kind.DECIDE).holder_department == cast.office


def test_a_decision_that_has_to_wait_says_from_which_day_on_and_is_not_asked_for(cast, client):
    """R045: a normal matter cannot be hurried, so nobody is asked for the reason."""
    with at_moment(world.moment(8, 10)):
        matter = pages_world.answered(cast)
    client.force_login(cast.officer)

    with pytest.raises(NotReady, match="09-10"):
        start(cast, matter, moment=world.moment(9, 17), reason="急")
    with at_moment(world.moment(9, 17)):
        page = client.get(f"/requests/{matter.pk}/").content.decode()
        form = client.get(f"/requests/{matter.pk}/start-decision/").content.decode()
    with at_moment(world.moment(10)):
        later = client.get(f"/requests/{matter.pk}/").content.decode()

    asked = "各部门均已表态"
    assert (asked in page, asked in later) == (False, True)
    assert "override_reason" not in form


def test_an_urgent_matter_goes_on_sooner_with_a_reason(cast):
    matter = world.prepared(cast, urgency="urgent")

    with pytest.raises(Invalid) as refused:
        start(cast, matter, moment=world.moment(8, 15))
    assert list(refused.value.fields) == ["override_reason"]

    assert start(cast, matter, moment=world.moment(8, 15), reason="检修提前开工。").stage == Stage.DECISION


def test_the_decision_does_not_start_before_the_material_is_delivered(cast):
    matter = write(cast, world.accepted(cast))

    with pytest.raises(NotReady):
        start(cast, matter, moment=world.moment(10))

    matter.refresh_from_db()
    assert matter.stage == Stage.PREPARATION


def test_a_department_named_later_has_to_be_notified_first(cast):
    matter = world.prepared(cast)
    with at_moment(world.moment(9)):
        flows.change_participants(
            matter_id=matter.pk, by=cast.officer, lead_department=cast.supplies,
            co_departments=[cast.staffing, cast.planning],
        )  # fmt: skip

    with pytest.raises(NotReady):
        start(cast, matter, moment=world.moment(10))


def test_another_lead_can_be_named_and_there_is_always_one(cast):
    matter = world.prepared(cast)

    with at_moment(world.moment(9)):
        matter = flows.change_participants(
            matter_id=matter.pk,
            by=cast.officer,
            lead_department=cast.staffing,
            co_departments=[cast.supplies],
        )

    assert matter.lead_department == cast.staffing
    assert matter.participants.get(role=Role.LEAD).department == cast.staffing


def test_a_department_that_is_dropped_owes_no_opinion_any_more(cast):
    matter = world.prepared(cast)
    dropped = matter.participants.get(department=cast.staffing)

    with at_moment(world.moment(9)):
        flows.change_participants(
            matter_id=matter.pk, by=cast.officer, lead_department=cast.supplies, co_departments=[]
        )

    assert world.owed(dropped, Kind.OPINION) is None
    assert world.owed(dropped, Kind.RECEIPT) is None


def test_a_department_that_takes_part_no_longer_reads_no_longer(cast):
    matter = world.accepted(cast, confidentiality="restricted")
    seen = CoordinationRequest.objects.visible_to

    assert seen(cast.staffing_liaison).filter(pk=matter.pk).exists()
    with at_moment(world.moment(8)):
        flows.change_participants(
            matter_id=matter.pk, by=cast.officer, lead_department=cast.supplies, co_departments=[]
        )

    assert not seen(cast.staffing_liaison).filter(pk=matter.pk).exists()
    assert seen(cast.supplies_liaison).filter(pk=matter.pk).exists()


def test_the_applicant_hears_each_time_that_it_is_ready_to_be_decided(cast):
    matter = world.deciding(cast)
    with at_moment(world.moment(10, 14)):
        flows.send_back_to_preparation(matter_id=matter.pk, by=cast.office_head, reason="缺合同条款。")
    with at_moment(world.moment(11)):
        flows.start_decision(matter_id=matter.pk, by=cast.officer)

    assert cast.clerk.notices.filter(sentence__contains="is ready to be decided").count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_opinion_does_not_change_while_the_office_decides(cast):
    matter = world.deciding(cast)
    with at_moment(world.moment(10, 10)):
        world.draft_item(cast, matter)
    participant = matter.participants.get(department=cast.staffing)
    connection.close()
    decided, may_end = threading.Event(), threading.Event()

    def decide_slowly():
        with transaction.atomic(), at_moment(world.moment(11, 10)):
            flows.decide_as_office(matter_id=matter.pk, by=cast.office_head, resolution="由物资部采购。")
            decided.set()
            may_end.wait(1)

    def disagree():
        decided.wait(20)
        with at_moment(world.moment(11, 10)):
            flows.give_opinion(
                participant_id=participant.pk,
                by=cast.staffing_liaison,
                opinion=Opinion.DISAGREE,
                reason="不同意。",
            )

    _, refused = world.both_at_once(decide_slowly, disagree)

    assert isinstance(refused, NotReady)
    participant.refresh_from_db()
    assert participant.opinion == Opinion.AGREE
