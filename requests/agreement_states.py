"""Choices of an agreement between departments (双向告知, R092)."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AgreementState(models.TextChoices):
    """Whether those above know of it too, and let it stand."""

    TOLD = "told", pgettext_lazy("agreement", "Waits for the heads")
    STANDS = "stands", pgettext_lazy("agreement", "Both levels know")
    OBJECTED = "objected", pgettext_lazy("agreement", "Objected to")
    ENDED = "ended", pgettext_lazy("agreement", "Ended with the matter")


class HeadsWord(models.TextChoices):
    """What the head of a side said to what the own people had agreed."""

    WAITING = "waiting", pgettext_lazy("word of the head", "Not answered yet")
    NOTED = "noted", pgettext_lazy("word of the head", "Knows of it")
    SILENT = "silent", pgettext_lazy("word of the head", "Told, no objection")
    OBJECTED = "objected", pgettext_lazy("word of the head", "Objects")


# Whose word is no obstacle.
HEARD = (HeadsWord.NOTED, HeadsWord.SILENT)
