"""On which track a matter is handled (R039), how it was decided, whether it stands still (Q20): part of the matter's row."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from requests.models.assessment import Assessed
from requests.states import DecisionWay, Handling, Stage


class Handled(Assessed):
    """The simple track is chosen at the acceptance, with its reason; once left it is not taken again."""

    handling = models.CharField(_("track"), max_length=6, choices=Handling.choices, default=Handling.FULL)
    handling_reason = models.CharField(_("why the simple track"), max_length=200, blank=True)
    handling_left_at = models.DateTimeField(null=True, editable=False)
    handling_left_why = models.TextField(blank=True, editable=False)
    # Decision.
    decision_way = models.CharField(max_length=8, choices=DecisionWay.choices, blank=True)
    resolution = models.TextField(_("resolution"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision_document = models.CharField(max_length=30, blank=True)
    # How many steps it took until it was decided: the figure of R039, on either track.
    steps_taken = models.PositiveSmallIntegerField(_("steps until the decision"), null=True, editable=False)

    # Suspension: facts beside the stage (Q20).
    suspended_since = models.DateTimeField(null=True, blank=True)
    suspended_until = models.DateField(_("expected restart"), null=True, blank=True)
    suspension_reason = models.TextField(blank=True)
    interim_measure = models.TextField(_("interim measure"), blank=True)

    class Meta:
        abstract = True

    @property
    def is_suspended(self) -> bool:
        return self.suspended_since is not None

    @property
    def is_simple(self) -> bool:
        return self.handling == Handling.SIMPLE

    @property
    def is_settled_by_letters(self) -> bool:
        """On the simple track, and not decided yet: the answers of the departments move it on."""
        return self.is_simple and getattr(self, "stage", "") in (Stage.PREPARATION, Stage.DECISION)
