"""The core question of the matter that is being decided: marked undisputed, it waits for the head of the office."""

from requests import flows
from tests.permissions import row
from tests.permissions.verbs import LEAD_SPEAKERS, SEE_ACCEPTED, flat, statuses

SPEAKERS = (*LEAD_SPEAKERS, "member")


def build(world):
    world.question = world.deciding.questions.get()
    flows.mark_question(question_id=world.question.pk, by=world.officer, track="undisputed")


def keys(world):
    return {"pk": world.deciding.pk, "question_pk": world.question.pk}


def alone(world):
    return {"pk": world.question.pk}


def opinion(of):
    """A department for itself: what `member` sends for the other one is refused."""
    return lambda world: {"opinion": "agree", "department": getattr(world, of).pk}


TRACK = {"track": "disputed"}
RESOLUTION = {"resolution": "由物资部采购发放。"}

ROWS = [
    row("GET", "requests:question", 404, kwargs=keys, **dict.fromkeys(flat(SEE_ACCEPTED), 200)),
    row("POST", "requests:question_mark", 404, kwargs=keys, data=TRACK, **statuses(SEE_ACCEPTED, ("office",), 302)),
    row("GET", "requests:question_opinion", 404, kwargs=keys, **statuses(SEE_ACCEPTED, SPEAKERS, 200)),
    row(
        "POST", "requests:question_opinion", 404, kwargs=keys, data=opinion("supplies"),
        **statuses(SEE_ACCEPTED, LEAD_SPEAKERS, 302) | dict.fromkeys(flat(("member",)), 422),
    ),
    row("GET", "requests:question_decide", 404, kwargs=keys, **statuses(SEE_ACCEPTED, ("office_head",), 200)),
    row(
        "POST", "requests:question_decide", 404, kwargs=keys, data=RESOLUTION,
        **statuses(SEE_ACCEPTED, ("office_head",), 302),
    ),
    row("POST", "api:question_mark", 404, anonymous=401, kwargs=alone, data=TRACK, **statuses(SEE_ACCEPTED, ("office",), 200)),
    row(
        "POST", "api:question_opinion", 404, anonymous=401, kwargs=alone, data={"opinion": "agree"},
        **statuses(SEE_ACCEPTED, SPEAKERS, 200),
    ),
    row(
        "POST", "api:question_decide", 404, anonymous=401, kwargs=alone, data=RESOLUTION,
        **statuses(SEE_ACCEPTED, ("office_head",), 200),
    ),
]  # fmt: skip
