from datetime import UTC, datetime, timedelta

from requests.models import ChangeReading, ChangeRequest
from tests.factories import line
from tests.factories.requests import saved_matter

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


@line(ChangeRequest, change=("answer", "同意", "同意调整"))
def change(cast, n):
    return ChangeRequest(
        matter=saved_matter(cast, n), number=f"变〔2026〕{n}号", object="goal", after="四套", value="四套",
        cause="internal", cause_text="增加一人", impact_goal="无影响", impact_scope="无影响", impact_resource="无影响",
        impact_time="无影响", impact_risk="无影响", asked_by=cast.clerk, asked_at=MONDAY, approver=cast.office_head,
    )  # fmt: skip


@line(ChangeReading, change=("read_at", MONDAY, MONDAY + timedelta(hours=1)))
def reading(cast, n):
    row = change(cast, n)
    row.save()
    return ChangeReading(change=row, person=cast.clerk)
