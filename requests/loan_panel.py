"""The tab of a matter with its ledger of loans (form F22)."""

from __future__ import annotations

from typing import Any

from audit.acting import today
from requests.case import Case
from requests.loan_policies import may_record_loan
from requests.models import Loan
from requests.states import ACTIVE


def loans_of(case: Case) -> dict[str, Any]:
    """The ledger of this matter, and whether this person may write a line in it."""
    return {
        "loans": Loan.objects.filter(matter=case.matter).for_list_page(),
        "may_lend": may_begin(case),
        "today": today(),
    }


def may_begin(case: Case) -> bool:
    matter, user = case.matter, case.user
    if user is None or matter.is_suspended or matter.stage not in ACTIVE:
        return False
    return user.authority.is_officer or may_record_loan(user, case.concerned)
