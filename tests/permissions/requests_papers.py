"""The digest of a matter in preparation, already worded."""

from requests import flows
from tests.permissions import row
from tests.permissions.verbs import SEE_ACCEPTED, flat, statuses
from tests.requests import world as matters

WORDS = {
    "question": "由谁采购？",
    "positions": "物资部：同意。",
    "options": "由物资部采购。",
    "recommendation": "按一致意见决定。",
}


def build(world):
    world.digested = matters.prepared(world)
    flows.write_digest(matter_id=world.digested.pk, by=world.officer, **WORDS)


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


def leaders(world):
    return {"leaders": [world.chair.pk]}


def page(name, thing, data, may, sees=SEE_ACCEPTED):
    return [
        row("GET", f"requests:{name}", 404, kwargs=pk(thing), **statuses(sees, may, 200)),
        row("POST", f"requests:{name}", 404, kwargs=pk(thing), data=data, **statuses(sees, may, 302)),
    ]


def read(name, thing, sees=SEE_ACCEPTED, **more):
    return row("GET", name, 404, kwargs=pk(thing), **dict.fromkeys(flat(sees), 200), **more)


def verb(name, thing, data, may, sees=SEE_ACCEPTED):
    return row(
        "POST", f"api:{name}", 404, anonymous=401, kwargs=pk(thing), data=data, **statuses(sees, may, 200)
    )  # fmt: skip


ROWS = [
    *(read(f"requests:{name}", "digested") for name in ("digest", "digest_pdf", "digest_word")),
    *page("write_digest", "digested", WORDS, ("office",)),
    *page("present_digest", "digested", leaders, ("office",)),
    read("api:matter_digest", "digested", anonymous=401),
    verb("matter_write-digest", "digested", WORDS, ("office",)),
    verb("matter_present-digest", "digested", leaders, ("office",)),
]
