"""What a plan needs is asked of the department that has it, and answered by its head (R079)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.labels import Labels
from requests.approval_states import ResourceKind
from requests.models.matter import CoordinationRequest
from requests.models.plan_parts import PlanResource
from requests.resource_querysets import ResourceRequestQuerySet
from requests.resource_states import AskState

PERSON = settings.AUTH_USER_MODEL


class ResourceRequest(Labels, models.Model):
    """One need as it was asked. It hangs on the matter and not on a version: the same need in a later version has its
    answer already, another one is asked anew."""

    SUBJECT = "resource_request"

    matter = models.ForeignKey(CoordinationRequest, models.PROTECT, related_name="resource_requests")
    department = models.ForeignKey(
        "organization.Department", models.PROTECT, related_name="+", verbose_name=_("provided by")
    )
    department_name = models.CharField(max_length=60)
    kind = models.CharField(pgettext_lazy("resource", "Kind"), max_length=10, choices=ResourceKind.choices)
    text = models.CharField(_("What, and how much of it"), max_length=120)
    task = models.CharField(pgettext_lazy("resource", "for the task"), max_length=12, blank=True)
    needed_on = models.DateField(pgettext_lazy("resource", "needed from"))
    amount = models.DecimalField(
        pgettext_lazy("resource", "amount (CNY)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(editable=False)
    state = models.CharField(max_length=9, choices=AskState.choices, default=AskState.ASKED, editable=False)
    granted = models.CharField(_("what is provided"), max_length=200, blank=True)
    reason = models.CharField(pgettext_lazy("resource request", "reason"), max_length=300, blank=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)
    # Beside the answer: whoever takes the request back puts nothing into the mouth of the head.
    withdrawn_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_why = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    objects = ResourceRequestQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "department", "kind", "text", "task", "needed_on", "amount"],
                condition=~Q(state=AskState.WITHDRAWN), nulls_distinct=False, name="a_need_is_asked_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[AskState.PARTLY, AskState.DECLINED]) | ~Q(reason=""),
                name="whoever_declines_a_resource_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=AskState.PARTLY) | ~Q(granted=""), name="a_part_says_how_much"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text

    @property
    def need(self) -> tuple[Any, ...]:
        return need_of(self)


def need_of(row: PlanResource | ResourceRequest) -> tuple[Any, ...]:
    """By what two versions of a plan name the same need."""
    return (row.department_id, row.kind, row.text, row.task, row.needed_on, row.amount)
