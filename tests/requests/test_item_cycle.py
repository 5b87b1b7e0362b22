"""The progress cycle (R085): who works on an item says a word every few working days; what it foretells turns the light."""

from datetime import date

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import Invalid
from requests import flows, register
from supervision import flows as supervision
from supervision.clock import light
from supervision.models import Obligation, Reminder
from supervision.states import Kind, State, Step
from tests.requests import world

# Issued on 2026-09-11, due on 2026-09-22; the cycle of five working days ends on 2026-09-18. Sunday 09-20 is worked.
FAR = date(2026, 10, 15)


def report(cast, item, moment, **changes):
    given = {
        "percent": 60,
        "done": "已询价三家。",
        **world.OUTLOOK,
        "next_on": FAR,
        "expected_on": FAR,
        **changes,
    }
    with at_moment(moment):
        return flows.report(item_id=item.pk, by=cast.supplies_clerk, **given)


def owed(item):
    return world.owed(item, Kind.PROGRESS)


def shape(item, moment):
    return light(world.owed(item, Kind.EXECUTE), moment).shape


def test_an_issued_item_owes_its_first_report_a_cycle_later(cast):
    """R085: five working days."""
    duty = owed(world.issued(cast))

    assert (duty.holder, duty.due_at) == (cast.supplies_clerk, world.moment(18, 17, 30))


@pytest.mark.parametrize(
    ("urgency", "due_at"), [("urgent", world.moment(15, 17, 30)), ("extra", world.moment(14, 17, 30))]
)
def test_the_more_urgent_the_shorter_the_cycle(cast, urgency, due_at):
    """R085: two working days, one working day."""
    assert owed(world.issued(cast, urgency=urgency)).due_at == due_at


def test_an_item_may_have_a_cycle_of_its_own(cast):
    """F10"""
    assert owed(world.issued(cast, report_every=3)).due_at == world.moment(16, 17, 30)


@pytest.mark.parametrize("days", [0, 61])
def test_a_cycle_that_makes_no_sense_is_refused_beside_its_field(cast, days):
    """F10"""
    matter = world.deciding(cast)

    with at_moment(world.moment(10, 10)), pytest.raises(Invalid) as refused:
        world.draft_item(cast, matter, report_every=days)

    assert list(refused.value.fields) == ["report_every"]
    assert not matter.items.exists()


def test_an_item_that_ends_within_the_cycle_owes_no_report_of_its_own(cast):
    assert owed(world.issued(cast, due_on=date(2026, 9, 18))) is None


def test_a_report_ends_the_cycle_and_begins_the_next(cast):
    """R085"""
    item = world.started(cast, due_on=FAR)
    first = owed(item)

    report(cast, item, world.moment(16))

    first.refresh_from_db()
    assert (first.outcome, owed(item).due_at) == ("done", world.moment(22, 17, 30))


def test_a_missed_cycle_turns_the_light_yellow_though_the_date_is_far(cast):
    """R085"""
    item = world.started(cast, due_on=FAR)

    assert shape(item, world.moment(18, 17)) == "ok"
    assert shape(item, world.moment(18, 17, 31)) == "warn"
    assert "未按期反馈" in light(world.owed(item, Kind.EXECUTE), world.moment(21)).words
    yellow = Obligation.objects.with_light(
        world.moment(21), {key: world.moment(21) for key in ("normal", "urgent", "extra", "lapse")}
    )
    assert yellow.get(pk=world.owed(item, Kind.EXECUTE).pk).shape == "warn"


def test_the_report_that_comes_after_all_turns_it_green_again(cast):
    """R085"""
    item = world.started(cast, due_on=FAR)

    report(cast, item, world.moment(21))

    assert shape(item, world.moment(21, 10)) == "ok"


def test_a_missed_cycle_is_told_once(cast):
    """R085: «limit passed», to whoever owes the report."""
    item = world.started(cast, due_on=FAR)

    for day in (21, 22, 23):
        with at_moment(world.moment(day, 10)):
            supervision.tick(now=world.moment(day, 10))

    told = Reminder.objects.sent().filter(obligation=owed(item))
    assert list(told.values_list("step", "recipient")) == [(Step.LAPSE, cast.supplies_clerk.pk)]


def test_an_item_that_is_being_checked_owes_no_report(cast):
    item = world.submitted(cast, due_on=FAR)

    assert owed(item) is None


