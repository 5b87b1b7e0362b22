"""What of the approvals of a matter is this person's turn (R035, R036)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pages.addresses import address
from requests.approval_policies import may_approve, may_write_application
from requests.case import Case, Step, Words
from requests.states import Stage

if TYPE_CHECKING:
    from organization.models import User


def approval_steps(case: Case, user: User) -> Iterator[Step]:
    """The paper of a matter that needs approvals: written, then approved level by level (R035, R036)."""
    state = case.approvals
    waiting, paper = state.waiting, state.application
    if (
        waiting is not None
        and paper is not None
        and may_approve(waiting, paper, user, state.on_other_levels(waiting), state.asked)
    ):
        yield _step("approve", case, _("Approve"), _("the project application waits for your approval."))
    if state.is_to_be_written and may_write_application(case.matter, paper, user):
        yield _step(
            "application",
            case,
            _("Write the project application") if paper is None else _("Complete the project application"),
            _("this matter needs approvals before it is accepted. Complete the project application.")
            if case.matter.stage == Stage.PROPOSAL
            else _("this matter needs approvals before it is decided. Complete the project application."),
        )


def _step(key: str, case: Case, label: Words, sentence: Words) -> Step:
    return Step(key, label, address(f"requests:{key}", case.matter.pk), sentence)
