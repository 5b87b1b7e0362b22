"""Where the approvals of a matter stand, for its page: what the rule asks for, the three columns, the powers of the lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from requests import powers
from requests.approval_holders import asked_now
from requests.approval_rules import chain_of_request
from requests.approval_states import LEVELS_OF, OWED, ApprovalLevel, Chain, Check, Power, StepOutcome
from requests.case import Approvals, Case
from requests.models import ApprovalStep, CoordinationRequest, ProjectApplication
from requests.policies import may_write
from requests.states import Stage
from supervision.models import Obligation

if TYPE_CHECKING:
    from organization.models import User


def approvals_of(
    matter: CoordinationRequest, user: User, wished: Sequence[int], *, has_application: bool
) -> Approvals:
    """The rule is asked while the matter can still be accepted, the paper where there is one."""
    levels: tuple[ApprovalLevel, ...] = ()
    application, steps = None, list[ApprovalStep]()
    if has_application:
        rows = ProjectApplication.objects.select_related("lead_person", "lead_department")
        application = rows.get(matter=matter)
        application.matter = matter
        steps = list(application.steps.with_people())
    if matter.stage == Stage.PREPARATION and application is not None:
        levels = LEVELS_OF[Chain(application.chain)]
    if matter.stage == Stage.PROPOSAL:
        levels = LEVELS_OF[chain_of_request(matter, application, wished)]
    state = Approvals(levels, application, steps, _powers(application, user))
    return replace(state, asked=_asked(state, user))


def _asked(state: Approvals, user: User) -> User | None:
    """The posts are looked up only for the one person whom it concerns: whoever was asked and looks at the page."""
    step, application = state.waiting, state.application
    if step is None or application is None or step.asked_id != user.pk:
        return step.asked if step is not None else None
    step.asked = user  # whose posts are known already
    return asked_now(step, application, state.on_other_levels(step))[0]


def _powers(application: ProjectApplication | None, user: User) -> frozenset[str]:
    if application is None or not application.is_approved or application.lead_person_id != user.pk:
        return frozenset()
    return frozenset(power for power in Power if may_write(user) and powers.covers(application, power))


@dataclass(frozen=True)
class Column:
    """One of 部门初审/协调办复审/管理层终审: its last step, what it did in earlier rounds, and until when it is owed."""

    level: ApprovalLevel
    step: ApprovalStep | None = None
    earlier: Sequence[ApprovalStep] = ()
    duty: Obligation | None = None

    @property
    def checks(self) -> list[tuple[str | Promise, bool, str]]:
        """The ticks with their comments, in the order of the checklist."""
        found = self.step.checks if self.step is not None and self.step.outcome else {}
        return [
            (check.label, found[check.value]["is_so"], found[check.value]["comment"])
            for check in Check
            if found.get(check.value, {}).get("is_so") is not None
        ]


def columns(case: Case, duties: Sequence[Obligation]) -> list[Column]:
    """The levels that the paper goes through (or that the rule asks for), each with its newest answer."""
    state = case.approvals
    application = state.application
    levels = LEVELS_OF[Chain(application.chain)] if application is not None else ()
    owed = {duty.kind: duty for duty in duties if duty.subject_type == ProjectApplication.SUBJECT}
    found = []
    for level in levels or state.levels:
        steps = [step for step in state.steps if step.level == level]
        counts = bool(steps) and _counts(steps[-1], application)
        found.append(
            Column(
                level,
                steps[-1] if counts else None,
                steps[:-1] if counts else steps,
                owed.get(OWED[ApprovalLevel(level)]),
            )
        )
    return found


def _counts(step: ApprovalStep, application: ProjectApplication | None) -> bool:
    """What was approved before the paper was taken back or handed in anew is told as of an earlier round."""
    if application is None or application.submitted_at is None or step.asked_at < application.submitted_at:
        return False
    return not (application.is_drafted and step.outcome == StepOutcome.APPROVED)


def shown(case: Case, duties: Sequence[Obligation]) -> dict[str, object]:
    """What the page of the matter needs; nothing where no rule asks and no paper was written."""
    application = case.approvals.application
    if application is None and not case.approvals.levels:
        return {}
    return {
        "approval_columns": columns(case, duties),
        "application": application,
        "lead_powers": powers.powers_of(application) if application is not None else [],
    }