def test_sent_back_the_cycle_begins_again(cast):
    item = world.submitted(cast, due_on=FAR)

    with at_moment(world.moment(15)):
        flows.send_back(item_id=item.pk, by=cast.officer, defects="少一套", due_on=FAR)

    assert owed(item).due_at == world.moment(21, 17, 30)


def test_a_cancelled_item_owes_no_report(cast):
    item = world.started(cast, due_on=FAR)

    flows.cancel_item(item_id=item.pk, by=cast.office_head, reason="改由检修部办理。")

    assert owed(item) is None


def test_whoever_takes_the_item_over_owes_the_report_by_the_same_day(cast):
    item = world.started(cast, due_on=FAR)
    due_at = owed(item).due_at

    with at_moment(world.moment(14)):
        flows.reassign(item_id=item.pk, by=cast.supplies_head, assignee=cast.supplies_liaison, note="出差。")

    assert (owed(item).holder, owed(item).due_at) == (cast.supplies_liaison, due_at)


def test_the_cycle_stands_still_with_its_matter_and_takes_its_warning_along(cast):
    item = world.started(cast, due_on=FAR)
    with at_moment(world.moment(14)):
        flows.suspend(
            matter_id=item.matter_id, by=cast.office_head, reason="等待合同谈判", until=world.DUE,
            interim_measure="借用备用劳保服。",
        )  # fmt: skip
    assert owed(item).state == State.SUSPENDED

    with at_moment(world.moment(21)):
        flows.resume(matter_id=item.matter_id, by=cast.office_head, reason="谈判结束")

    assert world.owed(item, Kind.EXECUTE).warn_at == owed(item).due_at > world.moment(21, 17, 30)


def test_a_longer_run_owes_a_report_where_none_was_owed(cast):
    item = world.started(cast, due_on=date(2026, 9, 16))
    assert owed(item) is None

    with at_moment(world.moment(15)):
        wish = flows.ask_extension(
            item_id=item.pk, by=cast.supplies_clerk, wished_on=date(2026, 9, 23), reason="晚到货。", progress="已下单。"
        )  # fmt: skip
        flows.answer_extension(extension_id=wish.pk, by=cast.chair, approve=True)

    assert owed(item).due_at == world.moment(21, 17, 30)


def test_who_expects_to_finish_late_is_yellow_at_once(cast):
    """R089"""
    item = world.started(cast, due_on=FAR)

    report(cast, item, world.moment(14), expected_on=date(2026, 10, 16))

    assert "预计逾期" in light(world.owed(item, Kind.EXECUTE), world.moment(14)).words


@pytest.mark.parametrize(("percent", "found"), [(15, "ok"), (5, "warn")])
def test_more_than_fifteen_points_behind_the_time_is_yellow(cast, percent, found):
    """R089: at that moment 24 of a hundred parts of the time are gone."""
    item = world.started(cast, due_on=date(2026, 9, 29))

    report(cast, item, world.moment(16, 9), percent=percent, expected_on=date(2026, 9, 29), next_on=world.DUE)

    assert shape(item, world.moment(16, 9)) == found


def test_the_register_and_the_item_name_the_next_report_and_the_last_word(client, cast, monday):
    """R084"""
    item = world.started(cast)
    report(cast, item, world.moment(14, 8, 40), expected_on=world.DUE, done="已询价三家，周三下单。")
    client.force_login(cast.officer)

    assert owed(item).due_at == world.moment(20, 17, 30)
    for address in ("/items/", f"/items/{item.pk}/"):
        html = client.get(address).content.decode()
        assert "下次反馈" in html
        assert "已询价三家，周三下单。" in html


@pytest.mark.parametrize(
    ("steps", "rework", "colour"),
    [
        ((), 0, "blue"),
        ((Step.L1, Step.L2), 0, "blue"),
        ((Step.L1, Step.L3), 0, "yellow"),
        ((), 1, "yellow"),
        ((), 2, "red"),
    ],
)
def test_the_slip_has_the_colour_of_the_highest_step_told(cast, steps, rework, colour):
    """§6.2: blue before the date, yellow for the first overdue step; sent back once yellow, twice red."""
    item = world.started(cast)
    execution = world.owed(item, Kind.EXECUTE)
    with as_actor(SYSTEM):
        execution.rungs.filter(step__in=steps).update(settled_at=world.moment(21))
    item.rework_count = rework

    assert register.slip_colour(item, execution) == colour
