"""How often a matter was passed on, and the meeting that the third time calls for (R100)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from requests.letter_querysets import HandoverQuerySet, MeetingWishQuerySet
from requests.letter_states import WishReason
from requests.models.letters import Addressee
from requests.models.matter import CoordinationRequest

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


class MeetingWish(models.Model):
    """A special meeting that the rules call for; `meetings` takes it within a minute and makes the draft.

    It lies below meetings, so it keeps the id of what came of it and no more.
    """

    matter = models.ForeignKey(CoordinationRequest, models.CASCADE, related_name="meeting_wishes")
    reason = models.CharField(max_length=6, choices=WishReason.choices)
    # The departments and reasons of the chain, as printed in the suggestion of the topic.
    chain = models.TextField()
    wished_at = models.DateTimeField()
    fulfilled_at = models.DateTimeField(null=True, blank=True)
    meeting_id = models.BigIntegerField(null=True, blank=True)

    objects = MeetingWishQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(fulfilled_at=None), name="one_open_meeting_wish_per_matter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.reason}"


class Handover(models.Model):
    """One time that a department passed the matter on to another one, with its reason."""

    matter = models.ForeignKey(CoordinationRequest, models.CASCADE, related_name="handovers")
    addressee = models.ForeignKey(Addressee, models.CASCADE, null=True, blank=True, related_name="handovers")
    from_department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+")
    to_department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+")
    # Both names as of that day.
    from_name = models.CharField(max_length=60)
    to_name = models.CharField(max_length=60)
    reason = models.TextField(_("reason"))
    number = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    # The meeting that this hand-over helped to call; a later chain starts after it.
    wish = models.ForeignKey(MeetingWish, models.PROTECT, null=True, blank=True, related_name="handovers")
    misrouted_at = models.DateTimeField(null=True, blank=True)
    misrouted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    misrouted_reason = models.CharField(_("what was routed wrongly"), max_length=200, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_department=F("to_department")), name="nobody_passes_on_to_itself"
            ),
            models.CheckConstraint(
                condition=Q(misrouted_at=None) | ~Q(misrouted_reason=""),
                name="a_misrouting_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_name} → {self.to_name}"
