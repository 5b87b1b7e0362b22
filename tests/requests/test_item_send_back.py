"""Sending back: defects and a new date; the original date stays, the rework is counted."""

from datetime import date

import pytest

from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.states import ItemState
from supervision.models import Obligation
from supervision.states import Kind, State
from tests.requests import world

NEW = date(2026, 9, 24)


def send_back(cast, item, *, by=None, defects="一人尺码不符。", due_on=NEW):
    with at_moment(world.moment(15)):
        return flows.send_back(item_id=item.pk, by=by or cast.officer, defects=defects, due_on=due_on)


def test_sent_back_gives_the_ball_to_the_owner_again(cast):
    item = send_back(cast, world.submitted(cast))

    assert (item.state, item.rework_count) == (ItemState.IN_PROGRESS, 1)
    assert world.owed(item, Kind.VERIFY) is None
    assert world.owed(item, Kind.EXECUTE).state == State.OPEN
    assert world.told(cast.supplies_clerk, "was sent back")


def test_sent_back_its_progress_is_again_what_was_last_reported(cast):
    item = world.started(cast)
    with at_moment(world.moment(14)):
        flows.report(item_id=item.pk, by=cast.supplies_clerk, percent=40, done="已下单。", **world.OUTLOOK)
        flows.submit_item(
            item_id=item.pk, by=cast.supplies_clerk, result="三人已签领。", evidence_note=world.SEEN
        )

    item = send_back(cast, item)

    assert item.percent == 40


def test_the_new_date_holds_and_the_original_stays(cast):
    item = send_back(cast, world.submitted(cast))

    execution = world.owed(item, Kind.EXECUTE)
    assert execution.due_at == world.moment(24, 17, 30)
    assert execution.original_due_at == world.moment(22, 17, 30)
    assert execution.due_version > 1


def test_a_second_round_counts_as_second_rework_and_is_late_by_the_original_date(cast):
    item = send_back(cast, world.submitted(cast))
    with at_moment(world.moment(23)):
        flows.submit_item(
            item_id=item.pk, by=cast.supplies_clerk, result="尺码已换。", evidence_note=world.SEEN
        )
    with at_moment(world.moment(23, 10)):
        item = flows.close_item(item_id=item.pk, by=cast.officer)

    assert (item.rework_count, item.is_on_time) == (1, False)
    assert Obligation.objects.of("item", item.pk).filter(kind=Kind.VERIFY, outcome="done").count() == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"defects": " "}, "defects"),
        ({"due_on": date(2026, 9, 14)}, "due_on"),
        ({"due_on": date(2026, 9, 26)}, "due_on"),
    ],
    ids=["no defects", "a day that has passed", "a holiday"],
)
def test_defects_and_a_possible_date_are_needed(cast, change, field):
    item = world.submitted(cast)

    with pytest.raises(Invalid) as refused:
        send_back(cast, item, **change)

    assert list(refused.value.fields) == [field]
    item.refresh_from_db()
    assert (item.state, item.rework_count) == (ItemState.SUBMITTED, 0)


@pytest.mark.parametrize("name", ["supplies_clerk", "supplies_liaison", "staffing_head", "auditor"])
def test_only_the_verifier_the_office_and_the_asking_side_send_back(cast, name):
    item = world.submitted(cast)

    with pytest.raises(NotYours):
        send_back(cast, item, by=getattr(cast, name))

    assert world.owed(item, Kind.VERIFY) is not None


def test_only_what_was_reported_done_is_sent_back(cast):
    with pytest.raises(NotReady):
        send_back(cast, world.started(cast))
