"""R109: the same departments and category three times in half a year call for a better system, not for a fourth decision."""

import pytest
import time_machine
from rest_framework.test import APIClient

from audit.acting import at_moment
from audit.refusals import Invalid, NotYours
from requests import flows
from requests.models import Improvement
from requests.recurring import earlier_ones, recurring
from supervision.states import Kind
from tests.requests import world

WEDNESDAY = world.moment(9)
BETTER = {"text": "外包人员劳保用品归口写入职责清单。", "due_on": world.DUE}


def found(user):
    with at_moment(WEDNESDAY):
        return recurring(user)


def test_from_three_times_on_a_system_improvement_is_wanted(cast):
    world.accepted(cast)
    world.accepted(cast)
    assert not found(cast.officer)[0].is_flagged

    world.accepted(cast)

    [group] = found(cast.officer)
    assert (group.count, group.wants_improvement) == (3, True)


def test_once_is_no_recurrence_and_half_a_year_ago_does_not_count(cast):
    world.accepted(cast)
    assert found(cast.officer) == []

    world.accepted(cast)

    with at_moment(world.moment(20, month=12).replace(year=2027)):
        assert recurring(cast.officer) == []


def test_what_fell_away_does_not_count(cast):
    matter = world.accepted(cast)
    world.accepted(cast)
    with at_moment(WEDNESDAY):
        flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="已另行解决。")

    assert found(cast.officer) == []


def test_the_office_starts_the_improvement_and_its_owner_owes_it(cast):
    matter = world.accepted(cast)

    with at_moment(WEDNESDAY):
        row = flows.better_system(matter_id=matter.pk, by=cast.officer, owner=cast.staffing_head, **BETTER)

    assert (row.kind, row.state, row.source_number) == ("system", "open", matter.number)
    assert world.owed(row, Kind.IMPROVE).holder == cast.staffing_head
    assert world.told(cast.staffing_head, "better the system")


def test_a_started_improvement_ends_the_wish(cast):
    for _n in range(3):
        matter = world.accepted(cast)
    with at_moment(WEDNESDAY):
        flows.better_system(matter_id=matter.pk, by=cast.officer, owner=cast.staffing_head, **BETTER)

    [group] = found(cast.officer)

    assert group.is_flagged
    assert not group.wants_improvement


def test_only_the_office_starts_it_and_with_a_day_ahead(cast):
    matter = world.accepted(cast)

    with at_moment(WEDNESDAY):
        with pytest.raises(NotYours):
            flows.better_system(
                matter_id=matter.pk, by=cast.supplies_head, owner=cast.staffing_head, **BETTER
            )
        with pytest.raises(Invalid) as refused:
            flows.better_system(
                matter_id=matter.pk,
                by=cast.officer,
                owner=cast.staffing_head,
                text=" ",
                due_on=WEDNESDAY.date(),
            )

    assert set(refused.value.fields) == {"text", "due_on"}
    assert not Improvement.objects.exists()


def test_the_officer_sees_it_at_the_acceptance(client, cast):
    world.accepted(cast)
    world.accepted(cast)
    matter = world.filed(cast)
    client.force_login(cast.officer)

    with time_machine.travel(WEDNESDAY, tick=False):
        assert earlier_ones(cast.officer, matter).count == 2
        page = client.get(f"/requests/{matter.pk}/accept/").content.decode()

    assert "近半年该部门已有2件同类事项" in page
    assert "第三次" in page


def test_the_list_is_offered_by_the_api(cast):
    for _n in range(3):
        world.accepted(cast)
    client = APIClient()
    client.force_authenticate(cast.auditor)

    with at_moment(WEDNESDAY):
        [row] = client.get("/api/v1/recurring/").data

    assert (row["count"], row["is_flagged"], row["wants_improvement"]) == (3, True, True)
    assert (row["lead_department_name"], len(row["matters"])) == ("物资部", 3)
