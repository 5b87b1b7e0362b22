"""What a line of the ledger must hold (form F22): sentences that say what to write."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from audit.acting import today
from audit.refusals import Invalid, NotReady, Sentence
from requests.letter_rules import insist_on_matter_under_way
from requests.loan_states import LoanState

if TYPE_CHECKING:
    from organization.models import Department
    from requests.models import ActionItem, CoordinationRequest, Loan

MOST = 100_000


def insist_on_loan(
    matter: CoordinationRequest,
    *,
    thing: str,
    quantity: int,
    unit: str,
    lender: Department,
    borrower: Department,
    lent_on: date,
    due_on: date,
    item: ActionItem | None,
    concerned: set[int],
) -> None:
    """Every mistake at once. Raises Invalid with the fields, NotReady for a matter that stands still or has ended."""
    insist_on_matter_under_way(matter)
    fields: dict[str, list[Sentence]] = {}
    if not thing.strip():
        fields["thing"] = [_("Write what is lent.")]
    if not unit.strip():
        fields["unit"] = [_("Write in what it is counted, for example 套 or 台.")]
    if not 0 < quantity <= MOST:
        fields["quantity"] = [_("Write how many are lent, at least one.")]
    fields |= _sides(lender, borrower, concerned) | _days(lent_on, due_on)
    if item is not None and item.matter_id != matter.pk:
        fields["item"] = [_("Choose an action item of this matter.")]
    if fields:
        raise Invalid(_("Something is still missing."), fields=fields)


def _sides(lender: Department, borrower: Department, concerned: set[int]) -> dict[str, list[Sentence]]:
    strange = _("This department takes no part in the matter; choose one that does.")
    sides = (("lender", lender), ("borrower", borrower))
    fields: dict[str, list[Sentence]] = {
        name: [strange] for name, department in sides if department.pk not in concerned
    }
    if lender.pk == borrower.pk:
        fields["borrower"] = [_("Lender and borrower are two departments; choose another one.")]
    return fields


def _days(lent_on: date, due_on: date) -> dict[str, list[Sentence]]:
    if lent_on > today():
        return {"lent_on": [_("This day lies ahead; record the loan when it is handed over.")]}
    if due_on < lent_on:
        return {"due_on": [_("The day of the return lies before the hand-over; choose a later one.")]}
    return {}


def insist_on_return_day(loan: Loan, returned_on: date) -> None:
    """Between the hand-over and today."""
    if not loan.lent_on <= returned_on <= today():
        sentence = _("Choose a day between the hand-over and today.")
        raise Invalid(sentence, fields={"returned_on": [sentence]})


def insist_on_later_day(loan: Loan, due_on: date) -> None:
    if due_on <= loan.due_on or due_on < today():
        sentence = _("Choose a day after the one that holds now, and not in the past.")
        raise Invalid(sentence, fields={"due_on": [sentence]})


def insist_on_lent(loan: Loan) -> None:
    if loan.state != LoanState.LENT:
        state = loan.state_words()
        raise NotReady(_("This is not possible now: it stands at “%(state)s”.") % {"state": state})
