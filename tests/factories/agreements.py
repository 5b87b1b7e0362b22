from datetime import UTC, date, datetime

from requests.models import Agreement, AgreementSide
from tests.factories import line
from tests.factories.requests import saved_matter

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


@line(Agreement, change=("text", "9月18日前备货", "9月21日前备货"))
def agreement(cast, n):
    return Agreement(
        matter=saved_matter(cast, n), agreed_on=date(2026, 9, 14), recorded_by=cast.supplies_clerk, recorded_at=MONDAY
    )  # fmt: skip


@line(AgreementSide, change=("department_name", "物资部", "物资供应部"))
def side(cast, n):
    made = agreement(cast, n)
    made.text = "9月18日前备货"
    made.save()
    return AgreementSide(agreement=made, department=cast.supplies, person=cast.supplies_clerk)
