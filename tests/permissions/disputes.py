"""Disputes: seen by the sides and those who read all; ruled by the head of the office."""

from disputes import flows
from tests.disputes import world as disputes
from tests.permissions import row
from tests.permissions.verbs import LEAD_SPEAKERS, SEE_ACCEPTED, flat, statuses

SIDES = (*LEAD_SPEAKERS, "member")
SEE = (*SIDES, "readers")


def build(world):
    """One dispute of supplies and staffing at each state."""
    world.question = disputes.not_agreed(world)
    world.registered = disputes.registered(world)
    world.negotiated = disputes.negotiated(world)
    world.to_rule = disputes.to_be_ruled(world)
    world.proposed = disputes.negotiated(world)
    flows.propose_settlement(
        dispute_id=world.proposed.pk,
        by=world.supplies_head,
        agreement="先借后补。",
        items=[disputes.item(world)],
    )


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


def matter(world):
    return {"matter_pk": world.question.matter_id}


def about(world):
    return {"question": world.question.pk}


def point(world):
    own = world.registered.points.first()
    return {"pk": world.registered.pk, "point": own.pk, "department": world.staffing.pk}


def form(world):
    return {**disputes.DISPUTE, "parties": [world.supplies.pk, world.staffing.pk]}


def talk(world):
    people = [world.supplies_head.pk, world.staffing_head.pk]
    return {"held_at": "2026-09-14 08:30", "people": people, "text": "双方愿意先借后补。", "result": "closer"}


def items(world):
    given = disputes.item(world)
    return {
        "items-TOTAL_FORMS": 1, "items-INITIAL_FORMS": 0, "items-0-text": given["text"], "items-0-standard": given["standard"],
        "items-0-department": world.supplies.pk, "items-0-assignee": world.supplies_clerk.pk, "items-0-due_on": "2026-09-24",
    }  # fmt: skip


def ruling(world):
    answers = {f"point_{one.pk}": "费用由人力资源部列支。" for one in world.to_rule.points.all()}
    duties = {"facts": disputes.RULING["facts"], "basis": disputes.RULING["basis"], "duty_note": "只需执行。"}
    return {**items(world), **answers, **duties}


def verb(name, kwargs, may, data=None):
    """The form and the act, for the same people: who sees the dispute but may not is told so, others find nothing."""
    return (
        row("GET", name, 404, kwargs=kwargs, **statuses(SEE, may, 200)),
        row("POST", name, 404, kwargs=kwargs, data=data, **statuses(SEE, may, 302)),
    )


ROWS = [
    row("GET", "disputes:list", 200),
    row("GET", "disputes:panel", 404, kwargs=matter, **dict.fromkeys(flat(SEE_ACCEPTED), 200)),
    row("GET", "disputes:detail", 404, kwargs=pk("registered"), **dict.fromkeys(flat(SEE), 200)),
    row("GET", "disputes:new", 404, query=about, **dict.fromkeys(flat(SEE_ACCEPTED), 200)),
    row(
        "POST", "disputes:new", 404, query=about, data=form, **statuses(SEE_ACCEPTED, ("office", *SIDES), 302),
    ),
    *verb("disputes:talk", pk("registered"), ("office", *SIDES), talk),
    *verb("disputes:position", point, ("member",), {"position": "专项资金只用于本公司员工。"}),
    *verb(
        "disputes:settle", pk("negotiated"), ("supplies_head", "staffing_head"),
        lambda world: {**items(world), "agreement": "先借后补。"},
    ),
    row("GET", "disputes:sign", 404, kwargs=pk("proposed"), **statuses(SEE, ("supplies_head", "staffing_head"), 200)),
    row(
        "POST", "disputes:sign", 404, kwargs=pk("proposed"),
        **statuses(SEE, ("staffing_head",), 302) | {"supplies_head": 422},  # the own signature stands already
    ),
    *verb("disputes:to_ruling", pk("negotiated"), ("office", *SIDES)),
    *verb("disputes:rule", pk("to_rule"), ("office_head",), ruling),
    *verb("disputes:withdraw", pk("registered"), ("supplies_liaison",), {"reason": "已另行商定。"}),
    row("GET", "disputes:end_stay", 404, kwargs=pk("to_rule"), **dict.fromkeys(flat(SEE), 403)),  # nothing is stayed
    row("POST", "disputes:end_stay", 404, kwargs=pk("to_rule"), **dict.fromkeys(flat(SEE), 403)),
]  # fmt: skip
