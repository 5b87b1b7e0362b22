"""The conditions of acceptance (受理条件, R028): what the office asks of every form, and what it found on one matter."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pages.labels import Labels
from requests.models.matter import CoordinationRequest
from requests.querysets import ConditionQuerySet
from requests.states import UNMET_CODES, GapCode

PERSON = settings.AUTH_USER_MODEL


class AcceptanceCondition(Labels, models.Model):
    """One condition that every form is held against, written by the office itself (R024, R028)."""

    text = models.CharField(_("condition"), max_length=60)
    hint = models.CharField(_("how it is checked"), max_length=200, blank=True)
    # What it usually means when it is not met; the officer may choose another one.
    code = models.CharField(_("usual reason"), max_length=24, choices=UNMET_CODES)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    is_used = models.BooleanField(_("in use"), default=True)

    objects = ConditionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class ConditionCheck(Labels, models.Model):
    """What the office found on one matter: met, or not met with its reason. Open again when the form comes back."""

    matter = models.ForeignKey(CoordinationRequest, models.CASCADE, related_name="checks")
    condition = models.ForeignKey(AcceptanceCondition, models.PROTECT, related_name="+")
    # The words as of that day: the office may write the condition anew later.
    text = models.CharField(max_length=60)
    is_met = models.BooleanField(null=True)
    code = models.CharField(_("what is wrong"), max_length=24, choices=UNMET_CODES, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    checked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["condition__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "condition"], name="a_condition_is_checked_once"),
            models.CheckConstraint(
                condition=~Q(is_met=False) | (~Q(code="") & ~Q(reason="")),
                name="an_unmet_condition_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def can_be_completed(self) -> bool:
        """Whether the applicant can mend it; else it speaks against taking the matter on."""
        return self.code in GapCode.values
