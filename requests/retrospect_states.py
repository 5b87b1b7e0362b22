"""Choices of the review (F19, 复盘) and of what it wants bettered."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReviewState(models.TextChoices):
    """Where a review stands."""

    DRAFT = "draft", pgettext_lazy("review", "Draft")
    ISSUED = "issued", pgettext_lazy("review", "Issued")


class ImprovementKind(models.TextChoices):
    """What is to be bettered (F19, 类型)."""

    PROCESS = "process", pgettext_lazy("improvement", "Process")
    DUTY = "duty", pgettext_lazy("improvement", "Duties")
    CONTRACT = "contract", pgettext_lazy("improvement", "Contract")
    TRAINING = "training", pgettext_lazy("improvement", "Training")
    SYSTEM = "system", pgettext_lazy("improvement", "System")


class ImprovementState(models.TextChoices):
    """Where an improvement stands; a draft is part of a review that is still being written."""

    DRAFT = "draft", pgettext_lazy("improvement", "Draft")
    OPEN = "open", pgettext_lazy("improvement", "Under way")
    REPORTED = "reported", pgettext_lazy("improvement", "To be checked")
    DONE = "done", pgettext_lazy("improvement", "Done")


class Dimension(models.TextChoices):
    """What a coordination is judged by (六维评价, domain §6.5)."""

    GOAL = "goal", pgettext_lazy("dimension", "Goal reached")
    RESOURCES = "resources", pgettext_lazy("dimension", "Use of resources")
    PROCESS = "process", pgettext_lazy("dimension", "Keeping to the process")
    INFORMATION = "information", pgettext_lazy("dimension", "Quality of information")
    OUTPUT = "output", pgettext_lazy("dimension", "Output")
    SATISFACTION = "satisfaction", pgettext_lazy("dimension", "Satisfaction")


class Grade(models.TextChoices):
    """The words of the office for 90, 80 and 60 of 100, and for less."""

    EXCELLENT = "excellent", pgettext_lazy("grade", "Excellent")
    GOOD = "good", pgettext_lazy("grade", "Good")
    FAIR = "fair", pgettext_lazy("grade", "Fair")
    POOR = "poor", pgettext_lazy("grade", "To be improved")


RUNNING = (ImprovementState.OPEN, ImprovementState.REPORTED)
CHECKED_TEXTS = (
    ("comparison", _("Goal and result")),
    ("went_well", _("What went well")),
    ("fell_short", _("What fell short")),
    ("root_causes", _("Root causes")),
)
