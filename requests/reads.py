"""The reads of the page of a matter: what it asks at every call, each written once (pages/prepared.py)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Subquery, prefetch_related_objects

from audit.acting import now
from audit.models import TransitionLog
from documents.models import File
from organization.models import User
from pages.lists import CappedCount
from pages.prepared import Prepared
from requests.circulation_states import UNDER_WAY, UNSIGNED, PaperState
from requests.models import (
    ActionItem,
    Addressee,
    Agreement,
    AgreementSide,
    Attempt,
    Block,
    ChangeRequest,
    Circulation,
    Comment,
    ConditionCheck,
    CoordinationRequest,
    Countersign,
    DecisionAppeal,
    Digest,
    Effect,
    Handover,
    HeldDecision,
    KeptMessage,
    Letter,
    LevelChange,
    Loan,
    MatterGroup,
    Measure,
    Merge,
    Milestone,
    Obstacle,
    OralOrder,
    OutsidePaper,
    Participant,
    Plan,
    PlanMember,
    PlanRisk,
    PlanTask,
    PointOfDifference,
    ProgressReview,
    ProjectApplication,
    PublicNotice,
    Question,
    Reservation,
    Review,
    SiteVisit,
    Survey,
)
from requests.plan_states import PlanState, TeamRole
from requests.querysets import sight
from requests.states import GapCode, Outcome, Track
from requests.waiting import Waiting, waiting_days
from supervision.calendar import working_days
from supervision.models import Obligation

RECENT = 8


def matter_for(user: User, pk: int) -> CoordinationRequest | None:
    """The matter with its people, if it exists for this person."""
    if not (user.is_authenticated and user.is_active):
        return None
    person, departments, levels = sight(user)
    found: CoordinationRequest | None = _seen_by(levels).get(pk, person, departments)
    return found


@cache
def _seen_by(levels: tuple[str, ...]) -> Prepared:
    return Prepared(
        lambda pk, person, departments: (
            CoordinationRequest.objects.seen_by(person, departments, levels)
            .with_people()
            .select_related("served_goal__department", "served_goal__parent")
            .filter(pk=pk)
        )
    )


def of_matter(matter: CoordinationRequest, rows: Iterable[Any]) -> list[Any]:
    """The rows of this matter, which know it without asking again."""
    known = list(rows)
    for row in known:
        row.matter = matter
    return known


PARTICIPANTS = Prepared(
    lambda matter: Participant.objects.filter(matter=matter).select_related("department", "opined_by")
)
ITEMS = Prepared(
    lambda matter: ActionItem.objects.filter(matter=matter).select_related(
        "assignee", "department", "verifier"
    )
)
QUESTIONS = Prepared(
    lambda matter: Question.objects.filter(matter=matter).annotate(
        is_circulating=Exists(Circulation.objects.filter(question=OuterRef("pk"), state__in=UNDER_WAY)),
        is_contested=Exists(PointOfDifference.objects.filter(question=OuterRef("pk")))
        | Exists(Reservation.objects.filter(question=OuterRef("pk"))),
    )
)
CHECKS = Prepared(lambda matter: ConditionCheck.objects.filter(matter=matter).exclude(is_met=None))
OPEN_DUTIES = Prepared(lambda matter: Obligation.objects.of_case(matter).open().for_lists().by_clock())
DUTIES_OF_MATTERS = Prepared(
    lambda matters: (
        Obligation.objects.filter(case_id__in=matters)
        .open()
        .select_related("holder", "holder_department")
        .by_clock()
    )
)
# What a question that is not contested holds, as a prefetch would find it.
UNCONTESTED: dict[str, tuple[Any, ...]] = {"differences": (), "reservations": ()}


def questions_of(matter: CoordinationRequest) -> list[Any]:
    """The core questions with the positions and reservations of the departments, asked only where there are any."""
    rows = of_matter(matter, QUESTIONS(matter.pk))
    contested = [row for row in rows if row.is_contested]
    prefetch_related_objects(contested, "differences__department", "reservations__department")
    for row in rows:
        vars(row).setdefault("_prefetched_objects_cache", dict(UNCONTESTED))
    return rows


STORY = Prepared(lambda matter: TransitionLog.objects.of_case(matter)[:RECENT])
# What the next steps depend on, beside the rows themselves.
STANDING = Prepared(
    lambda matter: CoordinationRequest.objects.filter(pk=matter).values(
        question_count=CappedCount(Question.objects.filter(matter=matter).order_by().values("pk")),
        speaks_against=Exists(
            ConditionCheck.objects.filter(matter=OuterRef("pk"), is_met=False).exclude(
                code__in=GapCode.values
            )
        ),
        has_unmet=Exists(ConditionCheck.objects.filter(matter=OuterRef("pk"), is_met=False)),
        is_blocked=Exists(Block.objects.filter(matter=OuterRef("pk"), until=None)),
        was_passed_on=Exists(Handover.objects.filter(matter=OuterRef("pk"))),
        has_waiting_letters=Exists(Addressee.objects.waiting().filter(letter__matter=OuterRef("pk"))),
        has_sheet_waiting=Exists(Letter.objects.rounds_waiting().filter(matter=OuterRef("pk"))),
        has_waiting_signatures=Exists(
            Countersign.objects.filter(
                circulation__matter=OuterRef("pk"),
                is_current=True,
                asked_at__isnull=False,
                state__in=UNSIGNED,
            )
        ),
        held_document=Subquery(HeldDecision.objects.filter(matter=OuterRef("pk")).values("document")[:1]),
        is_reviewed=Exists(Review.objects.filter(matter=OuterRef("pk"), issued_at__isnull=False)),
        has_plan=Exists(Plan.objects.filter(matter=OuterRef("pk"))),
        has_tasks=Exists(PlanTask.objects.filter(plan__matter=OuterRef("pk"))),
        has_digest=Exists(Digest.objects.filter(matter=OuterRef("pk"))),
        has_group=Exists(MatterGroup.objects.filter(matter=OuterRef("pk"))),
        plan_waits=Exists(Plan.objects.filter(matter=OuterRef("pk"), state=PlanState.SUBMITTED, change=None)),
        plan_approver=Subquery(
            Plan.objects.filter(matter=OuterRef("pk"), state=PlanState.SUBMITTED).values("approver")[:1]
        ),
        has_open_stage=Exists(Milestone.objects.open().in_force().filter(plan__matter=OuterRef("pk"))),
        talked_before=Exists(
            Attempt.objects.filter(matter=OuterRef("pk"), held_at__lte=OuterRef("submitted_at"))
        ),
        has_agreements=Exists(Agreement.objects.filter(matter=OuterRef("pk"))),
        has_appeals=Exists(DecisionAppeal.objects.filter(matter=OuterRef("pk"))),
        has_open_appeals=Exists(DecisionAppeal.objects.waiting().filter(matter=OuterRef("pk"))),
        has_open_agreements=Exists(AgreementSide.objects.waiting().filter(agreement__matter=OuterRef("pk"))),
        has_progress_reviews=Exists(ProgressReview.objects.filter(matter=OuterRef("pk"))),
        plan_lead=Subquery(
            PlanMember.objects.in_force()
            .filter(plan__matter=OuterRef("pk"), role=TeamRole.LEAD)
            .values("person")[:1]
        ),
        high_risks=CappedCount(PlanRisk.objects.high().in_force().filter(plan__matter=matter).values("pk")),
        not_agreed_question=Subquery(
            Question.objects.filter(matter=OuterRef("pk"), outcome=Outcome.NOT_AGREED).values("pk")[:1]
        ),
        undisputed_question=Subquery(
            Question.objects.filter(
                matter=OuterRef("pk"), track=Track.UNDISPUTED, outcome=Outcome.OPEN
            ).values("pk")[:1]
        ),
        has_survey=Exists(Survey.objects.filter(matter=OuterRef("pk"))),
        has_order=Exists(OralOrder.objects.filter(matter=OuterRef("pk"))),
        has_application=Exists(ProjectApplication.objects.filter(matter=OuterRef("pk"))),
        has_merges=Exists(Merge.objects.of(OuterRef("pk"))),
        is_merge_announced=Exists(Merge.objects.standing().filter(matter=OuterRef("pk"))),
        lowering_by=Subquery(LevelChange.objects.open().filter(matter=OuterRef("pk")).values("proposed_by")),
        lowering_asked=Subquery(LevelChange.objects.open().filter(matter=OuterRef("pk")).values("asked")),
    )
)
# How many papers, talks and lines of history there are.
COUNTS = Prepared(
    lambda matter: CoordinationRequest.objects.filter(pk=matter).values(
        files=CappedCount(File.objects.of_case(matter).newest_versions().values("pk")),
        outside=CappedCount(
            OutsidePaper.objects.standing()
            .filter(matter=matter)
            .exclude(confidentiality="confidential")
            .order_by()
            .values("pk")
        ),
        said=CappedCount(Comment.objects.filter(matter=matter, withdrawn_at=None).order_by().values("pk")),
        kept=CappedCount(KeptMessage.objects.filter(matter=matter).order_by().values("pk")),
        talks=CappedCount(Attempt.objects.filter(matter=matter).order_by().values("pk")),
        agreed=CappedCount(Agreement.objects.filter(matter=matter).order_by().values("pk")),
        circulating=CappedCount(
            Circulation.objects.filter(matter=matter).exclude(state=PaperState.DRAFT).order_by().values("pk")
        ),
        changes=CappedCount(ChangeRequest.objects.filter(matter=matter).order_by().values("pk")),
        appealed=CappedCount(DecisionAppeal.objects.filter(matter=matter).order_by().values("pk")),
        noticed=CappedCount(PublicNotice.objects.filter(matter=matter).order_by().values("pk")),
        measured=CappedCount(Measure.objects.filter(matter=matter).order_by().values("pk")),
        gains=CappedCount(Effect.objects.filter(matter=matter, withdrawn_at=None).order_by().values("pk")),
        visited=CappedCount(SiteVisit.objects.filter(matter=matter).order_by().values("pk")),
        lent=CappedCount(Loan.objects.filter(matter=matter).order_by().values("pk")),
        # Which of them this person reads is asked only where there are any.
        has_letters=Exists(Letter.objects.filter(matter=OuterRef("pk"))),
        story=CappedCount(TransitionLog.objects.of_case(matter).order_by().values("pk")),
        # What lies above is known by the line that it wrote, a meeting that is only planned by its open duty.
        met=Exists(TransitionLog.objects.of_case(matter).filter(subject_type="meeting"))
        | Exists(Obligation.objects.of_case(matter).open().filter(subject_type="meeting")),
        disputed=Exists(TransitionLog.objects.of_case(matter).filter(subject_type="dispute")),
    )
)


def waiting_of(matter: CoordinationRequest) -> list[Waiting]:
    """R099: how long the items of a matter waited for each department."""
    rows = Obstacle.objects.filter(item__matter=matter).order_by("since", "pk")
    return waiting_days(rows, now=now(), calendar=working_days())
