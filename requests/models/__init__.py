"""The matter and what hangs on it."""

from requests.models.acceptance import AcceptanceSheet, Defect
from requests.models.agreements import Agreement, AgreementSide
from requests.models.appeals import DecisionAppeal
from requests.models.approvals import ApprovalRule, ApprovalStep, ProjectApplication
from requests.models.changes import ChangeReading, ChangeRequest
from requests.models.circulation import Circulation, Countersign, PaperText
from requests.models.conditions import AcceptanceCondition, ConditionCheck
from requests.models.digests import Digest
from requests.models.discussion import Comment, KeptMessage
from requests.models.effects import Effect
from requests.models.feedback import Survey
from requests.models.filters import SavedFilter
from requests.models.groups import MatterGroup
from requests.models.handovers import Handover, MeetingWish
from requests.models.items import ActionItem, Extension, ProgressReport
from requests.models.letters import Addressee, Letter, LetterAsk
from requests.models.level import LevelChange
from requests.models.loans import Loan
from requests.models.matter import CoordinationRequest
from requests.models.measures import Measure
from requests.models.merges import Merge
from requests.models.obstacles import Obstacle
from requests.models.oral import OralOrder
from requests.models.outside_papers import OutsidePaper
from requests.models.paper_kinds import PaperKind
from requests.models.parts import (
    Attempt,
    Block,
    Gap,
    HeldDecision,
    Participant,
    PointOfDifference,
    Question,
    QuestionOpinion,
    Reader,
    Reservation,
)
from requests.models.plan import Plan
from requests.models.plan_meetings import PlannedMeeting
from requests.models.plan_parts import (
    Deliverable,
    EscalationStep,
    Milestone,
    PlanChannel,
    PlanMember,
    PlanResource,
    PlanRisk,
    PlanTask,
    TaskMeasure,
)
from requests.models.procedures import Procedure, ProcedureReading, ProcedureVersion
from requests.models.progress_reviews import LateTask, ProgressReview
from requests.models.public_notices import NoticeObjection, PublicNotice
from requests.models.refusal_reviews import RefusalReview
from requests.models.releases import Release
from requests.models.resource_requests import ResourceRequest
from requests.models.retrospect import Improvement, Review
from requests.models.templates import RequestTemplate
from requests.models.visits import SiteVisit

__all__ = [
    "AcceptanceCondition",
    "AcceptanceSheet",
    "ActionItem",
    "Addressee",
    "Agreement",
    "AgreementSide",
    "ApprovalRule",
    "ApprovalStep",
    "Attempt",
    "Block",
    "ChangeReading",
    "ChangeRequest",
    "Circulation",
    "Comment",
    "ConditionCheck",
    "CoordinationRequest",
    "Countersign",
    "DecisionAppeal",
    "Defect",
    "Deliverable",
    "Digest",
    "Effect",
    "EscalationStep",
    "Extension",
    "Gap",
    "Handover",
    "HeldDecision",
    "Improvement",
    "KeptMessage",
    "LateTask",
    "Letter",
    "LetterAsk",
    "LevelChange",
    "Loan",
    "MatterGroup",
    "Measure",
    "MeetingWish",
    "Merge",
    "Milestone",
    "NoticeObjection",
    "Obstacle",
    "OralOrder",
    "OutsidePaper",
    "PaperKind",
    "PaperText",
    "Participant",
    "Plan",
    "PlanChannel",
    "PlanMember",
    "PlanResource",
    "PlanRisk",
    "PlanTask",
    "PlannedMeeting",
    "PointOfDifference",
    "Procedure",
    "ProcedureReading",
    "ProcedureVersion",
    "ProgressReport",
    "ProgressReview",
    "ProjectApplication",
    "PublicNotice",
    "Question",
    "QuestionOpinion",
    "Reader",
    "RefusalReview",
    "Release",
    "RequestTemplate",
    "Reservation",
    "ResourceRequest",
    "Review",
    "SavedFilter",
    "SiteVisit",
    "Survey",
    "TaskMeasure",
]
