from datetime import UTC, datetime

from requests.models import DecisionAppeal
from tests.factories import line
from tests.factories.requests import saved_matter

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


@line(DecisionAppeal, change=("wish", "由人力资源部采购", "由人力资源部出资"))
def appeal(cast, n):
    return DecisionAppeal(
        matter=saved_matter(cast, n), decided_at=MONDAY, decided_by=cast.office_head, department=cast.supplies, ground="unfair",
        reason="费用应由用工部门承担", wish="由人力资源部采购", asked_by=cast.supplies_head, asked_at=MONDAY, ruler=cast.chair,
    )  # fmt: skip
