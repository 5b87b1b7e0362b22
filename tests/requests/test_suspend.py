"""Suspending a matter: every clock stops and goes on with what was left."""

from datetime import date

import pytest

from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from supervision.states import Kind, State
from tests.requests import world

UNTIL = date(2026, 9, 24)


def suspend(cast, matter, *, by=None, **changes):
    given = {"reason": "等待合同谈判。", "until": UNTIL, "interim_measure": "借用备用劳保服。", **changes}
    with at_moment(world.moment(14)):
        return flows.suspend(matter_id=matter.pk, by=by or cast.office_head, **given)


def test_suspended_every_clock_of_the_matter_stands_still(cast):
    item = world.started(cast)

    matter = suspend(cast, item.matter)

    assert matter.is_suspended
    assert world.owed(item, Kind.EXECUTE).state == State.SUSPENDED
    assert world.owed(matter, Kind.RESTART).holder == cast.officer
    assert world.owed(matter, Kind.RESTART).state == State.OPEN


def test_resumed_the_item_has_as_many_working_days_left_as_before(cast):
    item = world.started(cast)
    suspend(cast, item.matter)

    with at_moment(world.moment(16)):
        matter = flows.resume(matter_id=item.matter_id, by=cast.officer)

    assert not matter.is_suspended
    execution = world.owed(item, Kind.EXECUTE)
    assert (execution.state, execution.due_at) == (State.OPEN, world.moment(24, 17, 30))
    assert execution.original_due_at == world.moment(22, 17, 30)
    assert world.owed(matter, Kind.RESTART) is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"interim_measure": " "}, "interim_measure"),
        ({"until": date(2026, 9, 14)}, "until"),
        ({"until": date(2026, 10, 30)}, "until"),
    ],
    ids=["no reason", "no interim measure", "not in the future", "more than 20 working days"],
)
def test_reason_interim_measure_and_a_near_restart_are_needed(cast, change, field):
    matter = world.executing(cast)

    with pytest.raises(Invalid) as refused:
        suspend(cast, matter, **change)

    assert list(refused.value.fields) == [field]
    matter.refresh_from_db()
    assert not matter.is_suspended


@pytest.mark.parametrize("name", ["officer", "clerk", "supplies_head", "chair", "auditor"])
def test_only_the_head_of_the_office_suspends(cast, name):
    matter = world.executing(cast)

    with pytest.raises(NotYours):
        suspend(cast, matter, by=getattr(cast, name))

    matter.refresh_from_db()
    assert not matter.is_suspended


def test_a_matter_is_suspended_once_and_only_under_way(cast):
    with pytest.raises(NotReady):
        suspend(cast, world.filed(cast))
    matter = suspend(cast, world.executing(cast))

    with pytest.raises(NotReady):
        suspend(cast, matter)


def test_nothing_moves_on_while_suspended(cast):
    matter = suspend(cast, world.prepared(cast))
    participant = matter.participants.get(department=cast.staffing)

    with pytest.raises(NotReady):
        flows.give_opinion(participant_id=participant.pk, by=cast.staffing_liaison, opinion="agree")
    with pytest.raises(NotReady):
        flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="已自行解决。")

    participant.refresh_from_db()
    assert participant.opinion == ""


def test_what_is_not_suspended_is_not_resumed(cast):
    with pytest.raises(NotReady):
        flows.resume(matter_id=world.executing(cast).pk, by=cast.office_head)
