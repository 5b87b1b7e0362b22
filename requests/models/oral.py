"""A matter that began on an oral order (先办后补, Q23): who ordered what, when and by what means; the papers follow."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from requests.models.matter import CoordinationRequest
from requests.oral_querysets import OralOrderQuerySet
from requests.states import ORAL, DecisionWay, OrderAnswer

PERSON = settings.AUTH_USER_MODEL


class OralOrder(models.Model):
    """What was ordered, what the person who ordered says to it, and when the papers came in."""

    SUBJECT = "oral_order"

    matter = models.OneToOneField(CoordinationRequest, models.PROTECT, related_name="oral_order")
    ordered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("given by"))
    ordered_at = models.DateTimeField(_("given at"))
    means = models.CharField(_("by what means"), max_length=9, choices=ORAL)
    text = models.TextField(_("what was ordered"))
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)
    answer = models.CharField(_("answer to the order"), max_length=9, choices=OrderAnswer.choices, blank=True)
    answer_note = models.TextField(_("note on the order"), blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    papers_at = models.DateTimeField(_("papers handed in at"), null=True, editable=False)

    objects = OralOrderQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(recorded_by=F("ordered_by")), name="nobody_records_the_own_order"
            ),
            models.CheckConstraint(
                condition=~Q(answer=OrderAnswer.DENIED) | ~Q(answer_note=""), name="a_denied_order_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_confirmed(self) -> bool:
        return self.answer == OrderAnswer.CONFIRMED

    @property
    def is_denied(self) -> bool:
        return self.answer == OrderAnswer.DENIED

    @property
    def wants_papers(self) -> bool:
        """Not after a denial, for the form is completed in the usual way then; but if it was carried out already, they follow."""
        still_runs_on_it = self.matter.decision_way == DecisionWay.ORDER
        return self.papers_at is None and (still_runs_on_it or not self.is_denied)
