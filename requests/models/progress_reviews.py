"""The progress review: how it goes, and of each late task why, and what is done about it (R087, R088, R098)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests.models.items import ActionItem
from requests.models.matter import CoordinationRequest
from requests.models.plan_parts import PlanRisk
from requests.plan_states import DelayMeasure
from requests.progress_querysets import ProgressReviewQuerySet
from requests.progress_states import DelayCause

PERSON = settings.AUTH_USER_MODEL


class ProgressReview(models.Model):
    """One look at the whole: the percentage of that day, and the lead's word beside it (R087). It never changes."""

    SUBJECT = "progress_review"

    matter = models.ForeignKey(CoordinationRequest, models.PROTECT, related_name="progress_reviews")
    reviewed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    # By the weights of the plan; without one there is no percentage of the whole.
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField(_("how it goes"))

    objects = ProgressReviewQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-reviewed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="a_progress_review_says_how_it_goes"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.reviewed_at:%Y-%m-%d}"


class LateTask(models.Model):
    """One late task as the review found it: how late, by which cause, and the measure that is taken (R088, R098)."""

    review = models.ForeignKey(ProgressReview, models.CASCADE, related_name="late_tasks")
    item = models.ForeignKey(ActionItem, models.PROTECT, related_name="+", verbose_name=_("action item"))
    due_on = models.DateField()
    # Working days after the date; 0 where it is only expected late.
    days_late = models.PositiveSmallIntegerField()
    percent = models.PositiveSmallIntegerField()
    cause = models.CharField(_("cause of the delay"), max_length=16, choices=DelayCause.choices)
    cause_text = models.CharField(_("how it came to it"), max_length=300, blank=True)
    measure = models.CharField(_("measure against delay"), max_length=8, choices=DelayMeasure.choices)
    measure_text = models.CharField(_("what is done by whom until when"), max_length=300)
    risk = models.ForeignKey(
        PlanRisk, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=pgettext_lazy("risk", "risk of the plan"),
    )  # fmt: skip

    objects = models.Manager()

    class Meta:
        default_permissions = ()
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "item"], name="a_late_task_is_reviewed_once"),
            models.CheckConstraint(condition=~Q(measure_text=""), name="a_late_task_has_its_measure"),
            models.CheckConstraint(
                condition=~Q(cause=DelayCause.OTHER) | ~Q(cause_text=""), name="another_cause_is_told"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.get_cause_display()}"
