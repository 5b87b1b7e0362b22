"""The office's assessment of a proposal (R029, R030): part of the matter's row."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from requests.priority import told


class Assessed(models.Model):
    """Each mark is 1 (low) to 5 (high). The priority is the system's unless somebody gave another one with a reason; both stay."""

    fit = models.PositiveSmallIntegerField(_("strategic fit"), null=True, blank=True)
    feasibility = models.PositiveSmallIntegerField(_("feasibility"), null=True, blank=True)
    priority_marks = models.JSONField(_("marks of the priority"), default=dict, blank=True, editable=False)
    priority_score = models.DecimalField(
        _("priority by the formula"), max_digits=2, decimal_places=1, null=True, editable=False
    )
    priority = models.PositiveSmallIntegerField(_("priority"), null=True, blank=True)
    priority_reason = models.CharField(_("why another priority"), max_length=200, blank=True)
    assessment = models.TextField(_("assessment"), blank=True)

    class Meta:
        abstract = True

    @property
    def priority_told(self) -> str:
        return told(self.priority_marks)
