"""The plan, its board and its chart as a browser sees them: wide and narrow, light and dark, accessible."""

import pytest

from requests.models import Plan
from tests.browser.conftest import enter, visit
from tests.requests import plan_world


@pytest.fixture
def office(monday, cast):
    draft = plan_world.second_version(cast)
    return Plan.objects.get(version=1), draft


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
            "group-new": f"{matter}/group/new/",
        },
    )
    enter(page, cast.supplies_liaison)
    visit(page, {"plan-answer": f"/plans/{plan.pk}/answer/", "plan-desk": "/"})
