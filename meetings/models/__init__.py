"""The tables of this app: meetings and their people, agenda items and their results, material, minutes."""

from meetings.models.agenda import AgendaItem, ItemDifference, ItemReservation, PriorTalk, ResolvedAction
from meetings.models.material import HouseRules, Material
from meetings.models.meeting import Invitation, Meeting
from meetings.models.minutes import Confirmation, Minutes

__all__ = [
    "AgendaItem", "Confirmation", "HouseRules", "Invitation", "ItemDifference", "ItemReservation", "Material", "Meeting",
    "Minutes", "PriorTalk", "ResolvedAction",
]  # fmt: skip
