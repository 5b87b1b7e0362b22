"""Stock phrases (常用语), which forms offer beside their long fields."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organization.querysets import PhraseQuerySet
from pages.prepared import Prepared


class Phrase(models.Model):
    """A stock phrase (常用语): of one person, or of everybody in a department."""

    text = models.CharField(_("phrase"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    department = models.ForeignKey(
        "organization.Department", models.CASCADE, null=True, blank=True, related_name="+"
    )

    objects = PhraseQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=None, department__isnull=False) | Q(owner__isnull=False, department=None),
                name="a_phrase_is_a_persons_or_a_departments",
            ),
        ]

    def __str__(self) -> str:
        return self.text


# What every page asks of its reader.
PHRASES_OF = Prepared(
    lambda person, departments: (
        Phrase.objects.of(person, departments).values_list("text", flat=True).order_by("department", "pk")
    )
)
