"""A matter that was started on an oral order of the head of the repair department; a loss of the supplies department."""

from datetime import date

from requests import flows
from tests.permissions import row
from tests.permissions.verbs import LEAD_SPEAKERS, SEE_ACCEPTED, flat, statuses
from tests.requests import oral_world

PAPERS = {**oral_world.PAPERS, "has_personal_data": ""}
EFFECT = {"direction": "loss", "kind": "work", "text": "每月增加一人天盘点。"}
# Their own department is another one: the form does not offer it to them.
OTHERS = ("repair_head", "repair_liaison", "staffing_liaison", "staffing_head")
VISIT = {
    "visited_on": date(2026, 9, 14), "place": "三号库房", "people": "物资部 林佳", "findings": "在库12套。", "result": "先借3套。",
}  # fmt: skip
# Who takes part in the prepared matter.
TAKE_PART = ("clerk", "repair_head", "repair_liaison", "office", *LEAD_SPEAKERS, "member")
READ = {"office": 200, "leaders": 200, "auditor": 200}


def build(world):
    world.oral = oral_world.begun(world)
    world.effect = flows.state_effect(
        matter_id=world.prepared.pk, by=world.officer, **{**EFFECT, "department": world.supplies}
    )
    world.visit = flows.record_visit(
        matter_id=world.prepared.pk, by=world.officer, **{**VISIT, "place": "二号库房"}
    )


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


def order(world):
    given = oral_world.order(world)
    plain = {name: getattr(value, "pk", value) for name, value in given.items() if name != "fields"}
    return {
        **plain, **given["fields"], "co_departments": [world.staffing.pk], "ordered_at": "2026-09-07 09:00",
        "ordered_by": world.repair_head.pk,
    }  # fmt: skip


def own(world):
    """Of the department that the person speaks for the table cannot know: the office may for each."""
    return {**EFFECT, "department": world.supplies.pk}


def system(world):
    return {"text": "劳保用品归口写入职责清单。", "owner": world.staffing_head.pk, "due_on": "2026-10-30"}


def seen(name, thing, data, may):
    return [
        row("GET", f"requests:{name}", 404, kwargs=pk(thing), **statuses(SEE_ACCEPTED, may, 200)),
        row("POST", f"requests:{name}", 404, kwargs=pk(thing), data=data, **statuses(SEE_ACCEPTED, may, 302)),
    ]


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
    row("GET", "requests:recurring", 403, **READ),
    row("GET", "api:recurring", 403, anonymous=401, **READ),
    row(
        "GET",
        "requests:better_system",
        404,
        kwargs=pk("prepared"),
        **statuses(SEE_ACCEPTED, ("office",), 200),
    ),
    row(
        "POST",
        "requests:better_system",
        404,
        kwargs=pk("prepared"),
        data=system,
        **statuses(SEE_ACCEPTED, ("office",), 302),
    ),
    row(
        "POST",
        "api:matter_better-system",
        404,
        anonymous=401,
        kwargs=pk("prepared"),
        data=system,
        **statuses(SEE_ACCEPTED, ("office",), 200),
    ),
    *page("oral_answer", {"confirm": "yes"}, ("repair_head",)),
    *page("oral_papers", PAPERS, ("clerk",)),
    row("GET", "api:oral_orders", 403, anonymous=401, **READ),
    row("POST", "api:oral_orders", 403, anonymous=401, office=201, data=order),
    verb("answer-order", {"confirm": True}, ("repair_head",)),
    row(
        "GET",
        "requests:state_effect",
        404,
        kwargs=pk("prepared"),
        **statuses(SEE_ACCEPTED, ("repair_head", "repair_liaison", "office", *LEAD_SPEAKERS, "member"), 200),
    ),
    row(
        "POST",
        "requests:state_effect",
        404,
        kwargs=pk("prepared"),
        data=own,
        **statuses(SEE_ACCEPTED, ("office", *LEAD_SPEAKERS), 302) | dict.fromkeys(OTHERS, 422),
    ),
    *seen("effect_withdraw", "effect", {"reason": "重复填写。"}, ("office", *LEAD_SPEAKERS)),
    *seen("effect_compensate", "effect", {"text": "减免一次年度盘点。"}, ("office",)),
    row(
        "GET",
        "api:matter_effects",
        404,
        anonymous=401,
        kwargs=pk("prepared"),
        **dict.fromkeys(flat(SEE_ACCEPTED), 200),
    ),
    row(
        "POST",
        "api:matter_effects",
        404,
        anonymous=401,
        kwargs=pk("prepared"),
        data=own,
        **statuses(SEE_ACCEPTED, ("office", *LEAD_SPEAKERS), 201),
    ),
    row(
        "POST",
        "api:effect_withdraw",
        404,
        anonymous=401,
        kwargs=pk("effect"),
        data={"reason": "重复填写。"},
        **statuses(SEE_ACCEPTED, ("office", *LEAD_SPEAKERS), 200),
    ),
    row(
        "POST",
        "api:effect_compensate",
        404,
        anonymous=401,
        kwargs=pk("effect"),
        data={"text": "减免一次年度盘点。"},
        **statuses(SEE_ACCEPTED, ("office",), 200),
    ),
    verb("hand-in-papers", oral_world.PAPERS, ("clerk",)),
    row("GET", "requests:record_visit", 404, kwargs=pk("prepared"), **statuses(SEE_ACCEPTED, TAKE_PART, 200)),
    row(
        "POST",
        "requests:record_visit",
        404,
        kwargs=pk("prepared"),
        data=VISIT,
        **statuses(SEE_ACCEPTED, TAKE_PART, 302),
    ),
    row("GET", "requests:visit_photos", 404, kwargs=pk("visit"), **statuses(SEE_ACCEPTED, ("officer",), 200)),
    row(
        "POST",
        "requests:visit_photos",
        404,
        kwargs=pk("visit"),
        data={"photos": ""},
        **statuses(SEE_ACCEPTED, ("officer",), 422),
    ),
    *seen("visit_withdraw", "visit", {"reason": "地点写错。"}, ("office",)),
    row(
        "GET",
        "api:matter_visits",
        404,
        anonymous=401,
        kwargs=pk("prepared"),
        **dict.fromkeys(flat(SEE_ACCEPTED), 200),
    ),
    row(
        "POST",
        "api:matter_visits",
        404,
        anonymous=401,
        kwargs=pk("prepared"),
        data=VISIT,
        **statuses(SEE_ACCEPTED, TAKE_PART, 201),
    ),
    row(
        "POST",
        "api:visit_withdraw",
        404,
        anonymous=401,
        kwargs=pk("visit"),
        data={"reason": "地点写错。"},
        **statuses(SEE_ACCEPTED, ("office",), 200),
    ),
]
