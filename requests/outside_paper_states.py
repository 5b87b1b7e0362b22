"""Directions and sorts of papers from outside and to outside (R066)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PaperDirection(models.TextChoices):
    IN = "in", pgettext_lazy("outside paper", "Incoming")
    OUT = "out", pgettext_lazy("outside paper", "Outgoing")


class OutsideSort(models.TextChoices):
    """What the paper is: opinion seeking (征求意见) is answered, the others only where an answer is asked for."""

    OFFICIAL = "official", _("Official paper")
    OPINIONS = "opinions", _("Seeking of opinions")
    OTHER = "other", pgettext_lazy("outside paper", "Other")
