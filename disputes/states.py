"""States and choices of the dispute (domain §3.3, main line; mediation, appeal and enforcement follow later)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DisputeState(models.TextChoices):
    REGISTERED = "registered", pgettext_lazy("dispute", "Registered")
    NEGOTIATION = "negotiation", pgettext_lazy("dispute", "Negotiation")
    RULING = "ruling", pgettext_lazy("dispute", "Awaiting a ruling")
    RULED = "ruled", pgettext_lazy("dispute", "Ruled")
    SETTLED = "settled", pgettext_lazy("dispute", "Settled")
    WITHDRAWN = "withdrawn", pgettext_lazy("dispute", "Withdrawn")


TALKING = (DisputeState.REGISTERED, DisputeState.NEGOTIATION)
OPEN = (*TALKING, DisputeState.RULING)


class DisputeType(models.TextChoices):
    """What the departments differ about (R133)."""

    DUTY = "duty", pgettext_lazy("dispute", "Duty")
    GOAL = "goal", pgettext_lazy("dispute", "Goal")
    METHOD = "method", pgettext_lazy("dispute", "Method")
    RESOURCE = "resource", pgettext_lazy("dispute", "Resource")
    INFORMATION = "information", pgettext_lazy("dispute", "Information")
    SCHEDULE = "schedule", pgettext_lazy("dispute", "Schedule")


class NegotiationResult(models.TextChoices):
    CLOSER = "closer", _("Closer to each other")
    UNCHANGED = "unchanged", _("No progress")
    AGREED = "agreed", _("Agreed, to be written down")


class ItemSource(models.TextChoices):
    """Where an item that follows from a dispute comes from."""

    SETTLEMENT = "settlement", _("Agreement")
    RULING = "ruling", _("Ruling")
