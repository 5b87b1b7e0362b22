"""Signing for an item: by its owner or the department's speakers, once; silence counts as receipt."""

import pytest

from audit.acting import SYSTEM, at_moment
from audit.models import TransitionLog
from audit.refusals import NotReady, NotYours
from requests import flows
from requests.models import ActionItem
from requests.states import ItemState, Receipt
from supervision.clock import light
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import world

MORNING = world.moment(14)


@pytest.mark.parametrize("name", ["supplies_clerk", "supplies_liaison", "supplies_head"])
def test_owner_liaison_and_head_sign_for_the_item(cast, name):
    item = world.issued(cast)

    with at_moment(MORNING):
        signed = flows.acknowledge(item_id=item.pk, by=getattr(cast, name))

    assert (signed.state, signed.receipt) == (ItemState.ACKNOWLEDGED, Receipt.REAL)
    assert signed.acknowledged_at == MORNING
    assert world.owed(item, Kind.RECEIPT) is None


@pytest.mark.parametrize("name", ["clerk", "staffing_liaison", "officer", "chair", "auditor", "system_admin"])
def test_nobody_else_signs_for_it(cast, name):
    item = world.issued(cast)

    with pytest.raises(NotYours), at_moment(MORNING):
        flows.acknowledge(item_id=item.pk, by=getattr(cast, name))

    item.refresh_from_db()
    assert item.state == ItemState.ISSUED
    assert world.owed(item, Kind.RECEIPT) is not None


def test_signing_late_moves_no_due_date(cast):
    item = world.issued(cast)
    due = world.owed(item, Kind.EXECUTE).due_at

    with at_moment(world.moment(16)):
        flows.acknowledge(item_id=item.pk, by=cast.supplies_clerk)

    execution = world.owed(item, Kind.EXECUTE)
    assert (execution.due_at, execution.since) == (due, world.moment(11, 10))


def test_it_is_signed_for_once(cast):
    item = world.issued(cast)
    with at_moment(MORNING):
        flows.acknowledge(item_id=item.pk, by=cast.supplies_clerk)

    with pytest.raises(NotReady):
        flows.acknowledge(item_id=item.pk, by=cast.supplies_liaison)

    assert TransitionLog.objects.of("item", item.pk).filter(verb="acknowledge").count() == 1


def test_an_item_unsigned_past_its_limit_counts_as_received(cast):
    """R101: and never signed for it becomes overdue all the same."""
    item = world.issued(cast)
    world.lapse(item, Kind.RECEIPT)

    with at_moment(world.moment(15)):
        assert flows.act_on_lapses(world.moment(15)) == 1
        assert flows.act_on_lapses(world.moment(15)) == 0

    item.refresh_from_db()
    assert (item.state, item.receipt) == (ItemState.ACKNOWLEDGED, Receipt.DEEMED)
    ended = Obligation.objects.of("item", item.pk).get(kind=Kind.RECEIPT)
    assert ended.outcome == "deemed"
    execution = world.owed(item, Kind.EXECUTE)
    assert execution.due_at == world.moment(22, 17, 30)
    assert light(execution, world.moment(23)).shape == "bad"


def test_a_limit_that_lapsed_on_a_signed_item_changes_nothing(cast):
    item = world.issued(cast)
    with at_moment(MORNING):
        flows.acknowledge(item_id=item.pk, by=cast.supplies_clerk)

    with at_moment(world.moment(15)):
        assert flows.deem_received(item_id=item.pk, by=SYSTEM) is None

    assert ActionItem.objects.get(pk=item.pk).receipt == Receipt.REAL


@pytest.mark.django_db(transaction=True)
def test_two_people_sign_at_once_and_one_is_told_it_is_signed(cast):
    item = world.issued(cast)

    results = world.both_at_once(
        lambda: flows.acknowledge(item_id=item.pk, by=cast.supplies_clerk),
        lambda: flows.acknowledge(item_id=item.pk, by=cast.supplies_liaison),
    )

    assert sorted(type(result).__name__ for result in results) == ["ActionItem", "NotReady"]
    assert TransitionLog.objects.of("item", item.pk).filter(verb="acknowledge").count() == 1


def test_an_owner_from_outside_signs_for_the_own_item_and_reports_on_it(cast):
    item = world.issued(cast, assignee=cast.outsider)

    with at_moment(MORNING):
        flows.acknowledge(item_id=item.pk, by=cast.outsider)
        report = flows.report(
            item_id=item.pk, by=cast.outsider, percent=40, done="样衣已送检。", next_step="取检验报告",
            next_on=world.DUE, difficulty="无", expected_on=world.DUE,
        )  # fmt: skip

    item.refresh_from_db()
    assert (item.state, item.percent, report.reported_by) == (ItemState.IN_PROGRESS, 40, cast.outsider)


def test_somebody_from_outside_does_not_sign_for_the_item_of_another(cast):
    item = world.issued(cast)

    with pytest.raises(NotYours), at_moment(MORNING):
        flows.acknowledge(item_id=item.pk, by=cast.outsider)
