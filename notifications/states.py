"""Kinds of notices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    """What a notice is about; the page tints it, the sentence says it."""

    INFO = "info", _("For your information")
    TASK = "task", _("Waiting for you")
    SUPERVISION = "supervision", _("Supervision")
    RESULT = "result", _("Result")


# What somebody has to do, or is being chased for, always comes at once; of the rest each person says how (R069).
MAY_BE_COLLECTED = (NoticeKind.INFO, NoticeKind.RESULT)


class Way(models.TextChoices):
    """How somebody wants to hear of what is only told."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Collected, once a working day")


# At most so many a day come at once for whoever has not said otherwise; the rest is collected.
MOST_PER_DAY = 50
