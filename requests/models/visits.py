"""On-site coordination (现场沟通协调): where, who, what was found, what came of it (R046)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.acting import day_of
from requests.models.matter import CoordinationRequest
from requests.visit_querysets import SiteVisitQuerySet

PERSON = settings.AUTH_USER_MODEL


class SiteVisit(models.Model):
    """One visit as a step of the coordination; its photos are files of the matter. Once recorded it is taken back, never
    changed."""

    SUBJECT = "site_visit"

    matter = models.ForeignKey(CoordinationRequest, models.PROTECT, related_name="visits")
    visited_on = models.DateField(_("day of the visit"))
    place = models.CharField(_("place"), max_length=100)
    people = models.CharField(pgettext_lazy("visit", "who was there"), max_length=300)
    findings = models.TextField(_("what was found"))
    result = models.TextField(pgettext_lazy("visit", "what came of it"))
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_why = models.CharField(max_length=300, blank=True, editable=False)

    objects = SiteVisitQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-visited_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_why=""), name="a_visit_is_taken_back_with_its_reason"
            ),
            models.UniqueConstraint(
                fields=["matter", "visited_on", "place", "recorded_by"], condition=Q(withdrawn_at=None),
                name="a_visit_is_recorded_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.visited_on:%Y-%m-%d} {self.place}"

    @property
    def is_late(self) -> bool:
        """Entered on a later day than it took place (补录)."""
        return self.visited_on < day_of(self.recorded_at)
