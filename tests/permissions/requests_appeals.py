"""Appeals of the heads of supplies and staffing against what the office decided: the leader in charge of the office rules."""

from requests import flows
from tests.permissions import row
from tests.permissions.verbs import REASON, SEE_ITEM, flat, statuses
from tests.requests import world as matters

HEADS = ("supplies_head", "staffing_head")
# One level above the head of the office, and who stands above that.
ABOVE = ("leaders",)
APPEAL = {"ground": "unfair", "reason": "费用应由用工部门承担。", "wish": "由人力资源部承担费用。"}
RULING = {"uphold": "no", "answer": "理由不成立。"}


def build(world):
    world.appealable = matters.executing(world)
    matter = matters.executing(world)
    world.appeal = flows.ask_appeal(matter_id=matter.pk, by=world.supplies_head, **APPEAL)


def matter(world):
    return {"pk": world.appealable.pk}


def one(world):
    return {"pk": world.appeal.pk}


SEES = dict.fromkeys(flat(SEE_ITEM), 200)
ROWS = [
    row("GET", "requests:new_appeal", 404, kwargs=matter, **statuses(SEE_ITEM, HEADS, 200)),
    row("POST", "requests:new_appeal", 404, kwargs=matter, data=APPEAL, **statuses(SEE_ITEM, HEADS, 302)),
    row("GET", "requests:appeal", 404, kwargs=one, **SEES),
    row("POST", "requests:appeal", 404, kwargs=one, data=RULING, **statuses(SEE_ITEM, ABOVE, 302)),
    row("GET", "requests:appeal_withdraw", 404, kwargs=one, **statuses(SEE_ITEM, ("supplies_head",), 200)),
    row("POST", "requests:appeal_withdraw", 404, kwargs=one, data=REASON, **statuses(SEE_ITEM, ("supplies_head",), 302)),
    row("GET", "api:matter_appeals", 404, anonymous=401, kwargs=matter, **SEES),
    row("POST", "api:matter_appeals", 404, anonymous=401, kwargs=matter, data=APPEAL, **statuses(SEE_ITEM, HEADS, 201)),
    row(
        "POST", "api:appeal_rule", 404, anonymous=401, kwargs=one, data={"uphold": False, "answer": "理由不成立。"},
        **statuses(SEE_ITEM, ABOVE, 200),
    ),
    row("POST", "api:appeal_withdraw", 404, anonymous=401, kwargs=one, data=REASON, **statuses(SEE_ITEM, ("supplies_head",), 200)),
]  # fmt: skip
