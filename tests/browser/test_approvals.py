"""The approvals and the changes as a browser sees them: the paper, a level, the columns, the rule, a change."""

import pytest

from requests.models import ApprovalRule, ApprovalStep
from tests.browser.conftest import enter, visit
from tests.requests import approval_world as approvals
from tests.requests.test_appeals import appealed
from tests.requests.test_change_requests import assessed


@pytest.fixture
def matters(monday, cast):
    return {
        "begun": approvals.major(cast),
        "office": approvals.at_the_office(cast),
        "done": approvals.approved(cast),
    }


def test_the_pages_of_the_approvals_fit_and_are_accessible(page, cast, matters):
    pk = {name: matter.pk for name, matter in matters.items()}
    project = approvals.executing(cast).matter
    change = assessed(cast, project)
    enter(page, cast.office_head)
    visit(
        page,
        {
            "approval-form": f"/requests/{pk['begun']}/application/",
            "approval-answer": f"/requests/{pk['office']}/approve/",
            "approval-paper": f"/requests/{pk['done']}/application/",
            "approval-matter": f"/requests/{pk['done']}/",
            "approval-rules": "/requests/approval-rules/",
            "approval-rule": f"/requests/approval-rules/{ApprovalRule.objects.first().pk}/",
            "change-form": f"/requests/{project.pk}/changes/new/",
            "change": f"/changes/{change.pk}/",
            "change-list": f"/requests/{project.pk}/?tab=changes",
        },
    )


def test_the_pages_of_an_appeal_fit_and_are_accessible(page, cast, monday):
    """R060: the appeal of a department, and the ruling one level above the decision."""
    appeal = appealed(cast)
    enter(page, cast.staffing_head)
    visit(
        page,
        {
            "appeal-form": f"/requests/{appeal.matter_id}/appeals/new/",
            "appeal-list": f"/requests/{appeal.matter_id}/?tab=changes",
        },
    )
    enter(page, cast.chair)
    visit(page, {"appeal": f"/appeals/{appeal.pk}/"})


def test_the_head_of_the_office_approves_from_the_first_page(page, cast, matters):
    enter(page, cast.office_head)
    page.goto("/")
    page.locator(f"a[href='/requests/{matters['office'].pk}/approve/']").first.click()
    for name in ("reasonable", "feasible", "risk", "compliant", "duties"):
        page.locator(f"#id_check_{name}_0").check()
    page.get_by_role("button", name="批准", exact=True).click()

    page.get_by_text("待范长青审批").wait_for()
    assert (
        ApprovalStep.objects.filter(level="office", outcome="approved", answered_by=cast.office_head).count()
        == 2
    )
