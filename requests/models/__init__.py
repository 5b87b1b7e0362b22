"""The matter and what hangs on it."""

from requests.models.feedback import Survey
from requests.models.handovers import Handover, MeetingWish
from requests.models.items import ActionItem, Extension, ProgressReport
from requests.models.letters import Addressee, Letter, LetterAsk
from requests.models.loans import Loan
from requests.models.matter import CoordinationRequest
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
    "Letter",
    "LetterAsk",
    "Loan",
    "MeetingWish",
    "Participant",
    "PointOfDifference",
    "ProgressReport",
    "Question",
    "Reader",
    "RequestTemplate",
    "Reservation",
    "Survey",
]
