"""Calendar and limits: read inside the house, arranged by the system administrator and the office head."""

from supervision.models import TimeLimit
from tests.permissions import row


def limit(world):
    return {"pk": TimeLimit.objects.order_by("pk").first().pk}


ROWS = [
    row("GET", "supervision:settings", 200, external=403),
    row("GET", "supervision:limit", 403, arrangers=200, kwargs=limit),
    row("POST", "supervision:limit", 403, arrangers=302, kwargs=limit, data={"amount": 3, "unit": "days"}),
    row("GET", "supervision:this_year", 200, external=403),
    row("GET", "supervision:calendar", 200, external=403, kwargs={"number": 2026}),
    row("GET", "supervision:day", 403, arrangers=200, kwargs={"day": "2026-12-24"}),
    row(
        "POST", "supervision:day", 403, arrangers=302, kwargs={"day": "2026-12-24"},
        data={"is_working": "0", "note": "放假"},
    ),
    row("GET", "supervision:hours", 403, arrangers=200),
    row(
        "POST", "supervision:hours", 403, arrangers=302,
        data={"morning_opens": "08:30", "morning_closes": "12:00", "afternoon_opens": "14:00", "afternoon_closes": "17:30"},
    ),
]  # fmt: skip
