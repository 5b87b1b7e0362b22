"""The ledger of loans on the accepted matter: supplies lends, repair borrows; one loan at each state."""

from audit.acting import today
from requests import flows
from tests.permissions import row
from tests.permissions.verbs import SEE_ACCEPTED, flat, statuses

SPEAKERS = ("supplies_liaison", "supplies_head")
RECORDERS = ("asker", *SPEAKERS, "member", "office", "records_admin")
LENDERS = (*SPEAKERS, "office")
BORROWERS = ("asker",)
TAKERS = SPEAKERS


def build(world):
    world.loan_out = lend(world)
    world.loan_back = lend(world)
    flows.report_return(loan_id=world.loan_back.pk, by=world.clerk, returned_on=today())


def lend(world):
    return flows.lend(
        matter_id=world.accepted.pk, by=world.supplies_liaison, thing="劳保服", quantity=3, unit="套",
        lender=world.supplies, borrower=world.repair, lent_on=today(), due_on=today().replace(year=today().year + 1),
        way="equal",
    )  # fmt: skip


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


def line(world):
    day = f"{today():%Y-%m-%d}"
    return {
        "thing": "劳保服", "quantity": 3, "unit": "套", "lender": world.supplies.pk, "borrower": world.repair.pk,
        "lent_on": day, "due_on": day, "way": "equal",
    }  # fmt: skip


def back(world):
    return {"returned_on": f"{today():%Y-%m-%d}"}


def later(world):
    return {"due_on": f"{today().replace(year=today().year + 2):%Y-%m-%d}", "reason": "采购未到货。"}


REASON = {"reason": "缺一套裤子。"}
SEES = dict.fromkeys(flat(SEE_ACCEPTED), 200)


def verb(name, thing, may, data, *, page=True):
    """The form on the page, where there is one, and the verb of the API, which refuse alike."""
    rows = [
        row("POST", f"requests:loan_{name}", 404, kwargs=pk(thing), data=data, **statuses(SEE_ACCEPTED, may, 302)),
        row(
            "POST", f"api:loan_{name}", 404, anonymous=401, kwargs=pk(thing), data=data,
            **statuses(SEE_ACCEPTED, may, 200),
        ),
    ]  # fmt: skip
    if page:
        rows.append(
            row("GET", f"requests:loan_{name}", 404, kwargs=pk(thing), **statuses(SEE_ACCEPTED, may, 200))
        )
    return rows


ROWS = [
    row("GET", "requests:loans", 200),
    row("GET", "requests:loan", 404, kwargs=pk("loan_out"), **SEES),
    row("GET", "requests:new_loan", 404, kwargs=pk("accepted"), **statuses(SEE_ACCEPTED, RECORDERS, 200)),
    row(
        "POST", "requests:new_loan", 404, kwargs=pk("accepted"), data=line,
        **statuses(SEE_ACCEPTED, LENDERS, 302),
    ),
    *verb("report", "loan_out", BORROWERS, back),
    *verb("refuse", "loan_back", TAKERS, REASON),
    *verb("prolong", "loan_out", SPEAKERS, later),
    *verb("confirm", "loan_back", TAKERS, {}, page=False),
    row("GET", "api:loans", 200, anonymous=401),
    row("GET", "api:matter_loans", 404, anonymous=401, kwargs=pk("accepted"), **SEES),
    row(
        "POST", "api:matter_loans", 404, anonymous=401, kwargs=pk("accepted"), data=line,
        **statuses(SEE_ACCEPTED, LENDERS, 201),
    ),
]  # fmt: skip
