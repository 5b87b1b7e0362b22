"""A case survives the change of its officer (R019): the name of the keeper moves with the post, not only the duty."""

from datetime import date

import pytest

from audit.acting import at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from coordination.flows import tick
from organization import flows as staff
from organization.states import PostKind
from requests import flows
from requests.models import CoordinationRequest
from supervision.states import Kind
from tests.requests import plan_world, world


def join_the_office(cast, person):
    staff.appoint(
        user_id=person.pk, department_id=cast.office.pk, kind=PostKind.OFFICER, by=cast.system_admin
    )
    return person


def leave(cast, *, successor=None):
    """The officer leaves the post on Tuesday 2026-09-08, 9:00."""
    with at_moment(world.moment(8)):
        staff.end_post(
            post_id=cast.officer.posts.get().pk, by=cast.system_admin,
            successor_id=successor.pk if successor else None,
        )  # fmt: skip


def half_an_hour_later():
    tick(now=world.moment(8, 9, 30))


def test_the_successor_keeps_the_cases_of_who_left_the_office(cast):
    matter = world.accepted(cast)
    join_the_office(cast, cast.planning_liaison)
    leave(cast, successor=cast.planning_liaison)

    half_an_hour_later()

    matter.refresh_from_db()
    assert matter.keeper == cast.planning_liaison
    assert world.owed(matter, Kind.PREPARE).holder == cast.planning_liaison
    assert world.told(cast.planning_liaison, "is kept by")
    assert world.told(cast.office_head, "is kept by")
    assert TransitionLog.objects.of_case(matter.pk).filter(verb="replace_keeper").count() == 1


def test_without_a_successor_the_officer_with_the_fewest_cases_takes_it(cast):
    busy, free = join_the_office(cast, cast.planning_liaison), join_the_office(cast, cast.staffing_head)
    flows.change_keeper(
        matter_id=world.accepted(cast).pk, by=cast.office_head, keeper=busy, reason="分工调整。"
    )
    matter = world.accepted(cast)
    leave(cast)

    half_an_hour_later()

    matter.refresh_from_db()
    assert matter.keeper == free
    assert world.owed(matter, Kind.PREPARE).holder == free


def test_when_no_officer_is_left_the_head_of_the_office_keeps_the_case(cast):
    matter = world.accepted(cast)
    leave(cast)

    half_an_hour_later()

    matter.refresh_from_db()
    assert (matter.keeper, world.owed(matter, Kind.PREPARE).holder) == (cast.office_head, cast.office_head)


def test_a_successor_outside_the_office_does_not_keep_its_cases(cast):
    matter = world.accepted(cast)
    leave(cast, successor=cast.planning_liaison)

    half_an_hour_later()

    matter.refresh_from_db()
    assert matter.keeper == cast.office_head


def test_the_applicant_never_becomes_the_keeper(cast):
    """§5, separation of duties: nobody prepares their own matter."""
    matter = world.accepted(cast)
    join_the_office(cast, cast.clerk)
    leave(cast, successor=cast.clerk)

    half_an_hour_later()

    matter.refresh_from_db()
    assert matter.keeper == cast.office_head


def test_a_keeper_who_stays_and_an_ended_matter_are_left_alone(cast):
    stays, ended = world.accepted(cast), world.accepted(cast)
    flows.withdraw(matter_id=ended.pk, by=cast.clerk, reason="已自行解决。")

    half_an_hour_later()
    leave(cast)
    half_an_hour_later()

    assert not TransitionLog.objects.of_case(ended.pk).filter(verb="replace_keeper").exists()
    assert CoordinationRequest.objects.get(pk=ended.pk).keeper == cast.officer
    assert TransitionLog.objects.of_case(stays.pk).filter(verb="replace_keeper").count() == 1


def test_the_keeper_of_a_suspended_matter_is_replaced_with_what_is_owed(cast):
    matter = world.accepted(cast)
    with at_moment(world.moment(7, 15)):
        flows.suspend(
            matter_id=matter.pk, by=cast.office_head, reason="等待答复。", until=date(2026, 9, 24),
            interim_measure="借用。",
        )  # fmt: skip
    leave(cast)

    half_an_hour_later()

    assert world.owed(matter, Kind.RESTART).holder == cast.office_head
    with at_moment(world.moment(8, 10)):
        flows.resume(matter_id=matter.pk, by=cast.office_head)


def test_the_head_of_the_office_gives_a_case_to_another_officer(cast):
    matter = world.accepted(cast)
    other = join_the_office(cast, cast.planning_liaison)

    matter = flows.change_keeper(matter_id=matter.pk, by=cast.office_head, keeper=other, reason="分工调整。")

    assert (matter.keeper, world.owed(matter, Kind.PREPARE).holder) == (other, other)
    assert world.told(other, "is kept by")
    assert world.told(cast.officer, "is kept by")


def test_what_the_keeper_owes_on_the_plan_goes_along(cast):
    plan = plan_world.in_force(cast)
    other = join_the_office(cast, cast.planning_liaison)
    risk = plan.risks.get()

    flows.change_keeper(matter_id=plan.matter_id, by=cast.office_head, keeper=other, reason="分工调整。")

    assert world.owed(risk, Kind.WATCH_RISK).holder == other


@pytest.mark.parametrize("name", ["officer", "chair", "supplies_head", "auditor", "clerk"])
def test_only_the_head_of_the_office_names_a_keeper(cast, name):
    matter = world.accepted(cast)

    with pytest.raises(NotYours):
        flows.change_keeper(
            matter_id=matter.pk, by=getattr(cast, name), keeper=cast.office_head, reason="分工调整。"
        )

    matter.refresh_from_db()
    assert matter.keeper == cast.officer


@pytest.mark.parametrize(
    ("name", "reason"), [("supplies_liaison", "调整"), ("officer", "调整"), ("office_head", " ")]
)
def test_a_case_goes_to_another_officer_and_with_a_reason(cast, name, reason):
    matter = world.accepted(cast)

    with pytest.raises(Invalid):
        flows.change_keeper(
            matter_id=matter.pk, by=cast.office_head, keeper=getattr(cast, name), reason=reason
        )

    matter.refresh_from_db()
    assert (matter.keeper, world.owed(matter, Kind.PREPARE).holder) == (cast.officer, cast.officer)


def test_before_its_acceptance_and_after_its_end_nobody_is_named(cast):
    early, ended = world.filed(cast), world.accepted(cast)
    flows.withdraw(matter_id=ended.pk, by=cast.clerk, reason="已自行解决。")

    for matter in (early, ended):
        with pytest.raises(NotReady):
            flows.change_keeper(
                matter_id=matter.pk, by=cast.office_head, keeper=cast.office_head, reason="分工调整。"
            )

    assert CoordinationRequest.objects.get(pk=ended.pk).keeper == cast.officer
