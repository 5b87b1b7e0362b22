from datetime import UTC, datetime

from requests.models import ApprovalRule, ApprovalStep, ProjectApplication
from tests.factories import line
from tests.factories.requests import saved_matter

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


@line(ApprovalRule, change=("levels", "all", "office"))
def rule(cast, n):
    return ApprovalRule(category="project")


@line(ProjectApplication, change=("title", "库存共享", "库存数据共享"))
def application(cast, n):
    return ProjectApplication(matter=saved_matter(cast, n), drafted_by=cast.officer, drafted_at=MONDAY)


def saved_application(cast, n):
    row = application(cast, n)
    row.title = "库存共享"
    row.save()
    return row


@line(ApprovalStep, change=("opinion", "同意", "同意立项"))
def step(cast, n):
    return ApprovalStep(
        application=saved_application(cast, n), round=1, level="department", asked=cast.repair_head, asked_at=MONDAY,
        applicant=cast.clerk,
    )  # fmt: skip
