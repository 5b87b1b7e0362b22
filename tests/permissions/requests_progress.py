"""The progress review of a matter that is carried out, of which nothing is late; and its process record."""

from tests.permissions import row
from tests.permissions.verbs import LEAD_SPEAKERS, SEE_ITEM, flat, statuses
from tests.requests import world as matters

REVIEWERS = ("office", *LEAD_SPEAKERS)
NOTE = {"note": "采购已下单，按计划推进。"}


def build(world):
    world.progressing = matters.executing(world)


def running(world):
    return {"pk": world.progressing.pk}


ROWS = [
    row("GET", "requests:record", 404, kwargs=running, **dict.fromkeys(flat(SEE_ITEM), 200)),
    row("GET", "api:matter_record", 404, anonymous=401, kwargs=running, **dict.fromkeys(flat(SEE_ITEM), 200)),
    row("GET", "requests:review_progress", 404, kwargs=running, **statuses(SEE_ITEM, REVIEWERS, 200)),
    row(
        "POST", "requests:review_progress", 404, kwargs=running, data=NOTE, **statuses(SEE_ITEM, REVIEWERS, 302)
    ),
    row(
        "GET", "api:matter_progress_reviews", 404, anonymous=401, kwargs=running, **dict.fromkeys(flat(SEE_ITEM), 200)
    ),
    row(
        "POST", "api:matter_progress_reviews", 404, anonymous=401, kwargs=running, data=NOTE,
        **statuses(SEE_ITEM, REVIEWERS, 201),
    ),
]  # fmt: skip
