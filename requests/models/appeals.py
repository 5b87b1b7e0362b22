"""The appeal of a department against what was decided (复议, R060): until it is upheld and changed, the decision holds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pages.labels import Labels
from requests.appeal_querysets import AppealQuerySet
from requests.appeal_states import RULED, AppealGround, AppealOutcome
from requests.models.matter import CoordinationRequest

PERSON = settings.AUTH_USER_MODEL


class DecisionAppeal(Labels, models.Model):
    """What the head of an addressed department has against a decision, which one that was, and how it was ruled on."""

    SUBJECT = "decision_appeal"

    matter = models.ForeignKey(CoordinationRequest, models.PROTECT, related_name="appeals")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    decision_document = models.CharField(max_length=30, blank=True)
    department = models.ForeignKey("organization.Department", models.PROTECT, related_name="+")
    department_name = models.CharField(max_length=60)
    ground = models.CharField(_("ground"), max_length=11, choices=AppealGround.choices)
    reason = models.TextField(_("what speaks against the decision"))
    wish = models.TextField(_("what should hold instead"))
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # One level above whoever decided, as it stood when it was asked.
    ruler = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=9, choices=AppealOutcome.choices, blank=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("reason of the outcome"), blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "department", "decided_at"], name="a_department_appeals_a_decision_once"
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=RULED) | ~Q(answer="") & Q(answered_by__isnull=False),
                name="an_appeal_is_ruled_on_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=RULED) | ~Q(answered_by=F("asked_by")),
                name="nobody_rules_on_the_own_appeal",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=RULED) | Q(decided_by=None) | ~Q(answered_by=F("decided_by")),
                name="who_decided_rules_on_no_appeal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_name} {self.get_ground_display()}"
