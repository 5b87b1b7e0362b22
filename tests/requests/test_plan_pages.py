"""R075, R078, R082, pages of the plan: nothing typed is lost, 200 tasks open with the same queries as three, pictures without style."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.acting import SYSTEM, as_actor, at_moment
from requests import flows
from requests.models import PlanTask
from tests.requests import plan_world, world


@pytest.fixture(autouse=True)
def monday():
    with at_moment(world.moment(14, 11)):
        yield


def page(client, user, address):
    client.force_login(user)
    return client.get(address)


def test_rows_that_lack_something_come_back_as_they_were_typed(client, cast):
    plan = plan_world.drafted(cast)
    client.force_login(cast.officer)
    sent = {
        "rows-TOTAL_FORMS": 1, "rows-INITIAL_FORMS": 0, "rows-0-level": "项目组", "rows-0-person": "", "rows-0-days": "3",
    }  # fmt: skip

    response = client.post(f"/plans/{plan.pk}/parts/escalation/", sent)

    assert response.status_code == 422
    assert 'value="项目组"' in response.content.decode()
    assert plan.escalation.get().level == "协调办公室"


def test_a_task_that_is_refused_comes_back_with_its_measures(client, cast):
    plan = plan_world.drafted(cast)
    client.force_login(cast.officer)
    sent = {
        "wbs": "1.3", "name": "接口联调", "owner": cast.supplies_clerk.pk, "standard": "联调通过", "begins_on": "2026-09-15",
        "ends_on": "2026-09-22", "predecessors": "1.2", "resources": "无", "weight": 1, "measures-TOTAL_FORMS": 1,
        "measures-INITIAL_FORMS": 0, "measures-0-side": "output", "measures-0-name": "接口数", "measures-0-target": "6",
        "measures-0-unit": "个",
    }  # fmt: skip

    response = client.post(f"/plans/{plan.pk}/tasks/new/", sent)

    told = response.content.decode()
    assert response.status_code == 422
    assert "任务1.3早于前置任务1.2的结束日开始" in told
    assert 'value="接口数"' in told
    assert plan.tasks.count() == 3


def test_what_is_missing_is_told_on_the_page_of_the_draft(client, cast):
    matter = world.executing(cast)
    flows.start_plan(matter_id=matter.pk, by=cast.officer)

    told = page(client, cast.officer, f"/requests/{matter.pk}/plan/").content.decode()

    assert "请至少填写一项任务。" in told
    assert "请至少指定一名记录员。" in told


def test_a_draft_is_not_read_before_it_is_approved(client, cast):
    plan = plan_world.drafted(cast)

    told = page(client, cast.clerk, f"/requests/{plan.matter_id}/plan/").content.decode()

    assert "数据字典" not in told
    assert client.get(f"/plans/{plan.pk}/changes/").status_code == 404


def many_tasks(plan, cast, count):
    first = date(2026, 9, 15)
    rows = [
        PlanTask(
            plan=plan, wbs=f"9.{n}", name=f"任务{n}", owner=cast.supplies_clerk, department=cast.supplies, department_name="物资部",
            standard="通过", begins_on=first + timedelta(n), ends_on=first + timedelta(n + 5), predecessors=f"9.{n - 1}" if n else "",
            resources="无", item=plan.tasks.first().item if n == 0 else None,
        )
        for n in range(count)
    ]  # fmt: skip
    with as_actor(SYSTEM):
        PlanTask.objects.bulk_create(rows)


@pytest.mark.parametrize("view", ["plan", "gantt", "board"])
def test_two_hundred_tasks_open_with_the_queries_of_a_few(client, cast, view):
    plan = plan_world.in_force(cast)
    address = f"/requests/{plan.matter_id}/{view}/"
    page(client, cast.officer, address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    many_tasks(plan, cast, 200)

    with CaptureQueriesContext(connection) as many:
        response = client.get(address)

    assert response.status_code == 200
    assert len(many) == len(few) <= 30


def test_the_page_opens_at_the_version_that_waits_for_whoever_opens_it(client, cast):
    second = plan_world.second_version(cast)
    with at_moment(world.moment(15, 10)), as_actor(cast.officer):
        second.risks.update(response="分级授权，留痕")
        flows.submit_plan(plan_id=second.pk, by=cast.supplies_clerk)
    shown = f"/requests/{second.matter_id}/plan/"

    client.force_login(cast.officer)
    assert client.get(shown).context["plan"] == second
    with at_moment(world.moment(15, 11)):
        flows.return_plan(plan_id=second.pk, by=cast.officer, reason="风险应对再具体些。")
    client.force_login(cast.supplies_clerk)
    assert client.get(shown).context["plan"] == second
    client.force_login(cast.staffing_liaison)
    assert client.get(shown).context["plan"].version == 1


def test_the_chart_is_drawn_with_numbers_and_no_style(client, cast):
    """R075: bars from the dates of the tasks, to be printed, and the same as a table."""
    plan = plan_world.in_force(cast)

    told = page(client, cast.clerk, f"/requests/{plan.matter_id}/gantt/").content.decode()

    assert told.count('<rect class="plan"') == 3
    assert told.count("<polyline") == 2
    assert "style=" not in told
    assert "<table" in told
    assert "data-print" in told


@pytest.mark.parametrize(
    ("query", "shown"), [("", 4), ("?person={liaison}", 1), ("?late=1", 0), ("?department={staffing}", 1)]
)
def test_the_board_is_filtered_by_person_department_and_lateness(client, cast, query, shown):
    """R082: its columns are the states (tests/requests/test_plan_tasks.py)."""
    plan = plan_world.in_force(cast)
    query = query.format(liaison=cast.supplies_liaison.pk, staffing=cast.staffing.pk)

    response = page(client, cast.officer, f"/requests/{plan.matter_id}/board/{query}")

    assert len(response.context["rows"]) == shown


def test_high_risks_stand_on_the_page_of_the_matter(client, cast):
    """R078: and on the first page of whoever keeps the case, by the duty to look at them."""
    plan = plan_world.in_force(cast)

    told = page(client, cast.clerk, f"/requests/{plan.matter_id}/").content.decode()

    assert "计划有1项高风险" in told
