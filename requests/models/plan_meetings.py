"""A regular meeting that the plan calls for (R076); `meetings` takes the row within a minute and makes the draft."""

from __future__ import annotations

from django.db import models

from requests.models.matter import CoordinationRequest
from requests.models.plan_parts import PlanChannel


class PlannedMeeting(models.Model):
    """One meeting of the rhythm of a plan. It lies below meetings, so it keeps the id of what came of it and no more."""

    matter = models.ForeignKey(CoordinationRequest, models.CASCADE, related_name="planned_meetings")
    channel = models.ForeignKey(PlanChannel, models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    wished_at = models.DateTimeField()
    fulfilled_at = models.DateTimeField(null=True, blank=True)
    meeting_id = models.BigIntegerField(null=True, blank=True)

    objects = models.Manager()

    class Meta:
        default_permissions = ()
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "starts_at"], name="a_team_meets_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.starts_at:%Y-%m-%d %H:%M}"
