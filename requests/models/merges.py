"""A merge (并案): announced to both applicants, then carried out or called off (Q11, R042)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from requests.models.matter import CoordinationRequest
from requests.querysets import MergeQuerySet

PERSON = settings.AUTH_USER_MODEL


class Merge(models.Model):
    """That a matter is to be merged into its main matter, why, and what became of it."""

    matter = models.ForeignKey(CoordinationRequest, models.CASCADE, related_name="merges")
    main = models.ForeignKey(
        CoordinationRequest, models.PROTECT, related_name="+", verbose_name=_("main matter")
    )
    reason = models.TextField(_("reason"))
    announced_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()
    merged_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(merged_at=None, called_off_at=None),
                name="one_open_announcement_of_a_merge",
            ),
            models.CheckConstraint(condition=~Q(matter=F("main")), name="nothing_is_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(merged_at=None) | Q(called_off_at=None), name="a_merge_is_done_or_called_off"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} → {self.main_id}"
