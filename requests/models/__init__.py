"""The matter and what hangs on it."""

from requests.models.feedback import Survey
from requests.models.items import ActionItem, Extension, ProgressReport
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

__all__ = [
    "ActionItem",
    "Attempt",
    "Block",
    "CoordinationRequest",
    "Extension",
    "Gap",
    "HeldDecision",
    "Participant",
    "PointOfDifference",
    "ProgressReport",
    "Question",
    "Reader",
    "Reservation",
    "Survey",
]
