"""The digest of a matter for the leaders (综合筛选材料, R067): one page, made from the matter and worded by the office."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests.models.matter import CoordinationRequest
from requests.querysets import OfMatterQuerySet

PERSON = settings.AUTH_USER_MODEL
PARTS = ("question", "positions", "options", "recommendation")


class Digest(models.Model):
    """What a leader reads instead of the whole file: question, positions, options, recommendation."""

    SUBJECT = "digest"

    matter = models.OneToOneField(CoordinationRequest, models.PROTECT, related_name="digest")
    question = models.TextField(_("question"))
    positions = models.TextField(_("positions"))
    options = models.TextField(_("options"))
    recommendation = models.TextField(_("recommendation"))
    # What the matter said when it was worded: the page tells when that has changed since.
    made_from = models.CharField(max_length=16)
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    presented_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    presented_at = models.DateTimeField(null=True, blank=True)
    presented_to: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        PERSON, blank=True, related_name="+"
    )

    objects = OfMatterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(presented_at=None, presented_by=None)
                | Q(presented_at__isnull=False, presented_by__isnull=False),
                name="a_digest_is_presented_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}"
