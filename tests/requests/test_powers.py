"""R050: the lead of a project may do what was approved, and hears which power is missing for the rest."""

from datetime import date

import pytest

from audit.acting import at_moment
from audit.refusals import NotYours
from meetings.flows.wishes import draft_wished
from meetings.models import Meeting
from requests import flows
from requests.models import ActionItem
from tests.requests import approval_world as approvals
from tests.requests import world

BARE = {"may_call_meetings": False, "may_assign_items": False, "days_up_to": None, "may_use_resources": True}


def wish(cast, item, on):
    given = {"reason": "供货推迟。", "progress": "已下单。", "wished_on": on}
    return flows.ask_extension(item_id=item.pk, by=cast.supplies_clerk, **given)


def draft(cast, item):
    given = {**world.ITEM, "department": cast.supplies, "assignee": cast.supplies_clerk}
    return flows.draft_item(matter_id=item.matter_id, by=cast.planning_liaison, **given)


def test_on_approval_lead_and_departments_are_told_powers_and_first_day(cast):
    approvals.approved(cast)

    for person in (cast.planning_liaison, cast.supplies_liaison, cast.clerk):
        told = person.notices.get(sentence__contains="approved as project")
        assert (told.params["lead"], told.params["day"]) == ("顾明", "2026-09-14")
        assert len(told.params["powers"]) == 3


def test_with_the_power_the_lead_assigns_tasks(cast, monday):
    item = approvals.executing(cast)
    drafted = draft(cast, item)

    flows.issue_rework(matter_id=item.matter_id, by=cast.planning_liaison)
    drafted.refresh_from_db()
    assert drafted.number
    flows.reassign(
        item_id=item.pk, by=cast.planning_liaison, assignee=cast.supplies_liaison, note="统筹安排。"
    )
    assert ActionItem.objects.get(pk=item.pk).assignee == cast.supplies_liaison


def test_without_the_power_each_act_is_refused_by_its_name(cast, monday):
    item = approvals.executing(cast, **BARE)
    extension = wish(cast, item, date(2026, 9, 24))
    lead = cast.planning_liaison

    with pytest.raises(NotYours, match="分派任务"):
        draft(cast, item)
    with pytest.raises(NotYours, match="召集会议"):
        flows.wish_meeting(matter_id=item.matter_id, by=lead, reason="定接口方案")
    with pytest.raises(NotYours, match="决定工期调整"):
        flows.answer_extension(extension_id=extension.pk, by=lead, approve=True)
    extension.refresh_from_db()
    assert extension.state == "asked"
    assert item.matter.items.count() == 1


def test_the_lead_decides_on_more_time_up_to_the_measure(cast, monday):
    item = approvals.executing(cast)
    long = wish(cast, item, date(2026, 10, 14))

    with pytest.raises(NotYours, match="决定工期调整"):
        flows.answer_extension(extension_id=long.pk, by=cast.planning_liaison, approve=True)
    flows.answer_extension(extension_id=long.pk, by=cast.chair, approve=False, answer="太长。")
    short = wish(cast, item, date(2026, 9, 24))
    assert world.told(cast.planning_liaison, "asks for a later date")
    assert (
        flows.answer_extension(extension_id=short.pk, by=cast.planning_liaison, approve=True).state
        == "approved"
    )


def test_the_meeting_that_the_lead_asks_for_is_drafted_with_the_departments(cast, monday):
    item = approvals.executing(cast)
    flows.wish_meeting(matter_id=item.matter_id, by=cast.planning_liaison, reason="定接口方案")

    with at_moment(world.moment(14, 10)):
        assert draft_wished(world.moment(14, 10)) == 1

    meeting = Meeting.objects.get()
    assert meeting.items.get().text == "定接口方案"
    assert meeting.invitations.filter(person=cast.supplies_liaison).exists()


def test_the_powers_are_the_leads_alone(cast, monday):
    item = approvals.executing(cast)

    with pytest.raises(NotYours, match="项目负责人"):
        flows.wish_meeting(matter_id=item.matter_id, by=cast.planning_head, reason="定接口方案")
    with pytest.raises(NotYours, match="牵头部门"):
        flows.draft_item(
            matter_id=item.matter_id, by=cast.planning_head, **world.ITEM, department=cast.supplies,
            assignee=cast.supplies_clerk,
        )  # fmt: skip
