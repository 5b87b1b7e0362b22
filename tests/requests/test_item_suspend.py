"""A12: an item is set aside for a while: its clocks stand still, its state stays, somebody looks at it again."""

from datetime import date

import pytest
import time_machine

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.duties import step_of_duty
from requests.late_items import late_items
from requests.states import ItemState
from supervision.flows import hand_over
from supervision.models import Obligation
from supervision.states import Kind, State
from tests.requests import plan_world, world

UNTIL = date(2026, 9, 24)


def suspend(cast, item, *, by=None, day=14, **changes):
    given = {"reason": "等待厂家答复。", "until": UNTIL, **changes}
    with at_moment(world.moment(day)):
        return flows.suspend_item(item_id=item.pk, by=by or cast.office_head, **given)


def resume(cast, item, *, by=None, day=16):
    with at_moment(world.moment(day)):
        return flows.resume_item(item_id=item.pk, by=by or cast.officer)


def test_everything_owed_on_it_stands_still_and_the_keeper_looks_again_after_ten_working_days(cast):
    item = suspend(cast, world.started(cast))

    look = world.owed(item, Kind.RESTART)
    assert (item.state, item.is_suspended) == (ItemState.IN_PROGRESS, True)
    assert {world.owed(item, kind).state for kind in (Kind.EXECUTE, Kind.PROGRESS)} == {State.SUSPENDED}
    assert (look.holder, look.state, look.due_at.date()) == (cast.officer, State.OPEN, date(2026, 9, 28))
    assert step_of_duty(look).url == f"/items/{item.pk}/"
    assert world.told(cast.supplies_clerk, "is suspended until about")
    assert world.told(cast.clerk, "is suspended until about")


def test_the_other_items_of_the_matter_go_on(cast):
    first, second = (row.item for row in plan_world.in_force(cast).tasks.filter(wbs__in=["1.1", "1.2"]))
    with at_moment(world.moment(18)):
        flows.issue_due_tasks(world.moment(18))

    suspend(cast, first, day=18)

    assert world.owed(second, Kind.EXECUTE).state == State.OPEN


def test_resumed_it_has_as_many_working_days_left_as_before_and_its_original_date(cast):
    item = suspend(cast, world.started(cast))

    item = resume(cast, item)

    execution = world.owed(item, Kind.EXECUTE)
    assert (item.is_suspended, item.suspension_reason) == (False, "")
    assert (execution.state, execution.due_at) == (State.OPEN, world.moment(24, 17, 30))
    assert execution.original_due_at == world.moment(22, 17, 30)
    assert world.owed(item, Kind.RESTART) is None
    assert world.told(cast.supplies_clerk, "goes on")


def test_nothing_is_done_on_it_meanwhile_and_nobody_is_reminded(cast):
    item = suspend(cast, world.issued(cast))

    for act in (
        lambda: flows.acknowledge(item_id=item.pk, by=cast.supplies_clerk),
        lambda: flows.report(
            item_id=item.pk, by=cast.supplies_clerk, percent=10, done="已询价。", difficulty="无"
        ),
        lambda: flows.ask_status(item_id=item.pk, by=cast.clerk),
        lambda: flows.remind(item_ids=[item.pk], by=cast.officer),
    ):
        with at_moment(world.moment(15)), pytest.raises(NotReady, match=r"suspended|暂缓"):
            act()

    item.refresh_from_db()
    assert item.state == ItemState.ISSUED
    with at_moment(world.moment(15)), as_actor(SYSTEM):
        assert flows.deem_received(item_id=item.pk, by=SYSTEM) is None


def test_it_is_not_late_while_it_is_suspended(cast):
    item = suspend(cast, world.started(cast))

    assert late_items(item.matter, world.moment(25)) == []


def test_suspended_for_longer_the_next_look_is_owed_anew(cast):
    item = suspend(cast, world.started(cast))

    item = suspend(cast, item, day=22, until=date(2026, 10, 16), reason="厂家推迟答复。")

    assert (item.suspended_until, item.suspended_since) == (date(2026, 10, 16), world.moment(14))
    assert world.owed(item, Kind.RESTART).due_at.date() == date(2026, 10, 13)


def look_again(item, by, *, day=22, reason="厂家仍未答复。"):
    with at_moment(world.moment(day)):
        return flows.stay_suspended(item_id=item.pk, by=by, reason=reason)


def test_whoever_looks_and_finds_that_it_cannot_go_on_owes_the_next_look_ten_working_days_on(cast):
    item = suspend(cast, world.started(cast), until=date(2026, 10, 16))
    first = world.owed(item, Kind.RESTART)

    item = look_again(item, cast.officer)

    next_one = world.owed(item, Kind.RESTART)
    first.refresh_from_db()
    assert (first.state, item.is_suspended) == (State.DISCHARGED, True)
    assert (next_one.holder, next_one.due_at.date()) == (cast.officer, date(2026, 10, 13))
    assert TransitionLog.objects.get(verb="stay_suspended").reason == "厂家仍未答复。"


