"""Papers that go round in the matter that is being decided: the office drafts, supplies and staffing sign; one at each state."""

from requests import flows
from tests.permissions import row
from tests.permissions.verbs import LEAD_SPEAKERS, SEE_ACCEPTED, flat, statuses
from tests.requests import circulation_world as papers

SEE_DRAFT = ("office", "auditor", "records_admin")
CIRCULATE = ("office", *LEAD_SPEAKERS)
SIGNERS = ("office_head", "chair", "arbiter")
REASON = {"reason": "写明数量。"}
SEES = dict.fromkeys(flat(SEE_ACCEPTED), 200)
KIND = {"name": "会议通知", "silence": "escalate", "is_used": "on"}


def build(world):
    world.paper_draft = papers.draft(world, world.deciding)
    for name in ("routing", "duty", "opined", "ready", "off", "issued", "opposed", "pulled"):
        paper = papers.draft(world, world.deciding, question=world.deciding.questions.get())
        setattr(world, f"paper_{name}", paper)
        flows.start_circulation(circulation_id=paper.pk, by=world.officer)
    papers.sign(
        world.paper_duty,
        world.staffing_head,
        "not_ours",
        "职责清单第3条。",
        proposed_department=world.planning,
    )
    papers.both_sign(world, world.paper_opined, staffing="conditions")
    papers.both_sign(world, world.paper_opposed, "disagree", "disagree")
    for paper in (world.paper_ready, world.paper_off, world.paper_issued):
        papers.both_sign(world, paper)
    for paper in (world.paper_off, world.paper_issued):
        flows.sign_off(circulation_id=paper.pk, by=world.office_head)
    flows.issue_paper(circulation_id=world.paper_issued.pk, by=world.officer)
    flows.pull_back(circulation_id=world.paper_pulled.pk, by=world.officer, reason="数量有误。")
    world.paper_kind = papers.kind()


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


def signature(thing, department):
    def keys(world):
        paper = getattr(world, thing)
        return {"pk": paper.pk, "row_pk": papers.row(paper, getattr(world, department)).pk}

    return keys


def alone(thing, department):
    return lambda world: {"pk": signature(thing, department)(world)["row_pk"]}


def paper(world):
    return {
        **papers.PAPER, "kind": papers.kind().pk, "departments": [world.planning.pk], "urgency": "normal",
        "silence": "escalate",
    }  # fmt: skip


def text(_world):
    return {"text": "物资部采购四套。", "note": "数量。", "version": 1}


def another(world):
    return {"department": world.planning.pk}


def ruling(_world):
    return {"uphold": "no", "reason": "职责清单第5条。"}


def person(world):
    return {"way": "transfer", "person": world.supplies_clerk.pk}


def verb(name, thing, may, data=None, *, sees=SEE_ACCEPTED):
    """The button on the page and the verb of the API, which refuse alike."""
    return [
        row("POST", f"requests:circulation_{name}", 404, kwargs=pk(thing), data=data, **statuses(sees, may, 302)),
        row(
            "POST", f"api:circulation_{name.replace('_', '-')}", 404, anonymous=401, kwargs=pk(thing), data=data,
            **statuses(sees, may, 200),
        ),
    ]  # fmt: skip


def sign(name, thing, department, may, data=None, *, page=True, api=None):
    """The page of one signature, and its verb in the API."""
    rows = [
        row(
            "POST", f"api:countersign_{name}", 404, anonymous=401, kwargs=alone(thing, department), data=api or data,
            **statuses(SEE_ACCEPTED, may, 200),
        )
    ]  # fmt: skip
    if page:
        rows.append(
            row(
                "POST", f"requests:countersign_{name}", 404, kwargs=signature(thing, department), data=data,
                **statuses(SEE_ACCEPTED, may, 302),
            )
        )  # fmt: skip
    return rows


def get(name, keys, may, *, sees=SEE_ACCEPTED):
    return row("GET", f"requests:{name}", 404, kwargs=keys, **statuses(sees, may, 200))


