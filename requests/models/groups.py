"""A temporary coordination group that works on one matter and ends with it (R004, R005)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from organization.models import Committee
from requests.models.matter import CoordinationRequest
from requests.querysets import OfMatterQuerySet

PERSON = settings.AUTH_USER_MODEL


class MatterGroup(models.Model):
    """Which matter a group works on. Who sits in it stands in the organization; that its members read the matter, here."""

    SUBJECT = "matter_group"

    matter = models.ForeignKey(CoordinationRequest, models.PROTECT, related_name="groups")
    committee = models.OneToOneField(Committee, models.PROTECT, related_name="+")
    set_up_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    set_up_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OfMatterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ended_at=None), name="one_group_works_on_a_matter"
            ),
        ]

    def __str__(self) -> str:
        return str(self.committee)
