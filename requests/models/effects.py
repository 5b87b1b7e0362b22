"""What a matter gives to each department and what it takes, so that the loser's cost is seen (R083)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests.effect_querysets import EffectQuerySet
from requests.effect_states import Direction, EffectKind
from requests.models.matter import CoordinationRequest

PERSON = settings.AUTH_USER_MODEL


class Effect(models.Model):
    """One gain or loss of one department, and what was decided to make up for it."""

    SUBJECT = "effect"

    matter = models.ForeignKey(CoordinationRequest, models.PROTECT, related_name="effects")
    department = models.ForeignKey(
        "organization.Department", models.PROTECT, related_name="+", verbose_name=_("department")
    )
    department_name = models.CharField(max_length=60)
    direction = models.CharField(_("gain or loss"), max_length=4, choices=Direction.choices)
    kind = models.CharField(pgettext_lazy("effect", "kind"), max_length=6, choices=EffectKind.choices)
    text = models.CharField(_("what it is"), max_length=300)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit of the amount"), max_length=10, blank=True)
    # Which goal of the department it helps or hinders.
    goal = models.ForeignKey(
        "organization.Goal",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("goal concerned"),
    )
    stated_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(editable=False)
    # Said by the department itself, or written down for it by the office.
    is_own = models.BooleanField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_why = models.CharField(max_length=300, blank=True, editable=False)
    compensation = models.CharField(_("what makes up for it"), max_length=300, blank=True)
    compensation_amount = models.DecimalField(
        _("amount that makes up for it"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    compensated_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    compensated_at = models.DateTimeField(null=True, editable=False)

    objects = EffectQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["department__order", "direction", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None) | ~Q(unit=""), name="a_counted_effect_has_its_unit"
            ),
            models.CheckConstraint(
                condition=Q(compensation="") | Q(direction=Direction.LOSS), name="only_a_loss_is_made_up_for"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_loss(self) -> bool:
        return self.direction == Direction.LOSS
