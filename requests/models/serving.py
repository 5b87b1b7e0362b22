"""Which goal a matter serves (R031): none is coordinated for its own sake."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Serving(models.Model):
    """A goal of the list, whose words stand here as they were then, or an entry of one's own with its reason."""

    organization_goal = models.CharField(_("goal of the organization served"), max_length=120, blank=True)
    served_goal = models.ForeignKey(
        "organization.Goal", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("goal of the list")
    )  # fmt: skip
    goal_reason = models.CharField(_("why it is none of the list"), max_length=200, blank=True)

    class Meta:
        abstract = True
