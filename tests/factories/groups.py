from datetime import UTC, datetime

from organization.models import Committee
from requests.models import MatterGroup
from tests.factories import line
from tests.factories.requests import saved_matter

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 9, 15, 1, 0, tzinfo=UTC)


@line(MatterGroup, change=("ended_at", MONDAY, TUESDAY))
def group(cast, n):
    committee = Committee.objects.create(name=f"协调小组{n}", kind="temporary")
    return MatterGroup(
        matter=saved_matter(cast, n), committee=committee, set_up_by=cast.officer, set_up_at=MONDAY
    )
