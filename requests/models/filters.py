"""Filters of a list that somebody keeps under a name: a tab of their own, or of their whole department."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pages.labels import Labels
from requests.querysets import SavedFilterQuerySet
from requests.states import ListPage


class SavedFilter(Labels, models.Model):
    """What stands in the address of a list, under a name. The rows are always those that the reader may see."""

    page = models.CharField(_("list"), max_length=8, choices=ListPage.choices)
    name = models.CharField(_("name"), max_length=12)
    query = models.CharField(_("filters"), max_length=400)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # With whom it is shared; empty: with nobody.
    department = models.ForeignKey(
        "organization.Department",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shared with"),
    )
    order = models.PositiveSmallIntegerField(default=0)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "page", "name"], name="one_filter_of_a_name_per_list")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def params(self) -> QueryDict:
        return QueryDict(self.query)
