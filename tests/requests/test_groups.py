"""R004, R005: a temporary group works on a matter; its members read it, until it dissolves with the matter."""

from datetime import date

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from coordination.flows import tick
from organization import flows as organization
from organization.models import Committee
from requests import flows
from requests.models import CoordinationRequest, MatterGroup
from tests.requests import world

MONDAY = date(2026, 9, 14)


@pytest.fixture
def matter(cast):
    return world.accepted(cast)


@pytest.fixture(autouse=True)
def monday():
    with at_moment(world.moment(14)):
        yield


def set_up(cast, matter, *, by=None, **changes):
    given = {
        "name": "劳保服协调小组", "purpose": "解决劳保服配置", "lead_department": cast.supplies, "begins_on": MONDAY,
        "end_condition": "事项归档", "members": [{"department": cast.planning, "person": cast.planning_liaison}], **changes,
    }  # fmt: skip
    return flows.set_up_group(matter_id=matter.pk, by=by or cast.officer, **given)


def sees(person, matter):
    return CoordinationRequest.objects.visible_to(person).filter(pk=matter.pk).exists()


def test_members_read_the_matter_from_now_on_and_know_it(cast, matter):
    assert not sees(cast.planning_liaison, matter)

    group = set_up(cast, matter)

    assert sees(cast.planning_liaison, matter)
    assert world.told(cast.planning_liaison, "you sit in the group")
    assert (group.committee.kind, group.committee.lead_department) == ("temporary", cast.supplies)
    assert group.committee.seats.get().person == cast.planning_liaison


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"members": []}, "members"),
        ({"lead_department": None}, "lead_department"),
        ({"purpose": " "}, "purpose"),
        ({"end_condition": ""}, "end_condition"),
    ],
)
def test_a_group_has_lead_unit_members_purpose_and_end(cast, matter, changes, field):
    with pytest.raises(Invalid) as refusal:
        set_up(cast, matter, **changes)

    assert field in refusal.value.fields
    assert not MatterGroup.objects.exists()


def test_the_lead_unit_is_no_member_unit_and_a_stranger_sits_for_none(cast, matter):
    rows = [{"department": cast.supplies, "person": cast.supplies_head}]
    with pytest.raises(Invalid):
        set_up(cast, matter, members=rows)
    with pytest.raises(Invalid):
        set_up(cast, matter, members=[{"department": cast.planning, "person": cast.staffing_head}])

    assert not Committee.objects.filter(kind="temporary").exists()


def test_only_the_office_sets_one_up_and_one_at_a_time(cast, matter):
    with pytest.raises(NotYours):
        set_up(cast, matter, by=cast.supplies_head)
    set_up(cast, matter)

    with pytest.raises(NotReady):
        set_up(cast, matter, name="第二小组")

    assert MatterGroup.objects.count() == 1


def test_when_the_matter_is_archived_the_group_dissolves_and_its_members_read_no_longer(cast):
    matter = world.in_feedback(cast)
    group = set_up(cast, matter)
    flows.confirm(matter_id=matter.pk, by=cast.clerk)

    flows.close(matter_id=matter.pk, by=cast.records_admin, archive_number="L001")

    assert not Committee.objects.get(pk=group.committee_id).is_active
    assert not sees(cast.planning_liaison, matter)
    assert sees(cast.supplies_liaison, matter)
    assert TransitionLog.objects.of_case(matter.pk).filter(verb="dissolve_group").count() == 1


def test_a_group_dissolved_in_the_organization_ends_within_a_minute(cast, matter):
    group = set_up(cast, matter)
    organization.close_committee(committee_id=group.committee_id, by=cast.office_head, reason="已有结论")

    tick(now=world.moment(14, 9, 1))

    assert MatterGroup.objects.get().ended_at is not None
    assert not sees(cast.planning_liaison, matter)


def test_who_reads_for_another_reason_goes_on_reading(cast, matter):
    set_up(
        cast,
        matter,
        lead_department=cast.planning,
        members=[{"department": cast.staffing, "person": cast.staffing_head}],
    )

    with as_actor(SYSTEM):
        Committee.objects.filter(kind="temporary").update(is_active=False)
    flows.end_dissolved_groups(world.moment(14))

    assert sees(cast.staffing_head, matter)
    assert not sees(cast.planning_head, matter)
