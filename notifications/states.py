"""Kinds of notices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    """What a notice is about; the page tints it, the sentence says it."""

    INFO = "info", _("For your information")
    TASK = "task", _("Waiting for you")
    SUPERVISION = "supervision", _("Supervision")
    RESULT = "result", _("Result")
