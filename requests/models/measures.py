"""The definitive measure and, until it holds, an interim one with its end and its return (R054)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests.consult_querysets import MeasureQuerySet
from requests.models.items import ActionItem
from requests.models.loans import Loan
from requests.models.matter import CoordinationRequest
from requests.models.parts import Question

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


class Measure(models.Model):
    """What is done for good; and meanwhile, by whom, until when, and what has to be undone then."""

    SUBJECT = "measure"

    matter = models.ForeignKey(CoordinationRequest, models.PROTECT, related_name="measures")
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("core question")
    )
    item = models.ForeignKey(
        ActionItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("action item"),
    )
    definitive = models.TextField(_("definitive measure"))
    interim = models.TextField(_("interim measure"), blank=True)
    department = models.ForeignKey(
        DEPARTMENT, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("department that keeps it up"),
    )  # fmt: skip
    department_name = models.CharField(max_length=60, blank=True)
    ends_on = models.DateField(_("interim until"), null=True, blank=True)
    # The first day stays, whatever was agreed later (R097).
    original_ends_on = models.DateField(null=True, blank=True)
    return_duty = models.TextField(_("duty of return"), blank=True)
    loan = models.ForeignKey(
        Loan, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line of the ledger")
    )
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    how_ended = models.TextField(_("how it was ended"), blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                # R054, whatever code runs: no interim measure without its end and its return.
                condition=Q(interim="")
                | Q(ends_on__isnull=False, original_ends_on__isnull=False, department__isnull=False)
                & ~Q(return_duty=""),
                name="an_interim_measure_has_its_end_and_return",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(how_ended=""), name="an_ended_measure_says_how"
            ),
        ]

    def __str__(self) -> str:
        return self.definitive[:40]

    @property
    def is_open(self) -> bool:
        return bool(self.interim) and self.ended_at is None
