"""The approvals: a paper that is written, one that waits for the head of the repair department, a project under way."""

from requests import flows
from requests.approval_states import Check
from requests.models import ApprovalRule
from tests.permissions import row
from tests.permissions.verbs import REASON, SEE_FILED, SEE_ITEM, flat, statuses
from tests.requests import approval_world as approvals

SEES = (*SEE_FILED, "planning_liaison")
WRITERS = ("office", "planning_liaison")


def build(world):
    world.paper_begun = approvals.major(world)
    fields = approvals.paper(world)
    flows.write_application(matter_id=world.paper_begun.pk, by=world.officer, fields=fields)
    world.in_approval = approvals.in_approval(world)
    world.project = approvals.executing(world).matter


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


def rule(world):
    return {"pk": ApprovalRule.objects.first().pk}


NO_ROWS = {
    f"{name}-{part}": number
    for name in ("goals", "departments", "milestones", "resources", "risks")
    for part, number in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))
}
PAPER = {"title": "劳保用品统一配置", **NO_ROWS}
TICKS = {f"check_{check.value}": "yes" for check in Check}
CHECKS = {check.value: {"is_so": True} for check in Check}
RULE = {"category": "policy", "levels": "office", "is_used": "on"}


def sees(status=200):
    return dict.fromkeys(flat(SEES), status)


def api(name, thing, may, data, *, seen=SEES):
    return row(
        "POST", f"api:matter_{name}", 404, anonymous=401, kwargs=pk(thing), data=data, **statuses(seen, may, 200)
    )  # fmt: skip


ROWS = [
    row("GET", "requests:approval_rules", 200, external=403),
    row("GET", "requests:new_approval_rule", 403, arrangers=200),
    row("POST", "requests:new_approval_rule", 403, arrangers=302, data=RULE),
    row("GET", "requests:approval_rule", 403, arrangers=200, kwargs=rule),
    row("POST", "requests:approval_rule", 403, arrangers=302, kwargs=rule, data=RULE),
    row("GET", "requests:application", 404, kwargs=pk("paper_begun"), **sees()),
    row("POST", "requests:application", 404, kwargs=pk("paper_begun"), data=PAPER, **statuses(SEES, WRITERS, 302)),
    row("GET", "requests:application_pdf", 404, kwargs=pk("in_approval"), **sees()),
    row("GET", "requests:application_word", 404, kwargs=pk("in_approval"), **sees()),
    row("GET", "requests:approve", 404, kwargs=pk("in_approval"), **statuses(SEES, ("repair_head",), 200)),
    row(
        "POST", "requests:approve", 404, kwargs=pk("in_approval"), data={**TICKS, "outcome": "approved"},
        **statuses(SEES, ("repair_head",), 302),
    ),
    row(
        "GET", "requests:wish_meeting", 404, kwargs=pk("project"),
        **statuses((*SEE_ITEM, "planning_liaison"), ("planning_liaison",), 200),
    ),
    row(
        "POST", "requests:wish_meeting", 404, kwargs=pk("project"), data=REASON,
        **statuses((*SEE_ITEM, "planning_liaison"), ("planning_liaison",), 302),
    ),
    row("GET", "api:approval_rules", 200, anonymous=401),
    row("GET", "api:matter_application", 404, anonymous=401, kwargs=pk("in_approval"), **sees()),
    api("write-application", "paper_begun", WRITERS, {"title": "劳保用品统一配置"}),
    api("submit-application", "paper_begun", WRITERS, {}),
    api("answer-approval", "in_approval", ("repair_head",), {"outcome": "approved", "checks": CHECKS}),
    api("wish-meeting", "project", ("planning_liaison",), REASON, seen=(*SEE_ITEM, "planning_liaison")),
]  # fmt: skip
