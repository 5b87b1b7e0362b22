"""The approvals as a browser sees them: the paper, the answer of a level, the three columns, the rule."""

import pytest

from requests.models import ApprovalRule, ApprovalStep
from tests.browser.conftest import enter, visit
from tests.requests import approval_world as approvals


@pytest.fixture
def matters(monday, cast):
    return {
        "begun": approvals.major(cast),
        "office": approvals.at_the_office(cast),
        "done": approvals.approved(cast),
    }


def test_the_pages_of_the_approvals_fit_and_are_accessible(page, cast, matters):
    pk = {name: matter.pk for name, matter in matters.items()}
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
        },
    )


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
