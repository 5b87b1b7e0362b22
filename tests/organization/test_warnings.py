"""What is missing shows before work gets lost."""

from datetime import date

from audit.acting import SYSTEM, as_actor
from organization import flows
from organization.models import Committee, Department, User
from organization.warnings import warnings


def told():
    return {(lack.kind, lack.name) for lack in warnings()}


def test_a_complete_house_lacks_nothing(cast, monday):
    assert told() == set()


def test_a_house_without_coordination_office_comes_first(cast):
    with as_actor(SYSTEM):
        Department.objects.update(is_coordination_office=False)

    assert warnings()[0].kind == "no_office"


def test_a_department_whose_liaison_left_is_named(cast):
    flows.deactivate_person(user_id=cast.supplies_liaison.pk, by=cast.system_admin)

    assert ("no_liaison", "物资部") in told()


def test_a_deputy_liaison_is_enough(cast):
    flows.end_post(post_id=cast.supplies_liaison.posts.get().pk, by=cast.system_admin)
    flows.appoint(
        user_id=cast.supplies_clerk.pk,
        department_id=cast.supplies.pk,
        kind="deputy_liaison",
        by=cast.system_admin,
    )

    assert ("no_liaison", "物资部") not in told()


def test_a_department_without_head_is_named(cast):
    flows.end_post(post_id=cast.repair_head.posts.get().pk, by=cast.system_admin)

    assert ("no_head", "检修部") in told()


def test_a_head_whose_account_is_closed_is_named(cast):
    with as_actor(SYSTEM):
        User.objects.filter(pk=cast.repair_head.pk).update(is_active=False)

    assert ("inactive_head", "检修部") in told()


def test_a_committee_whose_chair_left_is_named(cast):
    flows.deactivate_person(user_id=cast.chair.pk, by=cast.system_admin)

    assert ("no_chair", "跨部门协调委员会") in told()


def test_a_committee_out_of_term_is_named_from_the_day_after(cast, monday):
    with as_actor(SYSTEM):
        Committee.objects.update(term_from=date(2024, 1, 1), term_until=date(2026, 9, 14))
    assert ("out_of_term", "跨部门协调委员会") not in told()

    monday.shift(86400)

    assert ("out_of_term", "跨部门协调委员会") in told()


def test_a_closed_department_is_not_named(cast):
    with as_actor(SYSTEM):
        Department.objects.create(code="OLD", name="旧部门", is_active=False)

    assert "旧部门" not in {name for _, name in told()}


def test_the_list_costs_the_same_for_any_house(cast, django_assert_num_queries):
    with django_assert_num_queries(7):
        warnings()
