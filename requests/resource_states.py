"""Choices of a request for a resource (R079)."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AskState(models.TextChoices):
    """What the department that is to provide it says."""

    ASKED = "asked", pgettext_lazy("resource request", "Waits for the answer")
    AGREED = "agreed", pgettext_lazy("resource request", "Agreed")
    PARTLY = "partly", pgettext_lazy("resource request", "Partly agreed")
    DECLINED = "declined", pgettext_lazy("resource request", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("resource request", "Withdrawn")


ANSWERS = (AskState.AGREED, AskState.PARTLY, AskState.DECLINED)
