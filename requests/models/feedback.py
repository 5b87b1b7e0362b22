"""Feedback: the short satisfaction form F15."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests.models.matter import CoordinationRequest

SCALE = (MinValueValidator(1), MaxValueValidator(5))


class Survey(models.Model):
    """One person's marks for one matter: 1 (very dissatisfied) to 5 (very satisfied) on six scales (F15)."""

    SCALES = ("speed", "attitude", "quality", "information", "support", "overall")

    matter = models.ForeignKey(CoordinationRequest, models.PROTECT, related_name="surveys")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # For which department that took part the person spoke; empty for the applicant.
    department = models.ForeignKey(
        "organization.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department"),
    )
    speed = models.PositiveSmallIntegerField(_("speed of response"), validators=SCALE)
    attitude = models.PositiveSmallIntegerField(_("attitude"), validators=SCALE)
    quality = models.PositiveSmallIntegerField(_("competence and quality"), validators=SCALE)
    information = models.PositiveSmallIntegerField(_("information"), validators=SCALE)
    support = models.PositiveSmallIntegerField(_("cooperation and support"), validators=SCALE)
    overall = models.PositiveSmallIntegerField(_("overall"), validators=SCALE)
    reason = models.TextField(_("reason for low marks"), blank=True)
    suggestion = models.TextField(_("suggestion"), blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["-answered_at"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "person"], name="one_survey_per_person_and_matter"),
            models.UniqueConstraint(
                fields=["matter", "department"], name="one_survey_per_department_and_matter"
            ),
            models.CheckConstraint(
                condition=Q(
                    speed__gt=2,
                    attitude__gt=2,
                    quality__gt=2,
                    information__gt=2,
                    support__gt=2,
                    overall__gt=2,
                )
                | ~Q(reason=""),
                name="a_low_mark_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.overall}"
