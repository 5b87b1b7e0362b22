"""Change requests of a matter that is carried out: one at each of its states. The office decided, so its head approves."""

from requests import flows
from requests.change_states import IMPACTS
from tests.permissions import row
from tests.permissions.verbs import REASON, SEE_ITEM, flat, statuses
from tests.requests import world as matters

NONE = dict.fromkeys(IMPACTS, "无影响")
LEADERS = ("supplies_liaison", "supplies_head")
# Any party: the applicant, whoever speaks for a department that takes part, the office.
PARTIES = ("clerk", *LEADERS, "member", "office")
CHANGE = {
    "object": "goal", "value": "9月24日前4名管焊工穿上同款劳保服。", "cause": "internal", "cause_text": "新到一名外包焊工。",
}  # fmt: skip


def build(world):
    world.changing = matters.executing(world)
    world.change_asked = ask(world)
    world.change_waiting = waiting(world)
    world.change_ordered = ask(world, ordered_by=world.office_head)
    world.change_approved = approved(world)
    world.change_applied = approved(world)
    flows.apply_change(change_id=world.change_applied.pk, by=world.supplies_liaison)
    for reading in world.change_applied.readings.exclude(person=world.clerk).select_related("person"):
        flows.read_change(change_id=world.change_applied.pk, by=reading.person)
    world.change_read = approved(world)
    flows.apply_change(change_id=world.change_read.pk, by=world.supplies_liaison)
    for reading in world.change_read.readings.select_related("person"):
        flows.read_change(change_id=world.change_read.pk, by=reading.person)


def ask(world, **more):
    return flows.ask_change(
        matter_id=matters.executing(world).pk, by=world.clerk, impacts=NONE, **CHANGE, **more
    )


def waiting(world):
    return flows.assess_change(change_id=ask(world).pk, by=world.officer, assessment="影响很小。")


def approved(world):
    return flows.answer_change(change_id=waiting(world).pk, by=world.office_head, approve=True)


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


def verb(name, thing, may, page=None, api=None):
    page, api = page or {}, api if api is not None else page or {}
    return [
        row("GET", f"requests:change_{name}", 404, kwargs=pk(thing), **statuses(SEE_ITEM, may, 200)),
        row("POST", f"requests:change_{name}", 404, kwargs=pk(thing), data=page, **statuses(SEE_ITEM, may, 302)),
        row(
            "POST", f"api:change_{name}", 404, anonymous=401, kwargs=pk(thing), data=api,
            **statuses(SEE_ITEM, may, 200),
        ),
    ]  # fmt: skip


SEES = dict.fromkeys(flat(SEE_ITEM), 200)
ROWS = [
    row("GET", "requests:new_change", 404, kwargs=pk("changing"), **statuses(SEE_ITEM, PARTIES, 200)),
    row(
        "POST", "requests:new_change", 404, kwargs=pk("changing"), data={**CHANGE, **NONE},
        **statuses(SEE_ITEM, PARTIES, 302),
    ),
    row("GET", "requests:change", 404, kwargs=pk("change_asked"), **SEES),
    row("GET", "api:matter_changes", 404, anonymous=401, kwargs=pk("changing"), **SEES),
    row(
        "POST", "api:matter_changes", 404, anonymous=401, kwargs=pk("changing"), data={**CHANGE, "impacts": NONE},
        **statuses(SEE_ITEM, PARTIES, 201),
    ),
    *verb("assess", "change_asked", ("officer", *LEADERS), {"assessment": "影响很小。"}),
    *verb("order", "change_ordered", ("office_head",), {"is_given": "yes"}, {"is_given": True}),
    *verb("answer", "change_waiting", ("office_head",), {"approve": "yes"}, {"approve": True}),
    *verb("apply", "change_approved", (*LEADERS, "office")),
    *verb("read", "change_applied", ("clerk",)),
    *verb("verify", "change_read", ("office",)),
    *verb("withdraw", "change_waiting", ("clerk",), REASON),
]  # fmt: skip
