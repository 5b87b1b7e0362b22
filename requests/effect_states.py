"""Choices of what a matter gives to a department or takes from it (R083)."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Direction(models.TextChoices):
    GAIN = "gain", pgettext_lazy("effect", "Gain")
    LOSS = "loss", pgettext_lazy("effect", "Loss")


class EffectKind(models.TextChoices):
    """What is won or lost; what can be counted has its amount beside it."""

    MONEY = "money", pgettext_lazy("effect", "Money")
    WORK = "work", pgettext_lazy("effect", "Work")
    PEOPLE = "people", pgettext_lazy("effect", "People")
    TIME = "time", pgettext_lazy("effect", "Time")
    DUTY = "duty", pgettext_lazy("effect", "Duties and powers")
    TARGET = "target", pgettext_lazy("effect", "Own targets")
    OTHER = "other", pgettext_lazy("effect", "Other")
