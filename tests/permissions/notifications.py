"""Notices: everybody's own, nobody else's."""

from tests.permissions import row

ROWS = [
    row("GET", "notifications:list", 200),
    row("POST", "notifications:read_all", 302),
    row("GET", "notifications:collected", 200),
    row("GET", "notifications:subscription", 200),
    row("POST", "notifications:subscription", 302, data={"info": "daily", "result": "at_once", "most_per_day": 20}),
    row(
        "POST", "notifications:open", 404, clerk=302,
        kwargs=lambda world: {"pk": world.clerk.notices.order_by("pk").first().pk},
    ),
]  # fmt: skip
