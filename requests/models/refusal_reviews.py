"""The review of a refusal (复核, R048): asked for once, answered by somebody who did not refuse."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pages.labels import Labels
from requests.models.matter import CoordinationRequest
from requests.states import RejectionGround, ReviewLevel, ReviewOutcome

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


class RefusalReview(Labels, models.Model):
    """The applicant's one wish to have a refusal looked at again, the refusal itself as it stood, and the answer."""

    matter = models.OneToOneField(CoordinationRequest, models.CASCADE, related_name="refusal_review")
    refused_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField()
    ground = models.CharField(max_length=24, choices=RejectionGround.choices)
    refusal = models.TextField()
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.TextField(_("why it should be looked at again"))
    level = models.CharField(max_length=12, choices=ReviewLevel.choices)
    # The department through which a leader in charge reviews; the office itself on the other levels.
    department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=10, choices=ReviewOutcome.choices, blank=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("reason of the outcome"), blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by=None) | Q(refused_by=None) | ~Q(answered_by=F("refused_by")),
                name="who_refused_does_not_review",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")),
                name="nobody_reviews_the_own_refusal",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="a_review_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.get_outcome_display()}"
