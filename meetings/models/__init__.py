"""The tables of this app: meetings and their people, agenda items and their results, minutes."""

from meetings.models.agenda import AgendaItem, ItemDifference, ItemReservation, ResolvedAction
from meetings.models.meeting import Invitation, Meeting
from meetings.models.minutes import Confirmation, Minutes

__all__ = [
    "AgendaItem", "Confirmation", "Invitation", "ItemDifference", "ItemReservation", "Meeting", "Minutes",
    "ResolvedAction",
]  # fmt: skip
