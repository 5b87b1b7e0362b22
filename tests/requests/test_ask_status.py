"""R091: the asking side asks how far an item has come, at most once in three working days; the word is due in one."""

import pytest

from audit.acting import at_moment
from audit.models import TransitionLog
from audit.refusals import NotReady, NotYours
from notifications.models import Notice
from requests import flows
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import world


def ask(item, by, moment=None):
    with at_moment(moment or world.moment(14)):
        return flows.ask_status(item_id=item.pk, by=by)


def test_r091_the_next_word_is_due_in_one_working_day(cast):
    item = world.started(cast)

    ask(item, cast.clerk)

    assert world.owed(item, Kind.PROGRESS).due_at == world.moment(15, 17, 30)
    assert world.told(cast.supplies_clerk, "asks how far")
    assert TransitionLog.objects.of("item", item.pk).filter(verb="ask_status").count() == 1


def test_r091_one_report_answers_the_question_and_the_cycle(cast):
    item = world.started(cast)
    ask(item, cast.repair_liaison)
    with at_moment(world.moment(14, 15)):
        flows.report(
            item_id=item.pk, by=cast.supplies_clerk, percent=40, done="已询价三家。", **world.OUTLOOK
        )

    owed = Obligation.objects.of("item", item.pk).open().filter(kind=Kind.PROGRESS)
    assert all(duty.due_at > world.moment(15, 17, 30) for duty in owed)


@pytest.mark.parametrize(("day", "again"), [(15, False), (16, False), (17, True)])
def test_r091_it_is_asked_at_most_once_in_three_working_days(cast, day, again):
    item = world.started(cast)
    ask(item, cast.clerk)
    told = Notice.objects.count()

    if again:
        ask(item, cast.repair_head, world.moment(day))
    else:
        with pytest.raises(NotReady) as refused:
            ask(item, cast.repair_head, world.moment(day))
        assert "09-17" in str(refused.value)

    assert (Notice.objects.count() > told) is again


@pytest.mark.parametrize("name", ["supplies_clerk", "staffing_liaison", "officer", "auditor"])
def test_only_the_asking_side_asks(cast, name):
    item = world.started(cast)
    due = world.owed(item, Kind.PROGRESS).due_at

    with pytest.raises(NotYours):
        ask(item, getattr(cast, name))

    assert world.owed(item, Kind.PROGRESS).due_at == due


def test_what_is_reported_done_is_not_asked_about(cast):
    item = world.submitted(cast)

    with pytest.raises(NotReady):
        ask(item, cast.clerk)

    assert world.owed(item, Kind.PROGRESS) is None
