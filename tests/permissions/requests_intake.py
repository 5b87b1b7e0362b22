"""A matter that was started on an oral order of the head of the repair department."""

from tests.permissions import row
from tests.permissions.verbs import SEE_ACCEPTED, statuses
from tests.requests import oral_world

PAPERS = {**oral_world.PAPERS, "has_personal_data": ""}
READ = {"office": 200, "leaders": 200, "auditor": 200}


def build(world):
    world.oral = oral_world.begun(world)


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


def order(world):
    given = oral_world.order(world)
    plain = {name: getattr(value, "pk", value) for name, value in given.items() if name != "fields"}
    return {
        **plain, **given["fields"], "co_departments": [world.staffing.pk], "ordered_at": "2026-09-07 09:00",
        "ordered_by": world.repair_head.pk,
    }  # fmt: skip


def page(name, data, may):
    return [
        row("GET", f"requests:{name}", 404, kwargs=pk("oral"), **statuses(SEE_ACCEPTED, may, 200)),
        row(
            "POST", f"requests:{name}", 404, kwargs=pk("oral"), data=data, **statuses(SEE_ACCEPTED, may, 302)
        ),
    ]


def verb(name, data, may):
    return row(
        "POST",
        f"api:matter_{name}",
        404,
        anonymous=401,
        kwargs=pk("oral"),
        data=data,
        **statuses(SEE_ACCEPTED, may, 200),
    )


ROWS = [
    row("GET", "requests:oral_orders", 403, **READ),
    row("GET", "requests:oral_start", 403, office=200),
    row("POST", "requests:oral_start", 403, office=302, data=order),
    *page("oral_answer", {"confirm": "yes"}, ("repair_head",)),
    *page("oral_papers", PAPERS, ("clerk",)),
    row("GET", "api:oral_orders", 403, anonymous=401, **READ),
    row("POST", "api:oral_orders", 403, anonymous=401, office=201, data=order),
    verb("answer-order", {"confirm": True}, ("repair_head",)),
    verb("hand-in-papers", oral_world.PAPERS, ("clerk",)),
]
