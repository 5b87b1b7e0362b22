"""Who may do what to a loan: the two sides, each its own part (form F22). Pure: no queries."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from requests.letter_policies import may_draft_letter
from requests.policies import may_write

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import Loan


def may_record_loan(user: User, concerned: Collection[int]) -> bool:
    """Anybody with a post in a department that takes part, and the office (`concerned` holds both)."""
    return may_draft_letter(user, concerned)


def may_lend_for(user: User, lender_id: int) -> bool:
    """A loan is recorded by somebody of the lending department, or by the coordination office: never by the borrower alone."""
    return may_write(user) and (lender_id in user.authority.departments or user.authority.is_officer)


def may_report_return(loan: Loan, user: User) -> bool:
    """Whoever works in the borrowing department brings it back."""
    return may_write(user) and loan.borrower_id in user.authority.departments


def may_confirm_return(loan: Loan, user: User) -> bool:
    """Whoever works in the lending department, but never who reported the return (a person may hold posts in both)."""
    return may_write(user) and loan.lender_id in user.authority.departments and loan.reported_by_id != user.pk


def may_prolong_loan(loan: Loan, user: User) -> bool:
    """The lender's head or liaison agrees to a later day."""
    return may_write(user) and loan.lender_id in user.authority.speaks_for
