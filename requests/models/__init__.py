"""The matter and what hangs on it."""

from requests.models.feedback import Survey
from requests.models.handovers import Handover, MeetingWish
from requests.models.items import ActionItem, Extension, ProgressReport
from requests.models.letters import Addressee, Letter, LetterAsk
from requests.models.loans import Loan
from requests.models.matter import CoordinationRequest
from requests.models.merges import Merge
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
from requests.models.retrospect import Improvement, Review
from requests.models.templates import RequestTemplate

__all__ = [
    "ActionItem",
    "Addressee",
    "Attempt",
    "Block",
    "CoordinationRequest",
    "Extension",
    "Gap",
    "Handover",
    "HeldDecision",
    "Improvement",
    "Letter",
    "LetterAsk",
    "Loan",
    "MeetingWish",
    "Merge",
    "Participant",
    "PointOfDifference",
    "ProgressReport",
    "Question",
    "Reader",
    "RequestTemplate",
    "Reservation",
    "Review",
    "Survey",
]