def test_the_next_look_is_at_the_latest_on_the_day_of_the_restart(cast):
    item = suspend(cast, world.started(cast))

    look_again(item, cast.officer, day=16)

    assert world.owed(item, Kind.RESTART).due_at == world.moment(24, 17, 30)


def test_whoever_the_look_was_handed_to_finds_the_button_and_nobody_else(cast, client):
    item = suspend(cast, world.started(cast))
    with as_actor(SYSTEM):
        hand_over(obligation_id=world.owed(item, Kind.RESTART).pk, holder=cast.office_head)

    with time_machine.travel(world.moment(16), tick=False):
        pages = []
        for person in (cast.office_head, cast.officer):
            client.force_login(person)
            pages.append(client.get(f"/items/{item.pk}/").content.decode())

    assert [f'href="/items/{item.pk}/stay-suspended/"' in page for page in pages] == [True, False]
    with pytest.raises(NotYours):
        look_again(item, cast.officer, day=16)


@pytest.mark.parametrize(
    ("day", "reason", "refusal"),
    [(16, " ", Invalid), (24, "厂家仍未答复。", NotReady)],
    ids=["no reason", "the day of the restart has come"],
)
def test_a_look_that_is_none_moves_nothing(cast, day, reason, refusal):
    item = suspend(cast, world.started(cast))

    with pytest.raises(refusal):
        look_again(item, cast.officer, day=day, reason=reason)

    assert world.owed(item, Kind.RESTART).due_at.date() == date(2026, 9, 28)


def test_a_wish_for_a_later_date_falls_away(cast):
    item = world.started(cast)
    with at_moment(world.moment(12)):
        wish = flows.ask_extension(
            item_id=item.pk,
            by=cast.supplies_clerk,
            wished_on=date(2026, 9, 24),
            reason="等货。",
            progress="已下单。",
        )

    suspend(cast, item)

    assert world.owed(wish, Kind.EXTENSION_REPLY) is None


def test_cancelled_while_suspended_it_owes_nothing_any_more(cast):
    item = suspend(cast, world.started(cast))

    with at_moment(world.moment(15)):
        item = flows.cancel_item(item_id=item.pk, by=cast.office_head, reason="不再需要。")

    assert (item.state, item.is_suspended) == (ItemState.CANCELLED, False)
    assert not Obligation.objects.of("item", item.pk).open().exists()


def test_a_plan_that_moves_its_date_starts_no_clock(cast):
    second = plan_world.second_version(cast)
    first, other = (
        second.tasks.select_related("item", "owner", "milestone").get(wbs=wbs) for wbs in ("1.1", "1.2")
    )
    suspend(cast, first.item, day=15)
    moved = {"task_id": first.pk, "milestone": first.milestone}
    with at_moment(world.moment(15, 10)):
        plan_world.write_task(
            cast, second, "1.1", first.name, first.owner, first.begins_on, other.ends_on, **moved
        )
        plan_world.write_task(
            cast, second, "1.2", other.name, other.owner, other.ends_on, other.ends_on, task_id=other.pk
        )
        plan_world.approve(cast, second)
    assert world.owed(first.item, Kind.EXECUTE).state == State.SUSPENDED
    assert (
        not Obligation.objects.of("item", first.item_id).filter(kind=Kind.PROGRESS, state=State.OPEN).exists()
    )


@pytest.mark.parametrize("name", ["supplies_clerk", "supplies_head", "officer", "clerk", "auditor"])
def test_nobody_but_the_head_of_the_office_and_the_chair_suspends(cast, name):
    item = world.started(cast)

    with pytest.raises(NotYours):
        suspend(cast, item, by=getattr(cast, name))

    assert world.owed(item, Kind.EXECUTE).state == State.OPEN


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"until": date(2026, 9, 14)}, "until"),
        ({"until": date(2026, 10, 30)}, "until"),
    ],
    ids=["no reason", "not in the future", "more than 20 working days"],
)
def test_it_takes_a_reason_and_a_near_restart(cast, change, field):
    item = world.started(cast)

    with pytest.raises(Invalid) as refusal:
        suspend(cast, item, **change)

    assert set(refusal.value.fields) == {field}
    assert world.owed(item, Kind.EXECUTE).state == State.OPEN


def test_what_is_being_checked_is_not_suspended(cast):
    item = world.submitted(cast)

    with pytest.raises(NotReady):
        suspend(cast, item)

    assert world.owed(item, Kind.VERIFY).state == State.OPEN
