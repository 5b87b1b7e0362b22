"""The ledger of loans: lend, agree to a later day, bring back, look whether it is all there (R163, form F22)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import NotYours
from audit.transitions import insist
from organization.models import Department, User
from requests import loan_policies as policies
from requests import loan_rules, rules
from requests.flows.item_shared import close_of_office
from requests.flows.shared import lock, speakers, tell_people, tell_story
from requests.letter_rules import concerned_departments
from requests.models import ActionItem, Loan
from supervision import flows as supervision
from supervision.models import Obligation
from supervision.states import Kind

LOAN = "requests:loan"
# What the other side is told; what was lent stands on the page of the loan, a notice bears no text of the matter.
NOTICES = {
    "lend": _n("%(lender)s lent %(borrower)s something, to be returned by %(day)s."),
    "prolong_loan": _n("%(lender)s agreed to a later return by %(borrower)s: %(day)s."),
    "report_return": _n("%(borrower)s reports that something lent is back."),
    "confirm_return": _n("%(lender)s confirmed a return."),
    "refuse_return": _n("%(lender)s did not take back what was returned."),
}


@flow
def lend(
    *,
    matter_id: int,
    by: User,
    thing: str,
    quantity: int,
    unit: str,
    lender: Department,
    borrower: Department,
    lent_on: date,
    due_on: date,
    way: str,
    condition: str = "",
    item: ActionItem | None = None,
) -> Loan:
    """Record a loan. The borrower owes the return by its day; an overdue one climbs the ladder (R163)."""
    matter = lock(matter_id)
    if not policies.may_lend_for(by, lender.pk):
        raise NotYours(_("A loan is recorded by the department that lends, or by the coordination office."))
    loan_rules.insist_on_loan(
        matter, thing=thing, quantity=quantity, unit=unit, lender=lender, borrower=borrower, lent_on=lent_on,
        due_on=due_on, item=item, concerned=concerned_departments(matter),
    )  # fmt: skip
    loan = Loan.objects.create(
        matter=matter, item=item, thing=thing.strip(), quantity=quantity, unit=unit.strip(),
        condition=condition.strip(), lender=lender, borrower=borrower, lender_name=lender.name,
        borrower_name=borrower.name, way=way, lent_on=lent_on, due_on=due_on, original_due_on=due_on,
        recorded_by=by, recorded_at=now(),
    )  # fmt: skip
    _owe_return(loan, by)
    _tell(
        loan, "lend", _n("%(lender)s lent %(borrower)s %(what)s, to be returned by %(day)s."), by=by,
        to=speakers([lender.pk, borrower.pk]), day=f"{due_on:%Y-%m-%d}",
    )  # fmt: skip
    return loan


@flow
def prolong_loan(*, loan_id: int, by: User, due_on: date, reason: str) -> Loan:
    """The lender agrees to a later day; the first one stays on record (R097)."""
    loan = lock_loan(loan_id)
    if not policies.may_prolong_loan(loan, by):
        raise NotYours(_("Only the head or the liaison of the lending department agrees to a later day."))
    loan_rules.insist_on_lent(loan)
    rules.insist_on_reason(reason)
    loan_rules.insist_on_later_day(loan, due_on)
    loan.due_on = due_on
    loan.save()
    duty = Obligation.objects.open().of(Loan.SUBJECT, loan.pk).get(kind=Kind.RETURN_LOAN)
    supervision.change_due(obligation_id=duty.pk, due_at=close_of_office(due_on))
    _tell(
        loan, "prolong_loan", _n("%(lender)s agreed that %(borrower)s returns %(what)s by %(day)s."), by=by,
        to=speakers([loan.borrower_id]), day=f"{due_on:%Y-%m-%d}", reason=reason,
    )  # fmt: skip
    return loan


@flow
def report_return(*, loan_id: int, by: User, returned_on: date, note: str = "") -> Loan:
    """The borrower says that it is back. Its duty ends on that word; the lender's begins."""
    loan = lock_loan(loan_id)
    _insist_on_side(policies.may_report_return(loan, by))
    insist(loan.report_return, by)
    loan_rules.insist_on_return_day(loan, returned_on)
    loan.report_return()
    loan.returned_on, loan.return_note, loan.reported_by = returned_on, note.strip(), by
    loan.save()
    supervision.discharge(kind=Kind.RETURN_LOAN, subject_type=Loan.SUBJECT, subject_id=loan.pk)
    supervision.owe(
        kind=Kind.CONFIRM_RETURN, holder_department=loan.lender, asked_by=by, **_what_it_owes(loan)
    )
    _tell(
        loan, "report_return", _n("%(borrower)s reports that %(what)s is back."), by=by,
        to=speakers([loan.lender_id]), reason=loan.return_note,
    )  # fmt: skip
    return loan


