from datetime import UTC, datetime

from notifications.models import Notice
from tests.factories import line


@line(Notice, change=("number", "协〔2026〕1号", "协〔2026〕2号"))
def notice(cast, n):
    return Notice(
        recipient=cast.clerk,
        sentence="%(number)s is yours.",
        dedupe_key=f"matter:{n}:accepted",
        created_at=datetime(2026, 9, 14, tzinfo=UTC),
    )
