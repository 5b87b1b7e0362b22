"""Units outside the house, whose people are guests (R018)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from organization.querysets import ExternalUnitQuerySet


class ExternalUnit(models.Model):
    """A unit outside the house (R018): its people see only what is shared with them."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = ExternalUnitQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
