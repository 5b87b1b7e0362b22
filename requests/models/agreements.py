"""What two departments have agreed on while they work: told upwards and downwards (双向告知, R092)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests.agreement_querysets import AgreementQuerySet, SideQuerySet
from requests.agreement_states import AgreementState, HeadsWord
from requests.models.items import ActionItem
from requests.models.matter import CoordinationRequest

PERSON = settings.AUTH_USER_MODEL


class Agreement(models.Model):
    """One thing that people of several departments agreed on, between heads or between those who do the work."""

    SUBJECT = "agreement"

    matter = models.ForeignKey(CoordinationRequest, models.PROTECT, related_name="agreements")
    item = models.ForeignKey(
        ActionItem, models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name=_("action item")
    )  # fmt: skip
    text = models.TextField(_("what was agreed"))
    agreed_on = models.DateField(_("agreed on"))
    state = models.CharField(max_length=8, choices=AgreementState.choices, default=AgreementState.TOLD)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-recorded_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="an_agreement_says_what")]

    def __str__(self) -> str:
        return self.text[:40]


class AgreementSide(models.Model):
    """One department of it: who agreed for it, whether its head wrote that down in person, and what the head said otherwise."""

    SUBJECT = "agreement_side"

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="sides")
    department = models.ForeignKey("organization.Department", models.PROTECT, related_name="+")
    department_name = models.CharField(max_length=60)
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("who agreed"))
    is_head = models.BooleanField(default=False)
    # Empty where the head recorded the own word, or nobody holds the post: there is no word to wait for.
    word = models.CharField(max_length=8, choices=HeadsWord.choices, blank=True)
    said_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    said_at = models.DateTimeField(null=True, blank=True)
    objection = models.CharField(_("what speaks against it"), max_length=500, blank=True)

    objects = SideQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "department"], name="a_department_is_one_side_of_an_agreement"
            ),
            models.CheckConstraint(
                condition=~Q(word=HeadsWord.OBJECTED) | ~Q(objection=""),
                name="an_objection_of_a_head_says_why",
            ),
            models.CheckConstraint(
                condition=Q(is_head=False) | Q(word=""), name="a_head_who_agreed_is_not_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_name} {self.person_id}"
