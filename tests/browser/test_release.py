"""A refusal reviewed, an item released and held up, as a browser sees them: they fit, and are accessible."""

import pytest

from audit.acting import at_moment
from requests import flows
from tests.browser.conftest import enter, visit
from tests.requests import world


@pytest.fixture
def office(monday, cast):
    """An item that its department wants to be released from, one that waits for two departments, a refusal."""
    asked, stuck = world.issued(cast), world.started(cast)
    with at_moment(world.moment(14, 8, 50)):
        release = flows.ask_release(
            item_id=asked.pk, by=cast.supplies_head, right_owner=cast.staffing,
            basis="部门职责清单第4条：外包人员劳保用品由人力资源部归口。",
        )  # fmt: skip
        for department, step in ((cast.staffing, "预算审批"), (cast.repair, "现场确认")):
            row = flows.record_obstacle(
                item_id=stuck.pk, by=cast.supplies_clerk, step=step, department=department,
                text="预算科目没有确定，需要对方书面答复。", since=world.moment(11).date(),
            )  # fmt: skip
        flows.end_obstacle(obstacle_id=row.pk, by=cast.supplies_clerk, how_ended="现场已确认人数。")
    return {
        "asked": asked, "release": release, "stuck": stuck, "row": stuck.obstacles.get(until=None),
        "refused": world.refused(cast), "reviewed": world.reviewed(cast),
    }  # fmt: skip


def test_the_pages_of_release_and_obstacles_fit_and_are_accessible(page, cast, office):
    enter(page, cast.office_head)
    visit(
        page,
        {
            "release-item": f"/items/{office['asked'].pk}/",
            "release": f"/items/releases/{office['release'].pk}/",
            "obstacle-new": f"/items/{office['stuck'].pk}/obstacle/",
            "obstacle-end": f"/items/{office['stuck'].pk}/obstacles/{office['row'].pk}/end/",
            "obstacle-item": f"/items/{office['stuck'].pk}/",
            "obstacle-matter": f"/requests/{office['stuck'].matter_id}/?tab=items",
        },
    )


def test_the_pages_of_the_review_fit_and_are_accessible(page, cast, office):
    enter(page, cast.clerk)
    visit(
        page,
        {
            "review-refused": f"/requests/{office['refused'].pk}/",
            "review-reviewed": f"/requests/{office['reviewed'].pk}/",
        },
    )
    enter(page, cast.chair)
    visit(page, {"review": f"/requests/{office['reviewed'].pk}/review/"})
