"""The matter and what hangs on it."""

from requests.models.acceptance import AcceptanceSheet, Defect
from requests.models.approvals import ApprovalRule, ApprovalStep, ProjectApplication
from requests.models.circulation import Circulation, Countersign, PaperText
from requests.models.conditions import AcceptanceCondition, ConditionCheck
from requests.models.discussion import Comment, KeptMessage
from requests.models.feedback import Survey
from requests.models.filters import SavedFilter
from requests.models.handovers import Handover, MeetingWish
from requests.models.items import ActionItem, Extension, ProgressReport
from requests.models.letters import Addressee, Letter, LetterAsk
from requests.models.level import LevelChange
from requests.models.loans import Loan
from requests.models.matter import CoordinationRequest
from requests.models.merges import Merge
from requests.models.obstacles import Obstacle
from requests.models.paper_kinds import PaperKind
from requests.models.parts import (
    Attempt,
    Block,
    Gap,
    HeldDecision,
    Participant,
    PointOfDifference,
    Question,
    Reader,
    Reservation,
)
from requests.models.refusal_reviews import RefusalReview
from requests.models.releases import Release
from requests.models.retrospect import Improvement, Review
from requests.models.templates import RequestTemplate

__all__ = [
    "AcceptanceCondition",
    "AcceptanceSheet",
    "ActionItem",
    "Addressee",
    "ApprovalRule",
    "ApprovalStep",
    "Attempt",
    "Block",
    "Circulation",
    "Comment",
    "ConditionCheck",
    "CoordinationRequest",
    "Countersign",
    "Defect",
    "Extension",
    "Gap",
    "Handover",
    "HeldDecision",
    "Improvement",
    "KeptMessage",
    "Letter",
    "LetterAsk",
    "LevelChange",
    "Loan",
    "MeetingWish",
    "Merge",
    "Obstacle",
    "PaperKind",
    "PaperText",
    "Participant",
    "PointOfDifference",
    "ProgressReport",
    "ProjectApplication",
    "Question",
    "Reader",
    "RefusalReview",
    "Release",
    "RequestTemplate",
    "Reservation",
    "Review",
    "SavedFilter",
    "Survey",
]
