"""R099, R090: where an item got stuck, by whom and how long; what was told in time stands as told in time."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import ActionItem, Obstacle
from requests.retrospect_facts import facts_of
from requests.waiting import waiting_days
from supervision.calendar import working_days
from tests.requests import world


def record(cast, item, *, by=None, at=None, department=None, **given):
    with at_moment(at or world.moment(14, 10)):
        return flows.record_obstacle(
            item_id=item.pk, by=by or cast.supplies_clerk, department=department or cast.staffing,
            **{"step": "预算审批", "text": "预算科目没有确定，需人力资源部答复。", **given},
        )  # fmt: skip


def overcome(cast, row, *, at, by=None, how="科目已确定。"):
    with at_moment(at):
        return flows.end_obstacle(obstacle_id=row.pk, by=by or cast.supplies_clerk, how_ended=how)


def waited(item, at):
    rows = waiting_days(item.obstacles.all(), now=at, calendar=working_days())
    return [(row.department, row.days, row.is_open) for row in rows]


def test_r099_an_obstacle_names_step_department_and_since_when_and_the_office_hears_of_it(cast):
    item = world.started(cast)

    row = record(cast, item)

    assert (row.step, row.department_name, row.since, row.until) == (
        "预算审批", "人力资源部", world.moment(14, 10), None,
    )  # fmt: skip
    assert world.told(cast.officer, "waits for")
    assert TransitionLog.objects.of(ActionItem.SUBJECT, item.pk).filter(verb="record_obstacle").count() == 1


def test_r099_the_days_of_waiting_are_working_days_and_count_for_the_department(cast):
    item = world.started(cast)
    row = record(cast, item)  # Monday 14 September

    # Sunday the 20th is worked in 2026, before the long holiday.
    assert waited(item, world.moment(21)) == [("人力资源部", 7, True)]
    overcome(cast, row, at=world.moment(16, 9))

    assert waited(item, world.moment(21)) == [("人力资源部", 3, False)]


def test_r099_two_obstacles_at_one_time_are_waited_through_once(cast):
    item = world.started(cast)
    overcome(cast, record(cast, item), at=world.moment(16))
    record(cast, item, at=world.moment(16, 14), step="用印")
    record(cast, item, at=world.moment(17), department=cast.repair, step="现场确认")

    assert waited(item, world.moment(17, 15)) == [("人力资源部", 4, True), ("检修部", 1, True)]


def test_r099_it_may_have_begun_before_today_but_not_before_the_item(cast):
    item = world.started(cast)

    for day in (date(2026, 9, 15), date(2026, 9, 10)):
        with pytest.raises(Invalid) as refused:
            record(cast, item, since=day)
        assert list(refused.value.fields) == ["since"]
    assert not Obstacle.objects.exists()

    assert record(cast, item, since=date(2026, 9, 11)).since == world.moment(11, 8, 30)


def test_r099_step_and_what_stands_in_the_way_are_written(cast):
    with pytest.raises(Invalid) as refused:
        record(cast, world.started(cast), step=" ", text="")

    assert list(refused.value.fields) == ["step", "text"]
    assert not Obstacle.objects.exists()


@pytest.mark.parametrize("name", ["clerk", "staffing_head", "chair", "auditor"])
def test_r099_only_those_who_work_on_it_and_the_office_record(cast, name):
    item = world.started(cast)

    with pytest.raises(NotYours):
        record(cast, item, by=getattr(cast, name))

    assert not Obstacle.objects.exists()


def test_r090_told_before_the_due_date_it_stands_as_told_in_time(cast):
    item = world.started(cast)

    early = record(cast, item)
    late = record(cast, item, at=world.moment(23))

    assert (early.is_early, late.is_early) == (True, False)
    assert (
        facts_of(early.item.matter)["early_difficulties"] == 1
    )  # it counts for the department, not against it


def test_r099_overcome_once_and_with_a_word_on_how(cast):
    row = record(cast, world.started(cast))

    with pytest.raises(Invalid):
        overcome(cast, row, at=world.moment(15), how=" ")
    overcome(cast, row, at=world.moment(15))
    with pytest.raises(NotReady):
        overcome(cast, row, at=world.moment(16))

    row.refresh_from_db()
    assert (row.until, row.ended_by) == (world.moment(15), cast.supplies_clerk)


def test_r099_with_the_item_all_waiting_ends(cast):
    item = world.started(cast)
    record(cast, item)

    with at_moment(world.moment(15)):
        flows.cancel_item(item_id=item.pk, by=cast.office_head, reason="改由外包单位提供。")

    assert Obstacle.objects.get().until == world.moment(15)
    with pytest.raises(NotReady):
        record(cast, item, at=world.moment(16))


def test_the_database_keeps_no_ended_obstacle_without_its_word(cast):
    row = record(cast, world.started(cast))

    with pytest.raises(IntegrityError), transaction.atomic(), as_actor(SYSTEM):
        Obstacle.objects.filter(pk=row.pk).update(until=world.moment(16))


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def test_item_and_matter_show_the_waiting_and_the_owner_ends_it(cast):
    item = world.started(cast)
    row = record(cast, item)

    with at_moment(world.moment(15)):
        page = as_(cast.supplies_clerk).get(f"/items/{item.pk}/").content.decode()
        matter = as_(cast.officer).get(f"/requests/{item.matter_id}/?tab=items").content.decode()
        ended = as_(cast.supplies_clerk).post(
            f"/items/{item.pk}/obstacles/{row.pk}/end/", {"how_ended": "科目已确定。"}
        )

    assert "预算审批" in page
    assert "主动报告" in page
    for shown in (page, matter):
        assert "人力资源部 2个工作日" in shown
    assert ended.status_code == 302
    row.refresh_from_db()
    assert row.until == world.moment(15)
