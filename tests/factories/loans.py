from datetime import UTC, date, datetime

from requests.models import Loan
from tests.factories import line
from tests.factories.requests import saved_matter

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)
DAY = date(2026, 9, 14)


@line(Loan, change=("condition", "全新", "有一处磨损"))
def loan(cast, n):
    return Loan(
        matter=saved_matter(cast, n), thing="劳保服", quantity=3, unit="套", lender=cast.supplies,
        borrower=cast.repair, lender_name="物资部", borrower_name="检修部", way="equal", lent_on=DAY, due_on=DAY,
        original_due_on=DAY, recorded_by=cast.supplies_clerk, recorded_at=MONDAY,
    )  # fmt: skip
