"""A draft result is shown to departments for some days before it is decided (公示, R053)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests.consult_querysets import PublicNoticeQuerySet
from requests.models.matter import CoordinationRequest
from requests.models.parts import Question

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


class PublicNotice(models.Model):
    """One notice; when its period ends is told by its window (an obligation without a holder)."""

    SUBJECT = "public_notice"

    matter = models.ForeignKey(CoordinationRequest, models.CASCADE, related_name="public_notices")
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("core question")
    )
    text = models.TextField(_("draft result"))
    departments: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        DEPARTMENT, related_name="+", verbose_name=_("departments that are shown it")
    )
    days = models.PositiveSmallIntegerField(_("working days"))
    published_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(_("reason"), blank=True)

    objects = PublicNoticeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""),
                name="a_notice_taken_back_has_its_reason",
            ),
            models.CheckConstraint(condition=Q(days__gt=0), name="a_notice_stands_for_some_days"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.published_at:%Y-%m-%d}"

    @property
    def is_running(self) -> bool:
        return self.ended_at is None and self.withdrawn_at is None


class NoticeObjection(models.Model):
    """What a department says against a published draft, and what it was answered."""

    SUBJECT = "objection"

    notice = models.ForeignKey(PublicNotice, models.CASCADE, related_name="objections")
    department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+")
    department_name = models.CharField(max_length=60)
    reason = models.TextField(_("reason"))
    given_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    is_followed = models.BooleanField(null=True)
    answer = models.TextField(_("answer to it"), blank=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "department"], name="a_department_objects_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_objection_to_a_notice_has_its_reason"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(answer="") & Q(is_followed__isnull=False),
                name="an_answered_objection_has_its_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.department_name
