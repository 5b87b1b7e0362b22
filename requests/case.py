"""A matter with the rows that its next steps are read from, and what a step is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from requests.approval_states import LEVELS_OF, ApprovalLevel, Chain
from requests.simple_rules import Progress, progress_of
from requests.states import ITEM_OPEN, Category, ItemState, Opinion, ReviewOutcome, Role, Stage

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import (
        ActionItem,
        Addressee,
        ApprovalStep,
        CoordinationRequest,
        Countersign,
        OralOrder,
        Participant,
        ProjectApplication,
        RefusalReview,
    )
    from supervision.models import Obligation

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """One act: its name, the word on its button, where it is done, and the sentence that asks for it."""

    key: str
    label: Words
    url: str
    sentence: Words = ""


@dataclass(frozen=True)
class RefusalState:
    """What came of a refusal (R048): its review, or the period in which one can be asked for."""

    review: RefusalReview | None = None
    window: Obligation | None = None

    @property
    def is_overturned(self) -> bool:
        return self.review is not None and self.review.outcome == ReviewOutcome.OVERTURNED


@dataclass(frozen=True)
class Approvals:
    """Where the three approvals stand (R036): the levels that the rule asks for now, the paper, its steps, and what a
    lead may do by it."""

    levels: Sequence[ApprovalLevel] = ()
    application: ProjectApplication | None = None
    steps: Sequence[ApprovalStep] = ()
    lead_powers: frozenset[str] = frozenset()
    # Whom the step that waits asks now.
    asked: User | None = None

    @property
    def waiting(self) -> ApprovalStep | None:
        """The step that a level owes its answer on."""
        return next((step for step in self.steps if not step.outcome), None)

    @property
    def is_to_be_written(self) -> bool:
        """The rule asks for levels that the paper, as it stands, has not passed and is not passing."""
        if self.waiting is not None or not self.levels:
            return False
        paper = self.application
        return paper is None or not paper.is_approved or len(LEVELS_OF[Chain(paper.chain)]) < len(self.levels)

    @property
    def bars_acceptance(self) -> bool:
        return self.waiting is not None or self.is_to_be_written

    def on_other_levels(self, step: ApprovalStep) -> set[int | None]:
        return {row.answered_by_id for row in self.steps if row.level != step.level and row.answered_by_id}


@dataclass(frozen=True)
class Case:
    """A matter with the rows that its next steps depend on."""

    matter: CoordinationRequest
    participants: Sequence[Participant] = ()
    items: Sequence[ActionItem] = ()
    question_count: int = 0
    is_blocked: bool = False
    # The paper whose decision waits for a public notice, or for the matter to go on.
    held_document: str | None = None
    was_passed_on: bool = False
    is_reviewed: bool = False
    has_merges: bool = False
    is_merge_announced: bool = False
    # The first question that the office can decide without the meeting (R051).
    undisputed_question: int | None = None
    # The first one that a meeting could not settle: it goes to a dispute, or to another meeting.
    not_agreed_question: int | None = None
    has_unmet: bool = False
    # One that nobody can complete: it speaks against taking the matter on (Q9).
    speaks_against: bool = False
    refusal: RefusalState = RefusalState()
    # A returned form that was not completed in twice its limit (Q3).
    is_given_up: bool = False
    has_survey: bool = False
    has_surveyed: bool = False
    letters_to_answer: Sequence[Addressee] = ()
    signatures_due: Sequence[Countersign] = ()
    # The sheet of the simple track that has not gone out yet (R039).
    has_sheet_waiting: bool = False
    wished_departments: str = ""
    user: User | None = None
    has_plan: bool = False
    # In whatever version of the plan.
    has_tasks: bool = False
    has_group: bool = False
    plan_waits: bool = False
    # Where the version that waits moves the decision: the person of that level.
    plan_approver: int | None = None
    has_open_stage: bool = False
    has_digest: bool = False
    high_risks: int = 0
    has_progress_reviews: bool = False
    # Whether somebody was asked before it was filed (R105).
    talked_before: bool = False
    has_agreements: bool = False
    # Agreements of the own people that wait for this head (R092).
    agreements_to_answer: Sequence[int] = ()
    has_appeals: bool = False
    # Appeals against the decision that this person rules on (R060).
    appeals_to_rule: Sequence[int] = ()
    # Who leads the project by the version in force.
    plan_lead: int | None = None
    approvals: Approvals = Approvals()
    # The oral order that it began on (Q23).
    order: OralOrder | None = None
    # Who proposed a lower level that waits, and who is asked.
    lowering_by: int | None = None
    lowering_asked: int | None = None

    @property
    def silent(self) -> list[Participant]:
        """Departments that were asked and are waited for."""
        return [row for row in self.participants if row.notified_at and not row.opinion and not row.is_silent]

    @property
    def lead_name(self) -> str:
        """The lead department by the name it bore when it was named (domain §9, 19)."""
        named = next((row.department_name for row in self.participants if row.role == Role.LEAD), "")
        return named or (self.matter.lead_department.name if self.matter.lead_department else "")

    @property
    def co_departments(self) -> str:
        """The co-handling departments in one line."""
        return "、".join(row.department_name for row in self.participants if row.role == Role.CO)

    @property
    def concerned(self) -> set[int]:
        """The departments of the matter itself: the applying one and those that take part."""
        taking_part = (row.department_id for row in self.participants)
        return {pk for pk in (self.matter.filed_by_department_id, *taking_part) if pk}

    @property
    def is_prepared(self) -> bool:
        matter = self.matter
        return bool(matter.facts and matter.scope and matter.expected_goal and self.question_count)

    @property
    def needs_plan(self) -> bool:
        """Q12: a project is decided with its plan written, tasks and all."""
        return self.matter.category == Category.PROJECT and not self.has_tasks

    @property
    def is_frame_open(self) -> bool:
        """The approvals of a project have fixed its frame while a question of it is still open: the frame can be changed
        at their level (R094)."""
        paper = self.approvals.application
        return self.matter.stage == Stage.DECISION and paper is not None and paper.is_approved

    @property
    def is_delivered(self) -> bool:
        return bool(self.participants) and all(row.notified_at for row in self.participants)

    @property
    def all_answered(self) -> bool:
        return all(row.opinion or row.is_silent for row in self.participants)

    @property
    def is_unanimous(self) -> bool:
        return all(row.opinion in (Opinion.AGREE, Opinion.NO_COMMENT) for row in self.participants)

    @property
    def simple_progress(self) -> Progress | None:
        """On the simple track: how many of its steps are done (R039)."""
        return progress_of(self.matter, self.participants) if self.matter.is_simple else None

    @property
    def drafted(self) -> list[ActionItem]:
        """Those that somebody has to issue; the tasks of a plan go out by themselves on their day."""
        return [item for item in self.items if item.state == ItemState.DRAFTED and not item.is_planned]

    @property
    def unfinished(self) -> list[ActionItem]:
        return [item for item in self.items if item.state in (*ITEM_OPEN, ItemState.DRAFTED)]
