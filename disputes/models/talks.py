"""What was tried between the sides."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models.dispute import Dispute
from disputes.states import NegotiationResult


class NegotiationRecord(models.Model):
    """One talk between the sides (D2). Written once; nobody edits it."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="talks")
    held_at = models.DateTimeField(_("when"))
    # Whoever negotiated for a side never rules (R206).
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("who negotiated")
    )
    text = models.TextField(_("what was said"))
    result = models.CharField(_("result"), max_length=10, choices=NegotiationResult.choices)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["held_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="a_talk_says_what_was_said"),
        ]

    def __str__(self) -> str:
        return f"{self.held_at:%Y-%m-%d} {self.get_result_display()}"
