"""Changes of a matter's level: raised at any time, lowered by two persons (R150, domain §5)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pages.labels import Labels
from requests.models.matter import CoordinationRequest
from requests.querysets import LevelChangeQuerySet
from requests.states import Confidentiality, LevelState

PERSON = settings.AUTH_USER_MODEL


class LevelChange(Labels, models.Model):
    """One change of the level, with the level before it: it stays, whatever the level becomes."""

    SUBJECT = "level"

    matter = models.ForeignKey(CoordinationRequest, models.CASCADE, related_name="level_changes")
    before = models.CharField(max_length=12, choices=Confidentiality.choices)
    after = models.CharField(max_length=12, choices=Confidentiality.choices)
    is_lowering = models.BooleanField()
    reason = models.TextField(_("reason"))
    state = models.CharField(max_length=10, choices=LevelState.choices)
    proposed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    asked = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    objects = LevelChangeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(state=LevelState.PROPOSED), name="one_lowering_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(is_lowering=False)
                | ~Q(state=LevelState.DONE)
                | Q(answered_by__isnull=False) & ~Q(answered_by=F("proposed_by")),
                name="two_persons_lower_a_level",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_change_of_level_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
