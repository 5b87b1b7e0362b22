"""The sides write where they stand and talk; the record opens the way up."""

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import Invalid, NotReady, NotYours
from disputes import flows
from disputes.models import Dispute, NegotiationRecord
from disputes.states import DisputeState
from organization import flows as staff
from organization.states import PostKind
from requests import flows as matters
from supervision.models import Obligation
from tests.disputes import world


@pytest.fixture
def dispute(cast):
    return world.registered(cast)


def second_officer(cast):
    staff.appoint(
        user_id=cast.planning_liaison.pk, department_id=cast.office.pk, kind=PostKind.OFFICER,
        by=cast.system_admin,
    )  # fmt: skip
    return cast.planning_liaison


def test_a_record_names_who_talked_and_what_came_of_it(cast, dispute):
    with at_moment(world.moment(11, 16)):
        row = world.talk(cast, dispute)

    assert set(row.people.all()) == {cast.supplies_head, cast.staffing_head}
    assert Dispute.objects.get().state == DisputeState.NEGOTIATION


@pytest.mark.parametrize(
    ("field", "value"), [("people", []), ("text", " "), ("result", ""), ("held_at", world.moment(12))]
)
def test_an_incomplete_record_is_refused(cast, dispute, field, value):
    with at_moment(world.moment(11, 16)), pytest.raises(Invalid) as refusal:
        world.talk(cast, dispute, **{field: value})

    assert list(refusal.value.fields) == [field]
    assert not NegotiationRecord.objects.exists()


@pytest.mark.parametrize("person", ["planning_liaison", "clerk", "auditor"])
def test_strangers_record_nothing(cast, dispute, person):
    with at_moment(world.moment(11, 16)), pytest.raises(NotYours):
        world.talk(cast, dispute, by=getattr(cast, person))

    assert not NegotiationRecord.objects.exists()


def test_a_side_writes_its_own_position_in_its_own_words(cast, dispute):
    point = dispute.points.get()

    flows.state_position(
        point_id=point.pk, by=cast.staffing_head, department_id=cast.staffing.pk, position="可以先借。"
    )

    assert point.positions.get(party__department=cast.staffing).position == "可以先借。"


def test_a_side_does_not_write_the_other_sides_position(cast, dispute):
    point = dispute.points.get()

    with pytest.raises(NotYours):
        flows.state_position(
            point_id=point.pk, by=cast.staffing_head, department_id=cast.supplies.pk, position="我们付。"
        )

    assert point.positions.get(party__department=cast.supplies).position == "应由人力资源部列支"


def test_nobody_goes_up_who_has_not_talked(cast, dispute):
    with pytest.raises(NotReady, match="Talk to each other first"):
        flows.to_ruling(dispute_id=dispute.pk, by=cast.supplies_liaison)

    assert Dispute.objects.get().state == DisputeState.REGISTERED


def test_after_a_talk_either_side_asks_for_the_ruling(cast, dispute):
    with at_moment(world.moment(11, 16)):
        world.talk(cast, dispute)
        flows.to_ruling(dispute_id=dispute.pk, by=cast.staffing_liaison)

    found = Dispute.objects.get()
    assert (found.state, found.owner) == (DisputeState.RULING, cast.office_head)
    assert [duty.holder for duty in world.owed(found, "rule")] == [cast.office_head]
    assert not world.owed(found, "negotiate")


def lapse(dispute):
    with as_actor(SYSTEM):
        Obligation.objects.of("dispute", dispute.pk).filter(kind="negotiate").update(
            lapsed_at=world.moment(18, 18)
        )


def test_when_the_limit_passes_it_goes_up_by_itself_and_once(cast, dispute):
    lapse(dispute)

    with at_moment(world.moment(18, 18)):
        first = flows.act_on_lapses(world.moment(18, 18))
        second = flows.act_on_lapses(world.moment(18, 18))

    found = Dispute.objects.get()
    assert (first, second) == (1, 0)
    assert found.state == DisputeState.RULING
    assert {duty.outcome for duty in Obligation.objects.filter(kind="negotiate")} == {"lapsed"}


def test_an_open_dispute_whose_date_has_passed_is_chased_once_a_day(cast, dispute):
    for hour in (9, 15):
        with at_moment(world.moment(21, hour)):
            flows.act_on_lapses(world.moment(21, hour))

    assert cast.office_head.notices.filter(number=dispute.number, dedupe_key__contains="stuck").count() == 1


def test_while_the_sides_talk_the_dispute_follows_the_matter_to_its_new_keeper_once(cast, dispute):
    successor = second_officer(cast)
    with at_moment(world.moment(11, 15)):
        matters.change_keeper(
            matter_id=dispute.matter_id, by=cast.office_head, keeper=successor, reason="分工调整。"
        )

        first = flows.act_on_lapses(world.moment(11, 15))
        second = flows.act_on_lapses(world.moment(11, 15))

    assert (first, second) == (1, 0)
    assert Dispute.objects.get().owner == successor
    assert successor.notices.filter(number=dispute.number, dedupe_key__contains="owner").count() == 1


def test_a_dispute_before_its_ruler_stays_with_the_ruler_when_the_keeper_changes(cast, dispute):
    lapse(dispute)
    with at_moment(world.moment(18, 18)):
        flows.act_on_lapses(world.moment(18, 18))
        owner = Dispute.objects.get().owner
        matters.change_keeper(
            matter_id=dispute.matter_id, by=cast.office_head,
            keeper=second_officer(cast), reason="分工调整。",
        )  # fmt: skip

        flows.act_on_lapses(world.moment(18, 18))

    assert Dispute.objects.get().owner == owner
