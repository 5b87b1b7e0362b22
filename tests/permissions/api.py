"""The API: the same verbs, policies and refusals as the pages. Without a login or a token it answers 401."""

from tests.meetings import world as meetings
from tests.permissions import given, row
from tests.permissions.meetings import READERS
from tests.permissions.verbs import (
    DISCUSS,
    ITEM_VERBS,
    KEPT_MESSAGE,
    LEAD_SPEAKERS,
    MATTER_VERBS,
    SEE_ACCEPTED,
    SEE_CLOSED,
    SEE_FILED,
    SEE_ITEM,
    flat,
    statuses,
)
from tests.requests import world as matters

NAMES = {"rework": "issue-rework"}


def build(world):
    world.open = matters.accepted(world, confidentiality="public")
    world.held = meetings.closed(world, guests=[world.outsider]).meeting


def data_of(verb):
    return lambda world: {**given(verb.data, world), **given(verb.api, world)}


def verb_rows(verbs, prefix):
    for verb in verbs:
        if verb.api is None:
            continue
        name = NAMES.get(verb.name, verb.name.replace("_", "-"))
        yield row(
            "POST", f"api:{prefix}_{name}", 404, anonymous=401,
            kwargs=lambda world, verb=verb: {"pk": getattr(world, verb.thing).pk},
            data=data_of(verb), **statuses(verb.sees, verb.may, 200),
        )  # fmt: skip


def participant(world):
    return {"pk": world.prepared.participants.get(department=world.supplies).pk}


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


def answers(world):
    gap = world.returned.gaps.get()
    return {"answers": [{"gap": gap.pk, "answer": "已写明时间。"}]}


def form(world):
    return {**matters.FORM, "wished_on": "2026-09-24", "departments": [world.empty_department.pk]}


def sees_filed(status):
    return dict.fromkeys(flat(SEE_FILED), status)


ROWS = [
    row("GET", "api:conditions", 200, anonymous=401),
    *verb_rows(MATTER_VERBS, "matter"),
    *verb_rows(ITEM_VERBS, "item"),
    row("POST", "api:token", 422, anonymous=422, label="empty"),
    row("POST", "api:token_end", 204, anonymous=401),
    row("GET", "api:me", 200, anonymous=401),
    row("GET", "api:inbox", 200, anonymous=401),
    row("GET", "api:schema", 200, anonymous=401),
    row("GET", "api:reference", 200),
    row("GET", "api:matters", 200, anonymous=401),
    row("POST", "api:matters", 201, anonymous=401, auditor=403, system_admin=403, external=403, data=form),
    row("POST", "api:matter_start", 201, anonymous=401, auditor=403, system_admin=403, external=403),
    row(
        "POST", "api:matter_start", 422, anonymous=401, label="of an own matter", data=lambda world: {"matter": world.filed.pk},
        **sees_filed(403) | {"clerk": 201},
    ),
    row("GET", "api:templates", 200, anonymous=401),
    row("GET", "api:matter", 404, anonymous=401, kwargs=pk("filed"), observer=200, **dict.fromkeys(flat(SEE_FILED), 200)),
    row("GET", "api:matter_readers", 404, anonymous=401, kwargs=pk("lowering"), **dict.fromkeys(flat(SEE_CLOSED), 200)),
    row(
        "GET", "api:matter_looks", 404, anonymous=401, kwargs=pk("lowering"),
        **statuses(SEE_CLOSED, ("office", "auditor"), 200),
    ),
    row("GET", "api:public_matters", 200, anonymous=401),
    row("GET", "api:public_matter", 200, anonymous=401, system_admin=404, external=404, kwargs=pk("open")),
    row("GET", "api:meetings", 200, anonymous=401),
    row("GET", "api:meeting", 404, anonymous=401, kwargs=pk("held"), **dict.fromkeys(READERS, 200)),
    row("GET", "api:items", 200, anonymous=401),
    row("GET", "api:item", 404, anonymous=401, kwargs=pk("started"), **dict.fromkeys(flat(SEE_ITEM), 200)),
    row("POST", "api:matter_submit", 404, anonymous=401, kwargs=pk("draft"), clerk=200),
    row("POST", "api:matter_resubmit", 404, anonymous=401, kwargs=pk("returned"), data=answers, **statuses(SEE_FILED, ("clerk",), 200)),
    row("POST", "api:participant_read", 404, anonymous=401, kwargs=participant, **statuses(SEE_ACCEPTED, LEAD_SPEAKERS, 200)),
    row(
        "POST", "api:participant_opinion", 404, anonymous=401, kwargs=participant, data={"opinion": "agree"},
        **statuses(SEE_ACCEPTED, LEAD_SPEAKERS, 200),
    ),
    row("GET", "api:obstacles", 200, anonymous=401),
    row(
        "POST", "api:obstacle_end", 404, anonymous=401, kwargs=pk("obstacle"), data={"how_ended": "科目已确定。"},
        **statuses(SEE_ITEM, ("supplies_clerk", *LEAD_SPEAKERS, "office"), 200),
    ),
    row(
        "POST", "api:release_rule", 404, anonymous=401, kwargs=pk("release"),
        data={"grant": False, "answer": "职责清单写明由物资部采购。"}, **statuses(SEE_ITEM, ("office",), 200),
    ),
    row("GET", "api:matter_comments", 404, anonymous=401, kwargs=pk("accepted"), **dict.fromkeys(flat(SEE_ACCEPTED), 200)),
    row(
        "POST", "api:matter_comments", 404, anonymous=401, kwargs=pk("accepted"), data={"text": "材料收到了。"},
        **statuses(SEE_ACCEPTED, DISCUSS, 201),
    ),
    row("POST", "api:comment_change", 404, anonymous=401, kwargs=pk("comment"), data={"text": "材料何时到？"}, **statuses(SEE_ACCEPTED, ("clerk",), 200)),
    row("POST", "api:comment_withdraw", 404, anonymous=401, kwargs=pk("comment"), **statuses(SEE_ACCEPTED, ("clerk",), 200)),
    row("GET", "api:matter_messages", 404, anonymous=401, kwargs=pk("accepted"), **dict.fromkeys(flat(SEE_ACCEPTED), 200)),
    row(
        "POST", "api:matter_messages", 404, anonymous=401, kwargs=pk("accepted"),
        data={**KEPT_MESSAGE, "said_at": "2026-09-11T08:30:00+08:00"}, **statuses(SEE_ACCEPTED, DISCUSS, 201),
    ),
    row(
        "POST", "api:extension_answer", 404, anonymous=401, kwargs=pk("wish"), data={"approve": True},
        **statuses(SEE_ITEM, ("supplies_head",), 200),
    ),
]  # fmt: skip
