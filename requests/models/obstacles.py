"""Where an item got stuck (在哪个环节遇到障碍, R099): step, department, from when to when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from requests.models.items import ActionItem
from requests.querysets import ObstacleQuerySet

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


class Obstacle(models.Model):
    """One hold-up of an item: at which step, by which department, since when, until when."""

    item = models.ForeignKey(ActionItem, models.PROTECT, related_name="obstacles")
    step = models.CharField(_("step of the work"), max_length=60)
    department = models.ForeignKey(
        DEPARTMENT, models.PROTECT, related_name="+", verbose_name=_("department waited for")
    )
    department_name = models.CharField(max_length=60)
    text = models.TextField(_("what stands in the way"))
    since = models.DateTimeField(_("waiting since"))
    until = models.DateTimeField(null=True, blank=True)
    how_ended = models.TextField(_("how it was overcome"), blank=True)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    # R090: told while there was still time; such an item is never called concealed.
    is_early = models.BooleanField(default=False)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ObstacleQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="an_obstacle_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | ~Q(how_ended=""), name="an_ended_obstacle_says_how"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_name}: {self.step}"
