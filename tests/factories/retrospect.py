from datetime import UTC, date, datetime

from requests.models import Improvement, Review
from tests.factories import line
from tests.factories.requests import saved_matter

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


@line(Review, change=("went_well", "开工前到位", "开工前三天到位"))
def review(cast, n):
    return Review(matter=saved_matter(cast, n), drafted_by=cast.officer, drafted_at=MONDAY)


def saved_review(cast, n):
    row = review(cast, n)
    row.save()
    return row


@line(Improvement, change=("text", "修订合同范本", "修订外包合同范本"))
def improvement(cast, n):
    of = saved_review(cast, n)
    return Improvement(
        matter=of.matter, review=of, kind="contract", owner=cast.supplies_clerk, department=cast.supplies,
        department_name="物资部", due_on=date(2026, 10, 15),
    )  # fmt: skip
