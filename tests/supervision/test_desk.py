"""Who sees which obligation, and what stands on whose desk."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from organization.states import PostKind
from supervision import flows
from supervision.models import Obligation
from supervision.states import Kind

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 9, 14, 9, 0, tzinfo=ZONE)


@pytest.fixture
def owed(cast):
    def owe(n, **fields):
        flows.owe(
            kind=Kind.OPINION, subject_type="participant", subject_id=n, number=str(n), url_name="home", url_args=[],
            **fields,
        )  # fmt: skip

    with as_actor(SYSTEM), at_moment(MONDAY):
        owe(1, holder=cast.clerk, holder_department=cast.repair)
        owe(2, holder_department=cast.supplies)
        owe(3, holder_department=cast.office)
        owe(4, holder=cast.supplies_clerk)
        owe(5, holder=cast.outsider, asked_by=cast.planning_liaison)
        owe(6, holder=cast.supplies_liaison, urgency="extra")
    return cast


def numbers(queryset):
    return "".join(sorted(obligation.number for obligation in queryset))


@pytest.mark.parametrize(
    ("who", "waiting", "visible"),
    [
        ("clerk", "1", "1"),
        ("repair_liaison", "", "1"),
        ("repair_head", "", "1"),
        ("supplies_clerk", "4", "4"),
        ("supplies_liaison", "26", "26"),
        ("supplies_head", "2", "2"),
        ("planning_liaison", "", "5"),
        ("officer", "3", "123456"),
        ("office_head", "3", "123456"),
        ("auditor", "", "123456"),
        ("chair", "", "123456"),
        ("system_admin", "", ""),
        ("outsider", "5", "5"),
    ],
)
def test_each_role_sees_its_own(owed, who, waiting, visible):
    person = getattr(owed, who)
    assert numbers(Obligation.objects.waiting_for(person)) == waiting
    assert numbers(Obligation.objects.visible_to(person)) == visible


def test_the_desk_is_sorted_by_the_clock(owed, supplies_liaison):
    desk = Obligation.objects.waiting_for(supplies_liaison)
    assert [obligation.number for obligation in desk] == ["6", "2"]


def test_a_desk_costs_few_queries(owed, officer, django_assert_max_num_queries):
    officer.authority  # noqa: B018 - three queries of its own
    with django_assert_max_num_queries(1):
        list(Obligation.objects.waiting_for(officer).for_lists())


def test_what_the_office_owes_as_the_office_waits_for_its_officers_only(owed, secretary, officer):
    with as_actor(SYSTEM), at_moment(MONDAY):
        owed.secretary.posts.create(department=owed.office, kind=PostKind.LIAISON, since=date(2025, 1, 1))
        flows.owe(
            kind=Kind.ACCEPT, subject_type="matter", subject_id=7, number="7", url_name="home", url_args=[],
            holder_department=owed.office,
        )  # fmt: skip

    assert numbers(Obligation.objects.waiting_for(officer)) == "37"
    assert numbers(Obligation.objects.waiting_for(secretary)) == "3"
    assert numbers(Obligation.objects.visible_to(secretary)) == "3"
