from datetime import UTC, date, datetime

from requests.models import LateTask, ProgressReview
from tests.factories import line
from tests.factories.requests import saved_item, saved_matter

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


@line(ProgressReview, change=("note", "按计划推进", "发放滞后"))
def review(cast, n):
    return ProgressReview(matter=saved_matter(cast, n), reviewed_by=cast.officer, reviewed_at=MONDAY)


@line(LateTask, change=("measure_text", "增派一人", "增派两人"))
def late_task(cast, n):
    item = saved_item(cast, n)
    held = ProgressReview.objects.create(
        matter=item.matter, reviewed_by=cast.officer, reviewed_at=MONDAY, note="发放滞后"
    )
    return LateTask(
        review=held, item=item, due_on=date(2026, 9, 22), days_late=2, percent=40, cause="resource", measure="people"
    )  # fmt: skip
