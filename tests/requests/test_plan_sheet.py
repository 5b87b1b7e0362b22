"""The tasks of a plan in a workbook: what goes out comes back in, all rows or none."""

import pytest

from audit.acting import at_moment
from audit.refusals import Refusal
from documents.sheets import Line
from requests import flows, plan_sheet
from tests.requests import plan_world, world

NAMES = [field.name for field in plan_sheet.FIELDS]


@pytest.fixture
def plan(cast):
    with at_moment(world.moment(14, 11)):
        yield plan_world.drafted(cast)


def lines(plan, **changes):
    """The rows as they went out; `changes` by the number of a task."""
    rows = [dict(zip(NAMES, map(str, row), strict=True)) for row in plan_sheet.rows_of(plan)]
    return [
        Line(number, row | changes.get(f"t{row['wbs'].replace('.', '')}", {}))
        for number, row in enumerate(rows, 2)
    ]


def test_what_went_out_comes_in_as_it_was(cast, plan):
    before = list(plan_sheet.rows_of(plan))

    flows.import_plan_tasks(plan_id=plan.pk, by=cast.officer, lines=lines(plan))

    assert list(plan_sheet.rows_of(plan)) == before
    assert plan.tasks.get(wbs="1.2").helpers.get() == cast.planning_liaison


def test_tasks_move_together_though_each_alone_would_be_refused(cast, plan):
    later = {"t11": {"ends_on": "2026-09-24"}, "t12": {"begins_on": "2026-09-24", "ends_on": "2026-09-28"}}
    moved = lines(plan, **later, t21={"begins_on": "2026-09-28"})

    flows.import_plan_tasks(plan_id=plan.pk, by=cast.officer, lines=moved)

    assert [f"{task.begins_on:%m-%d}" for task in plan.tasks.all()] == ["09-14", "09-24", "09-28"]


@pytest.mark.parametrize(
    "change",
    [
        {"predecessors": "2.1"},
        {"owner": "查无此人"},
        {"ends_on": "2026-09-10"},
        {"milestone": "没有"},
        {"unit": ""},
    ],
)
def test_a_faulty_row_keeps_all_of_them_out(cast, plan, change):
    sent = lines(plan, t11={"name": "改名"}, t12=change)

    with pytest.raises(Refusal):
        flows.import_plan_tasks(plan_id=plan.pk, by=cast.officer, lines=sent)

    assert plan.tasks.get(wbs="1.1").name == "数据字典"
