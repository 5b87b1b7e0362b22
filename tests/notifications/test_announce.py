"""R069: telling people once, and their reading of it."""

import pytest

from audit.acting import SYSTEM, NoActor, as_actor
from notifications import flows
from notifications.models import Notice
from organization.models import User


def tell(*people, key="matter:1:accepted", by=SYSTEM):
    with as_actor(by):
        return flows.announce(
            recipients=people,
            sentence="%(number)s has been accepted.",
            number="协〔2026〕41号",
            url_name="requests:detail",
            url_args=[1],
            dedupe_key=key,
        )


def test_each_person_is_told_the_same_thing_once(clerk, officer):
    assert tell(clerk, clerk) == 1
    assert tell(clerk, officer) == 1
    assert tell(clerk, officer) == 0
    assert tell(clerk, key="matter:1:decided") == 1
    assert Notice.objects.count() == 3


def test_who_has_left_is_not_told(clerk, officer):
    with as_actor(SYSTEM):
        User.objects.filter(pk=clerk.pk).update(is_active=False)

    assert tell(clerk, officer) == 1
    assert Notice.objects.get().recipient == officer


def test_telling_nobody_is_fine_and_outside_a_flow_it_is_refused(cast):
    assert tell() == 0
    with pytest.raises(NoActor):
        flows.announce(recipients=[cast.clerk], sentence="x", dedupe_key="k")
    assert not Notice.objects.exists()


def test_i_read_my_own_notices_and_nobody_elses(clerk, officer):
    tell(clerk, officer)
    mine = Notice.objects.visible_to(clerk).get()
    theirs = Notice.objects.visible_to(officer).get()

    assert flows.mark_read(theirs.pk, by=clerk) == 0
    assert flows.mark_read(mine.pk, by=clerk) == 1
    assert flows.mark_read(mine.pk, by=clerk) == 0
    assert list(Notice.objects.unread()) == [theirs]


def test_all_of_mine_are_read_at_once(clerk, officer):
    tell(clerk, officer)
    tell(clerk, key="second")

    assert flows.mark_read("all", by=clerk) == 2
    assert Notice.objects.unread().get().recipient == officer