ROWS = [
    row("GET", "requests:paper_kinds", 200, external=403),
    row("GET", "requests:new_paper_kind", 403, arrangers=200),
    row("POST", "requests:new_paper_kind", 403, arrangers=302, data=KIND),
    row("GET", "requests:paper_kind", 403, arrangers=200, kwargs=pk("paper_kind")),
    row("POST", "requests:paper_kind", 403, arrangers=302, kwargs=pk("paper_kind"), data=KIND),
    row("GET", "api:paper_kinds", 200, anonymous=401),
    get("new_circulation", pk("deciding"), CIRCULATE),
    row("POST", "requests:new_circulation", 404, kwargs=pk("deciding"), data=paper, **statuses(SEE_ACCEPTED, CIRCULATE, 302)),
    row("GET", "api:matter_circulations", 404, anonymous=401, kwargs=pk("deciding"), **SEES),
    row(
        "POST", "api:matter_circulations", 404, anonymous=401, kwargs=pk("deciding"), data=paper,
        **statuses(SEE_ACCEPTED, CIRCULATE, 201),
    ),
    row("GET", "requests:circulation", 404, kwargs=pk("paper_draft"), label="draft", **dict.fromkeys(flat(SEE_DRAFT), 200)),
    row("GET", "requests:circulation", 404, kwargs=pk("paper_routing"), label="routing", **SEES),
    row("GET", "api:circulation", 404, anonymous=401, kwargs=pk("paper_routing"), **SEES),
    get("circulation_edit", pk("paper_draft"), ("office",), sees=SEE_DRAFT),
    row("POST", "requests:circulation_edit", 404, kwargs=pk("paper_draft"), data=paper, **statuses(SEE_DRAFT, ("office",), 302)),
    row(
        "POST", "api:circulation_change", 404, anonymous=401, kwargs=pk("paper_draft"), data=paper,
        **statuses(SEE_DRAFT, ("office",), 200),
    ),
    get("circulation_add", pk("paper_routing"), ("office",)),
    get("circulation_text", pk("paper_routing"), ("office",)),
    get("circulation_pull_back", pk("paper_routing"), ("office",)),
    get("circulation_drop", pk("paper_pulled"), ("office",)),
    get("circulation_give_back", pk("paper_ready"), SIGNERS),
    *verb("start", "paper_draft", ("office",), sees=SEE_DRAFT),
    *verb("add", "paper_routing", ("office",), another),
    *verb("text", "paper_routing", ("office",), text),
    *verb("pull_back", "paper_routing", ("office",), REASON),
    *verb("drop", "paper_pulled", ("office",), REASON),
    *verb("sign_off", "paper_ready", SIGNERS),
    *verb("give_back", "paper_ready", SIGNERS, REASON),
    *verb("issue", "paper_off", ("office",)),
    *verb("put_on_file", "paper_issued", ("office",)),
    *verb("leave_open", "paper_opposed", ("office",)),
    row("GET", "requests:circulation_pdf", 404, kwargs=pk("paper_issued"), **SEES),
    row("GET", "requests:circulation_docx", 404, kwargs=pk("paper_issued"), **SEES),
    row(
        "GET", "requests:countersign", 404, kwargs=signature("paper_routing", "supplies"),
        **dict.fromkeys(flat(SEE_ACCEPTED), 302) | dict.fromkeys(LEAD_SPEAKERS, 200),
    ),
    row(
        "POST", "requests:countersign", 404, kwargs=signature("paper_routing", "supplies"), data={"opinion": "agree"},
        **statuses(SEE_ACCEPTED, LEAD_SPEAKERS, 302),
    ),
    *sign("sign", "paper_routing", "supplies", ("supplies_head",), {"opinion": "agree"}, page=False),
    *sign("draft", "paper_routing", "supplies", LEAD_SPEAKERS, {"opinion": "agree"}, page=False),
    *sign("receive", "paper_routing", "supplies", LEAD_SPEAKERS),
    get("countersign_pass_on", signature("paper_routing", "supplies"), ("supplies_head",)),
    row(
        "POST", "requests:countersign_pass_on", 404, kwargs=signature("paper_routing", "supplies"), data=person,
        **statuses(SEE_ACCEPTED, ("supplies_head",), 302),
    ),
    *sign("transfer", "paper_routing", "supplies", ("supplies_head",), person, page=False),
    *sign("add-signer", "paper_routing", "supplies", ("supplies_head",), person, page=False),
    get("countersign_answer", signature("paper_opined", "staffing"), ("office",)),
    *sign("answer", "paper_opined", "staffing", ("office",), {"result": "adopted", "reason": ""}),
    get("countersign_rule", signature("paper_duty", "staffing"), ("office",)),
    *sign("rule", "paper_duty", "staffing", ("office",), ruling, api={"uphold": False, "reason": "职责清单第5条。"}),
    *sign("read", "paper_off", "staffing", ("member",)),
]  # fmt: skip
