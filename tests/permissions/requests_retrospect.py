"""The review of matters in feedback: one without it, one in draft, one issued with two improvements, one of them reported."""

from datetime import timedelta

from audit.acting import today
from requests import flows
from requests.retrospect_states import Dimension
from tests.permissions import row
from tests.permissions.verbs import SEE_ITEM, flat, statuses
from tests.requests import world as matters

WRITERS = ("office", "supplies_liaison", "supplies_head")
# Who sees the matter, and who owes the improvement.
SEE = SEE_ITEM
OWNERS = ("staffing_head", "staffing_liaison")
TEXTS = {
    "comparison": "全部到位。", "went_well": "先借后还。", "fell_short": "三次移交。", "root_causes": "合同没有写明。",
}  # fmt: skip


def build(world):
    world.plain = matters.in_feedback(world)
    world.review_draft = matters.in_feedback(world)
    write(world, world.review_draft)
    world.reviewed = matters.in_feedback(world)
    write(world, world.reviewed)
    review = flows.issue_review(matter_id=world.reviewed.pk, by=world.office_head)
    world.better, world.bettered = review.improvements.order_by("pk")
    flows.report_improvement(
        improvement_id=world.bettered.pk, by=world.staffing_head, evidence="范本已印发。"
    )


def grades():
    return dict.fromkeys(Dimension, "good")


def write(world, matter):
    owed = {
        "text": "修订范本",
        "kind": "contract",
        "owner": world.staffing_head,
        "due_on": today() + timedelta(days=30),
    }
    flows.write_review(
        matter_id=matter.pk,
        by=world.officer,
        fields={**TEXTS, "chair": world.office_head, "grades": grades()},
        people=[world.clerk],
        improvements=[owed, owed],
    )


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


ROWS_OF_FORM = {"improvements-TOTAL_FORMS": 0, "improvements-INITIAL_FORMS": 0}
FORM = {**TEXTS, **ROWS_OF_FORM}
EVIDENCE = {"evidence": "范本已印发，见合同库。"}
REASON = {"reason": "范本未见清单。"}
SEES = dict.fromkeys(flat(SEE), 200)


def verb(name, thing, may, data, *, page=True):
    """The form on the page, where there is one, and the verb of the API, which refuse alike."""
    api = name.replace("_", "-")
    rows = [
        row("POST", f"requests:improvement_{name}", 404, kwargs=pk(thing), data=data, **statuses(SEE, may, 302)),
        row(
            "POST", f"api:improvement_{api}", 404, anonymous=401, kwargs=pk(thing), data=data,
            **statuses(SEE, may, 200),
        ),
    ]  # fmt: skip
    if page:
        rows.append(
            row("GET", f"requests:improvement_{name}", 404, kwargs=pk(thing), **statuses(SEE, may, 200))
        )
    return rows


ROWS = [
    row("GET", "requests:retrospect", 404, kwargs=pk("reviewed"), label="issued", **SEES),
    row("GET", "requests:retrospect", 404, kwargs=pk("plain"), label="new", **statuses(SEE, WRITERS, 200)),
    row("POST", "requests:retrospect", 404, kwargs=pk("plain"), data=FORM, **statuses(SEE, WRITERS, 302)),
    row("GET", "requests:improvements", 200),
    row("GET", "requests:improvement", 404, kwargs=pk("better"), **SEES),
    *verb("report", "better", OWNERS, EVIDENCE),
    *verb("send_back", "bettered", ("office",), REASON),
    *verb("confirm", "bettered", ("office",), {}, page=False),
    row("GET", "api:improvements", 200, anonymous=401),
    row("GET", "api:matter_retrospect", 404, anonymous=401, kwargs=pk("reviewed"), **SEES),
    row("PUT", "api:matter_retrospect", 404, anonymous=401, kwargs=pk("plain"), data=TEXTS, **statuses(SEE, WRITERS, 200)),
    row("POST", "api:matter_retrospect_issue", 404, anonymous=401, kwargs=pk("review_draft"), **statuses(SEE, ("office",), 200)),
]  # fmt: skip
