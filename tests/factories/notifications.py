from datetime import UTC, datetime

from notifications.models import Notice, Subscription
from organization.models import User
from tests.factories import line


@line(Notice, change=("number", "协〔2026〕1号", "协〔2026〕2号"))
def notice(cast, n):
    return Notice(
        recipient=cast.clerk,
        sentence="%(number)s is yours.",
        dedupe_key=f"matter:{n}:accepted",
        created_at=datetime(2026, 9, 14, tzinfo=UTC),
    )


@line(Subscription, change=("most_per_day", 20, 30))
def subscription(cast, n):
    person = User.objects.create(username=f"hears{n}", name="听雨", external_unit=cast.unit)
    return Subscription(person=person)
