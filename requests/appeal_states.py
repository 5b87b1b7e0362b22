"""Choices of an appeal against a decision (复议, R060)."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AppealGround(models.TextChoices):
    """What speaks against the decision (D8)."""

    NEW_FACTS = "new_facts", pgettext_lazy("appeal", "New facts")
    WRONG_BASIS = "wrong_basis", pgettext_lazy("appeal", "Wrong basis")
    PROCEDURE = "procedure", pgettext_lazy("appeal", "Rules of procedure not kept")
    UNFAIR = "unfair", pgettext_lazy("appeal", "Plainly unfair")


class AppealOutcome(models.TextChoices):
    UPHELD = "upheld", pgettext_lazy("appeal", "Upheld, to be changed")
    REJECTED = "rejected", pgettext_lazy("appeal", "Rejected, the decision stands")
    WITHDRAWN = "withdrawn", pgettext_lazy("appeal", "Taken back")
    ENDED = "ended", pgettext_lazy("appeal", "Ended with the matter")


# What was ruled on by a person, with a reason.
RULED = (AppealOutcome.UPHELD, AppealOutcome.REJECTED)
