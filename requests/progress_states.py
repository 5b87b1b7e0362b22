"""Choices of the progress review (R088)."""

from django.db import models
from django.utils.translation import pgettext_lazy


class DelayCause(models.TextChoices):
    """Why a task is late: 分工、沟通、外部、资源、职责不清、其他 (R088)."""

    ALLOCATION = "allocation", pgettext_lazy("cause of a delay", "Allocation of work")
    COMMUNICATION = "communication", pgettext_lazy("cause of a delay", "Communication")
    EXTERNAL = "external", pgettext_lazy("cause of a delay", "From outside")
    RESOURCE = "resource", pgettext_lazy("cause of a delay", "Resources")
    UNCLEAR_DUTY = "unclear", pgettext_lazy("cause of a delay", "Unclear duties")
    OTHER = "other", pgettext_lazy("cause of a delay", "Other")
