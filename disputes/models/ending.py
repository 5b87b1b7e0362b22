"""How a dispute ends: the ruling (form F17), its answer to every point, and the items that follow."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import history
from disputes.models.dispute import Dispute, DisputePoint
from disputes.states import ItemSource

PERSON = settings.AUTH_USER_MODEL


class Ruling(models.Model):
    """The decision of a dispute by the designated body: cites its basis, answers every point (R131)."""

    dispute = models.OneToOneField(Dispute, models.PROTECT, related_name="ruling")
    number = models.CharField(_("number"), max_length=30, unique=True, editable=False)
    ruled_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField()
    facts = models.TextField(_("facts found"))
    basis = models.TextField(_("basis"))
    changes_duties = models.BooleanField(_("changes duties or procedures"))
    duty_note = models.TextField(_("what changes, or why nothing does"))
    is_stayed = models.BooleanField(_("execution is stayed"), default=False)
    stay_reason = models.TextField(_("reason of the stay"), blank=True)
    served_at = models.DateTimeField()

    history = history()

    class Meta:
        default_permissions = ()
        ordering = ["-ruled_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(basis="") & ~Q(facts=""), name="a_ruling_cites_facts_and_basis"
            ),
            # R137: the outcome changes the rules, or says why not.
            models.CheckConstraint(condition=~Q(duty_note=""), name="a_ruling_says_what_becomes_of_duties"),
            models.CheckConstraint(
                condition=Q(is_stayed=False) | ~Q(stay_reason=""), name="a_stay_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def bases(self) -> list[str]:
        return [line.strip() for line in self.basis.splitlines() if line.strip()]


class PointDecision(models.Model):
    """The ruling's answer to one point."""

    ruling = models.ForeignKey(Ruling, models.PROTECT, related_name="decisions")
    point = models.OneToOneField(DisputePoint, models.PROTECT, related_name="decision")
    text = models.TextField(_("decision"))

    class Meta:
        default_permissions = ()
        ordering = ["point__order"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_point_is_answered_in_words"),
        ]

    def __str__(self) -> str:
        return self.text


class DisputeItem(models.Model):
    """Who shall do what by when, as the agreement or the ruling says; it becomes an action item of the matter."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="items")
    source = models.CharField(max_length=10, choices=ItemSource.choices)
    text = models.CharField(_("what is to be done"), max_length=300)
    standard = models.CharField(_("standard of delivery"), max_length=300)
    department = models.ForeignKey(
        "organization.Department", models.PROTECT, related_name="+", verbose_name=_("responsible department")
    )
    assignee = models.ForeignKey(
        PERSON, models.PROTECT, related_name="+", verbose_name=_("responsible person")
    )
    due_on = models.DateField(_("due date"))

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
