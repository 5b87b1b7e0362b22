"""The kinds of papers that go round (文种), and what silence means for each (domain §3.5)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pages.labels import Labels
from requests.circulation_querysets import PaperKindQuerySet
from requests.circulation_states import Silence


class PaperKind(Labels, models.Model):
    """A kind of papers (文种) and what silence means for it, written by the office (§3.5)."""

    name = models.CharField(_("kind of paper"), max_length=30, unique=True)
    silence = models.CharField(_("silence"), max_length=8, choices=Silence.choices, default=Silence.ESCALATE)
    # Silence may count as consent only for papers of routine.
    is_routine = models.BooleanField(_("routine paper"), default=False)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    is_used = models.BooleanField(_("in use"), default=True)

    objects = PaperKindQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(silence=Silence.DEEMED) | Q(is_routine=True),
                name="silence_is_consent_for_routine_only",
            ),
        ]

    def __str__(self) -> str:
        return self.name
