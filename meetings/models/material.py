"""The material of a meeting (form F6), and what the house has settled for all its meetings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from meetings.querysets import MaterialQuerySet

PERSON = settings.AUTH_USER_MODEL


class Material(models.Model):
    """A paper that people read before they come, with the day until which it reaches them (材料, 送达日)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="material")
    # Empty: it belongs to the meeting as a whole.
    item = models.ForeignKey(
        AgendaItem, models.CASCADE, null=True, blank=True, related_name="material", verbose_name=_("topic")
    )
    file = models.OneToOneField("documents.File", models.PROTECT, related_name="+", verbose_name=_("file"))
    due_on = models.DateField(_("reaches people until"))
    is_late = models.BooleanField(default=False)
    # Material later than the rule stands on the word of the chair, or on a reason (M2).
    late_reason = models.CharField(_("why the material is late"), max_length=200, blank=True)
    agreed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")

    objects = MaterialQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_late=False) | Q(agreed_by__isnull=False) | ~Q(late_reason=""),
                name="late_material_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}"


class HouseRules(models.Model):
    """What stands on every notice of the house unless a meeting says otherwise. The newest row holds, the others remain."""

    leave_rules = models.TextField(_("leave and substitutes"))
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.leave_rules[:40]
