"""Choices of the ledger of loans (form F22)."""

from django.db import models
from django.utils.translation import pgettext_lazy


class LoanState(models.TextChoices):
    """Where a loan stands."""

    LENT = "lent", pgettext_lazy("loan", "On loan")
    REPORTED = "reported", pgettext_lazy("loan", "Return to be confirmed")
    RETURNED = "returned", pgettext_lazy("loan", "Returned")


OUT = (LoanState.LENT, LoanState.REPORTED)


class WayOfReturn(models.TextChoices):
    """归还方式: the thing itself, or as many of the same kind."""

    SAME = "same", pgettext_lazy("loan", "The thing itself")
    EQUAL = "equal", pgettext_lazy("loan", "As many of the same kind")
