"""Goals, site visits and requests for resources as a browser sees them: wide and narrow, light and dark."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from organization.flows import add_goal, retire_goal
from requests import flows
from tests.browser.conftest import enter, visit
from tests.documents.uploads import PNG
from tests.requests import plan_world


@pytest.fixture
def goals(monday, cast):
    top = add_goal(name="2026年机组检修安全目标", by=cast.officer, measure="全年零轻伤，持证上岗率100%")
    own = add_goal(
        name="仓储费用比上年下降5%", by=cast.officer, department_id=cast.supplies.pk, parent_id=top.pk
    )
    gone = add_goal(name="2025年检修安全目标", by=cast.officer)
    retire_goal(goal_id=gone.pk, by=cast.officer, reason="年度已结束。")
    return top, own


@pytest.fixture
def wanted(monday, cast, goals):
    """A plan with a need that waits for its answer; the matter was looked at on the spot."""
    plan = plan_world.drafted(cast)
    need = {
        "kind": "people",
        "text": "焊工2名，每周3天",
        "department": cast.staffing,
        "needed_on": date(2026, 9, 15),
        "task": "1.1",
    }
    flows.write_plan_part(plan_id=plan.pk, by=cast.officer, part="resources", rows=[need])
    [asked] = flows.ask_resources(plan_id=plan.pk, by=cast.officer)
    flows.submit_plan(plan_id=plan.pk, by=cast.supplies_clerk)
    flows.record_visit(
        matter_id=plan.matter_id, by=cast.officer, visited_on=date(2026, 9, 11), place="三号库房", people="物资部 林佳、检修部 周立群",
        findings="同款劳保服在库12套，尺码齐全。", result="先借3套，到货后归还。", photos=[ContentFile(PNG, name="库房.png")],
    )  # fmt: skip
    flows.state_effect(
        matter_id=plan.matter_id, by=cast.supplies_liaison, department=cast.supplies, direction="loss", kind="money",
        text="每季多配送一次。", goal=goals[1],
    )  # fmt: skip
    return asked


def test_pages_of_goals_visits_and_resources_fit_and_are_accessible(page, cast, wanted):
    matter = f"/requests/{wanted.matter_id}"
    draft = flows.start_draft(by=cast.clerk)
    enter(page, cast.officer)
    visit(
        page,
        {
            "goals": "/organization/goals/",
            "goal-new": "/organization/goals/new/",
            "visits": f"{matter}/?tab=visits",
            "visit-new": f"{matter}/visits/new/",
            "effects-goals": f"{matter}/?tab=effects",
            "story-channels": f"{matter}/?tab=story",
            "plan-resources": f"{matter}/plan/",
            "resource-conflicts": "/resource-conflicts/",
        },
    )
    enter(page, cast.staffing_head)
    visit(page, {"resource-request": f"/resource-requests/{wanted.pk}/"})
    enter(page, cast.clerk)
    visit(page, {"form-goals": f"/requests/{draft.pk}/form/"})
