"""The plan, its board and its chart as a browser sees them: wide and narrow, light and dark, accessible."""

import pytest

from audit.acting import at_moment
from requests import flows
from requests.models import Plan
from tests.browser.conftest import enter, visit
from tests.requests import plan_world, test_agreements, world


@pytest.fixture
def office(monday, cast):
    draft = plan_world.second_version(cast)
    plan = Plan.objects.get(version=1)
    with at_moment(world.moment(14, 12)):
        test_agreements.agree(cast, plan.matter, cast.supplies_clerk, cast.staffing_liaison)
        flows.review_progress(matter_id=plan.matter_id, by=cast.officer, note="数据字典按计划推进。")
    return plan, draft


def test_pages_of_the_plan_fit_and_are_accessible(page, cast, office):
    plan, draft = office
    matter = f"/requests/{plan.matter_id}"
    enter(page, cast.officer)
    visit(
        page,
        {
            "plan": f"{matter}/plan/",
            "plan-draft": f"{matter}/plan/?version=2",
            "plan-team": f"/plans/{draft.pk}/parts/team/",
            "plan-risks": f"/plans/{draft.pk}/parts/risks/",
            "plan-task": f"/plan-tasks/{draft.tasks.first().pk}/",
            "plan-changes": f"/plans/{draft.pk}/changes/",
            "plan-board": f"{matter}/board/",
            "plan-gantt": f"{matter}/gantt/",
            "plan-stage": f"/milestones/{plan.milestones.first().pk}/",
            "plan-risk": f"/plan-risks/{plan.risks.get().pk}/",
            "plan-tab": f"{matter}/?tab=plan",
            "progress-review": f"{matter}/progress-review/",
            "progress-reviews": f"{matter}/?tab=items",
            "process-record": f"{matter}/?tab=story&kind=decision",
            "agreement-new": f"{matter}/agreements/new/",
            "agreement-tab": f"{matter}/?tab=talks",
            "group-new": f"{matter}/group/new/",
        },
    )
    enter(page, cast.supplies_head)
    visit(page, {"agreement": f"/agreements/{plan.matter.agreements.get().pk}/"})
    enter(page, cast.supplies_liaison)
    visit(page, {"plan-answer": f"/plans/{plan.pk}/answer/", "plan-desk": "/"})
