"""The dispute, what it is about, what was tried, and how it ended."""

from disputes.models.dispute import Dispute, DisputeParty, DisputePoint, PointPosition
from disputes.models.ending import DisputeItem, PointDecision, Ruling
from disputes.models.talks import NegotiationRecord

__all__ = [
    "Dispute",
    "DisputeItem",
    "DisputeParty",
    "DisputePoint",
    "NegotiationRecord",
    "PointDecision",
    "PointPosition",
    "Ruling",
]
