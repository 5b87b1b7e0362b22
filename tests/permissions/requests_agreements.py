"""An agreement between the clerk of supplies and the liaison of staffing, which both heads may object to."""

from requests import flows
from tests.permissions import row
from tests.permissions.verbs import SEE_ITEM, flat, statuses
from tests.requests import world as matters

# Whoever works in a department that is concerned, and the office.
MAKERS = (
    "clerk",
    "repair_head",
    "repair_liaison",
    "supplies_clerk",
    "supplies_liaison",
    "supplies_head",
    "member",
    "office",
)
HEADS = ("supplies_head", "staffing_head")
OBJECTION = {"agree": "no", "objection": "合同条款须经法务审核。"}


def build(world):
    world.agreeing = matters.executing(world)
    world.agreement = flows.record_agreement(
        matter_id=world.agreeing.pk, by=world.supplies_clerk, text="9月18日前备货。", agreed_on=matters.moment(14).date(),
        sides=sides(world),
    )  # fmt: skip


def sides(world):
    return [
        {"department": world.supplies, "person": world.supplies_clerk},
        {"department": world.staffing, "person": world.staffing_liaison},
    ]


def matter(world):
    return {"pk": world.agreeing.pk}


def one(world):
    return {"pk": world.agreement.pk}


def form(world):
    return {
        "text": "9月18日前备货。", "agreed_on": "2026-09-14", f"person_{world.supplies.pk}": world.supplies_clerk.pk,
        f"person_{world.staffing.pk}": world.staffing_liaison.pk,
    }  # fmt: skip


def given(world):
    rows = [{"department": side["department"].pk, "person": side["person"].pk} for side in sides(world)]
    return {"text": "9月18日前备货。", "agreed_on": "2026-09-14", "sides": rows}


ROWS = [
    row("GET", "requests:record_agreement", 404, kwargs=matter, **statuses(SEE_ITEM, MAKERS, 200)),
    row("POST", "requests:record_agreement", 404, kwargs=matter, data=form, **statuses(SEE_ITEM, MAKERS, 302)),
    row("GET", "requests:agreement", 404, kwargs=one, **dict.fromkeys(flat(SEE_ITEM), 200)),
    row("POST", "requests:agreement", 404, kwargs=one, data=OBJECTION, **statuses(SEE_ITEM, HEADS, 302)),
    row("GET", "api:matter_agreements", 404, anonymous=401, kwargs=matter, **dict.fromkeys(flat(SEE_ITEM), 200)),
    row("POST", "api:matter_agreements", 404, anonymous=401, kwargs=matter, data=given, **statuses(SEE_ITEM, MAKERS, 201)),
    row(
        "POST", "api:agreement_answer", 404, anonymous=401, kwargs=one, data={"agree": False, "objection": "不妥。"},
        **statuses(SEE_ITEM, HEADS, 200),
    ),
]  # fmt: skip
