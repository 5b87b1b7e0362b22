"""A reminder by a person: once a day for each item, to owner and liaison, written in the story."""

import pytest

from audit.acting import at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from tests.requests import world


def remind(item, by, moment=None):
    with at_moment(moment or world.moment(14)):
        return flows.remind(item_ids=[item.pk], by=by)


def reminders(person):
    return person.notices.filter(sentence__contains="reminds").count()


def test_the_office_reminds_owner_and_liaison(cast):
    item = world.started(cast)

    assert remind(item, cast.officer) == 1

    assert (reminders(cast.supplies_clerk), reminders(cast.supplies_liaison)) == (1, 1)
    assert TransitionLog.objects.of("item", item.pk).filter(verb="remind").count() == 1


def test_the_same_item_is_reminded_of_once_a_day(cast):
    item = world.started(cast)
    remind(item, cast.officer)

    with pytest.raises(NotReady):
        remind(item, cast.office_head, world.moment(14, 16))
    assert reminders(cast.supplies_clerk) == 1

    assert remind(item, cast.officer, world.moment(15)) == 1
    assert reminders(cast.supplies_clerk) == 2


def test_an_item_that_waits_for_the_verifier_reminds_the_verifier(cast):
    item = world.submitted(cast, verifier=cast.repair_liaison)

    remind(item, cast.officer)

    assert (reminders(cast.repair_liaison), reminders(cast.supplies_clerk)) == (1, 0)


def test_closed_items_are_passed_over(cast):
    item = world.submitted(cast)
    with at_moment(world.moment(14)):
        flows.close_item(item_id=item.pk, by=cast.officer)

    with pytest.raises(NotReady):
        remind(item, cast.officer)

    assert reminders(cast.supplies_clerk) == 0


def test_at_least_one_item_is_chosen(cast):
    with pytest.raises(Invalid):
        flows.remind(item_ids=[], by=cast.officer)


@pytest.mark.parametrize("name", ["supplies_head", "clerk", "chair", "auditor"])
def test_only_the_office_reminds(cast, name):
    item = world.started(cast)

    with pytest.raises(NotYours):
        remind(item, getattr(cast, name))

    assert reminders(cast.supplies_clerk) == 0