@flow
def confirm_return(*, loan_id: int, by: User) -> Loan:
    """The lender has looked: it is all there."""
    loan = lock_loan(loan_id)
    _insist_on_side(policies.may_confirm_return(loan, by))
    insist(loan.confirm_return, by)
    loan.confirm_return()
    loan.confirmed_by, loan.confirmed_at = by, now()
    loan.save()
    supervision.discharge(kind=Kind.CONFIRM_RETURN, subject_type=Loan.SUBJECT, subject_id=loan.pk)
    _tell(
        loan, "confirm_return", _n("%(lender)s confirmed that %(what)s came back."), by=by,
        to=speakers([loan.borrower_id]), tone="ok",
    )  # fmt: skip
    return loan


@flow
def refuse_return(*, loan_id: int, by: User, reason: str) -> Loan:
    """Not all of it, or not in order: it is owed again, by the same day as before."""
    loan = lock_loan(loan_id)
    _insist_on_side(policies.may_confirm_return(loan, by))
    insist(loan.refuse_return, by)
    rules.insist_on_reason(reason)
    loan.refuse_return()
    loan.returned_on, loan.reported_by = None, None
    loan.save()
    supervision.discharge(kind=Kind.CONFIRM_RETURN, subject_type=Loan.SUBJECT, subject_id=loan.pk)
    _owe_return(loan, by)
    _tell(
        loan, "refuse_return", _n("%(lender)s did not take %(what)s back."), by=by,
        to=speakers([loan.borrower_id]), reason=reason, tone="warn",
    )  # fmt: skip
    return loan


def lock_loan(loan_id: int) -> Loan:
    """The loan under its row lock, after its matter."""
    matter = lock(Loan.objects.values_list("matter_id", flat=True).get(pk=loan_id))
    loan: Loan = (
        Loan.objects.select_for_update(of=("self",)).select_related("lender", "borrower").get(pk=loan_id)
    )
    loan.matter = matter
    return loan


def _insist_on_side(is_theirs: object) -> None:
    """Who has no part in it hears that first, also when it has been done already."""
    if not is_theirs:
        raise NotYours(_("The other department does this, or it has been done already."))


def _owe_return(loan: Loan, by: User) -> None:
    supervision.owe(
        kind=Kind.RETURN_LOAN, holder_department=loan.borrower, due_at=close_of_office(loan.due_on), ladder=True,
        asked_by=by, **_what_it_owes(loan),
    )  # fmt: skip


def _what_it_owes(loan: Loan) -> dict[str, Any]:
    return {
        "subject_type": Loan.SUBJECT,
        "subject_id": loan.pk,
        "case_id": loan.matter_id,
        "number": loan.matter.number or "",
        "url_name": LOAN,
        "url_args": [loan.pk],
        "urgency": loan.matter.urgency,
    }


def _tell(
    loan: Loan,
    verb: str,
    sentence: str,
    *,
    by: User,
    to: list[User],
    reason: str = "",
    tone: str = "",
    day: str = "",
) -> None:
    """The other side hears of it, and the matter keeps it in its story."""
    sides = {"lender": loan.lender_name, "borrower": loan.borrower_name, "day": day}
    facts = {**sides, "what": f"{loan.thing}{loan.quantity}{loan.unit}"}
    tell_people(
        loan.matter, [person for person in to if person.pk != by.pk], NOTICES[verb], params=sides,
        key=f"loan:{loan.pk}:{verb}:{now():%Y%m%d%H%M%S%f}", url_name=LOAN, url_args=[loan.pk], to_do=verb != "confirm_return",
    )  # fmt: skip
    tell_story(loan.matter, verb, sentence, by=by, subject=loan, params=facts, reason=reason, tone=tone)
