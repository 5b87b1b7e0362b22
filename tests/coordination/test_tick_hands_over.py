"""Who leaves leaves no duty behind: within a minute the open work lies on somebody's desk (R019)."""

from audit.acting import SYSTEM, as_actor, at_moment
from coordination.flows import tick
from organization import flows as staff
from organization.models import PostChange
from organization.states import PostKind
from supervision.models import Obligation
from supervision.states import Kind, Outcome
from tests.requests import world


def hour_later():
    return tick(now=world.moment(8, 9, 30))


def test_the_work_of_a_closed_account_waits_for_the_department(cast):
    item = world.started(cast)
    due = world.owed(item, Kind.EXECUTE).due_at
    with at_moment(world.moment(14)):
        staff.deactivate_person(user_id=cast.supplies_clerk.pk, by=cast.system_admin)

    tick(now=world.moment(14, 9, 30))

    duty = world.owed(item, Kind.EXECUTE)
    assert (duty.holder, duty.holder_department, duty.due_at) == (None, cast.supplies, due)
    assert Obligation.objects.waiting_for(cast.supplies_head).filter(pk=duty.pk).exists()
    assert Obligation.objects.filter(holder=cast.supplies_clerk, outcome=Outcome.HANDED_OVER).exists()


def without_a_post(person):
    """An account that never held a post, or lost its last one long ago and all that belonged to it was handed over."""
    with as_actor(SYSTEM):
        PostChange.objects.filter(post__user=person).delete()
        person.posts.all().delete()


def test_a_closed_account_without_any_post_leaves_its_work_to_its_department(cast):
    """R019: there is no change of post to go by, and yet nothing stays behind."""
    item = world.started(cast)
    without_a_post(cast.supplies_clerk)
    with at_moment(world.moment(14)):
        staff.deactivate_person(user_id=cast.supplies_clerk.pk, by=cast.system_admin)

    tick(now=world.moment(14, 9, 30))

    duty = world.owed(item, Kind.EXECUTE)
    assert (duty.holder, duty.holder_department) == (None, cast.supplies)
    assert world.told(cast.supplies_liaison, "has come to you")
    assert not Obligation.objects.open().filter(holder=cast.supplies_clerk).exists()


def test_what_no_department_owes_goes_from_a_closed_account_to_the_office(cast):
    matter = world.in_feedback(cast)
    without_a_post(cast.clerk)
    with at_moment(world.moment(15)):
        staff.deactivate_person(user_id=cast.clerk.pk, by=cast.system_admin)

    tick(now=world.moment(15, 9, 30))

    assert world.owed(matter, Kind.CONFIRM).holder_department == cast.office


def test_an_open_account_without_a_post_keeps_what_it_owes(cast):
    item = world.started(cast)
    without_a_post(cast.supplies_clerk)

    tick(now=world.moment(14, 9, 30))

    assert world.owed(item, Kind.EXECUTE).holder == cast.supplies_clerk


def test_the_successor_gets_the_open_work_and_is_told(cast):
    matter = world.accepted(cast)
    with at_moment(world.moment(8)):
        staff.end_post(
            post_id=cast.officer.posts.get().pk, by=cast.system_admin, successor_id=cast.office_head.pk
        )

    hour_later()

    assert world.owed(matter, Kind.PREPARE).holder == cast.office_head
    assert world.told(cast.office_head, "has come to you")


def test_a_change_of_post_is_handed_over_once(cast):
    matter = world.accepted(cast)
    with at_moment(world.moment(8)):
        staff.deactivate_person(user_id=cast.officer.pk, by=cast.system_admin)

    hour_later()
    first = world.owed(matter, Kind.PREPARE).pk
    hour_later()

    assert world.owed(matter, Kind.PREPARE).pk == first
    assert not PostChange.objects.untaken().exists()


def test_who_keeps_a_post_in_the_department_keeps_the_work(cast):
    item = world.started(cast)
    with at_moment(world.moment(14)):
        second = staff.appoint(
            user_id=cast.supplies_clerk.pk, department_id=cast.supplies.pk, kind=PostKind.DEPUTY_LIAISON,
            by=cast.system_admin,
        )  # fmt: skip
        staff.end_post(post_id=second.pk, by=cast.system_admin)

    tick(now=world.moment(14, 9, 30))

    assert world.owed(item, Kind.EXECUTE).holder == cast.supplies_clerk


def test_what_is_owed_in_the_own_name_stays_with_who_only_changes_posts(cast):
    matter = world.in_feedback(cast)
    with at_moment(world.moment(15)):
        staff.end_post(post_id=cast.clerk.posts.get().pk, by=cast.system_admin)

    tick(now=world.moment(15, 9, 30))

    assert world.owed(matter, Kind.CONFIRM).holder == cast.clerk
