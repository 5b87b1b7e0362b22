"""Cancelling an item: by the head of the office, with a reason; nothing of it is owed any more."""

import pytest

from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.states import ItemState
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import world


def cancel(cast, item, *, by=None, reason="合同已由总部统一修订。"):
    with at_moment(world.moment(14)):
        return flows.cancel_item(item_id=item.pk, by=by or cast.office_head, reason=reason)


def test_a_cancelled_item_owes_nothing_and_keeps_its_reason(cast):
    item = cancel(cast, world.started(cast))

    assert (item.state, item.cancel_reason) == (ItemState.CANCELLED, "合同已由总部统一修订。")
    assert not Obligation.objects.of("item", item.pk).open().exists()
    assert world.told(cast.supplies_clerk, "was cancelled")


def test_the_last_item_cancelled_asks_for_the_completion(cast):
    item = cancel(cast, world.started(cast))

    assert world.owed(item.matter, Kind.CLOSE_EXECUTION) is not None


def test_an_open_wish_for_a_later_date_falls_away(cast):
    item = world.started(cast)
    with at_moment(world.moment(14)):
        extension = flows.ask_extension(
            item_id=item.pk, by=cast.supplies_clerk, wished_on=world.moment(24).date(),
            reason="供应商晚到货。", progress="已下单。",
        )  # fmt: skip

    cancel(cast, item)

    extension.refresh_from_db()
    assert extension.state == "dropped"
    assert world.owed(extension, Kind.EXTENSION_REPLY) is None


def test_it_needs_a_reason(cast):
    item = world.started(cast)

    with pytest.raises(Invalid):
        cancel(cast, item, reason=" ")

    item.refresh_from_db()
    assert item.state == ItemState.IN_PROGRESS


@pytest.mark.parametrize("name", ["supplies_clerk", "supplies_head", "officer", "chair", "auditor"])
def test_nobody_else_cancels(cast, name):
    item = world.started(cast)

    with pytest.raises(NotYours):
        cancel(cast, item, by=getattr(cast, name))

    assert world.owed(item, Kind.EXECUTE) is not None


def test_what_is_closed_stays_closed(cast):
    item = world.submitted(cast)
    with at_moment(world.moment(14)):
        flows.close_item(item_id=item.pk, by=cast.officer)

    with pytest.raises(NotReady):
        cancel(cast, item)
