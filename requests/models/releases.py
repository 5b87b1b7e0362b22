"""The wish to be released from an item (申请退办, A3, R100): asked once by a department, ruled by the office."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.labels import Labels
from requests.models.items import ActionItem
from requests.states import ReleaseState

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


class Release(Labels, models.Model):
    """Why a department says that an item is not its duty, whose it is instead, and what the office ruled (A3, A4)."""

    SUBJECT = "release"

    item = models.ForeignKey(ActionItem, models.PROTECT, related_name="releases")
    department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+")
    department_name = models.CharField(max_length=60)
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    basis = models.TextField(_("basis"))
    right_owner = models.ForeignKey(
        DEPARTMENT, models.PROTECT, related_name="+", verbose_name=_("department whose duty it is")
    )
    state = models.CharField(max_length=8, choices=ReleaseState.choices, default=ReleaseState.ASKED)
    ruled_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    ruled_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(pgettext_lazy("reply", "answer"), blank=True)
    # Where it went; the office may know better than the department that asked.
    passed_to = models.ForeignKey(DEPARTMENT, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "department"], name="a_department_asks_once_to_be_released"
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state=ReleaseState.ASKED), name="one_open_release_per_item"
            ),
            models.CheckConstraint(
                condition=~Q(right_owner=F("department")), name="a_release_names_another_department"
            ),
            models.CheckConstraint(
                condition=Q(ruled_by=None) | ~Q(ruled_by=F("asked_by")),
                name="nobody_rules_on_the_own_release",
            ),
            models.CheckConstraint(
                condition=Q(ruled_by=None) | ~Q(answer=""), name="a_ruled_release_has_its_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReleaseState.GRANTED) | Q(passed_to__isnull=False),
                name="a_granted_release_names_its_new_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_name} → {self.right_owner_id}"
