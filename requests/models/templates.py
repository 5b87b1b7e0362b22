"""What a form of one kind starts with (R041): the office keeps the templates, whoever files fills them in."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.labels import Labels
from requests.querysets import TemplateQuerySet
from requests.states import OPEN_LEVELS, Category, Confidentiality


class RequestTemplate(Labels, models.Model):
    """Texts with places to fill in (【…】), departments, level and duration that a form of this kind starts with (R041)."""

    SUBJECT = "template"

    category = models.CharField(_("category"), max_length=10, choices=Category.choices)
    name = models.CharField(_("name of the template"), max_length=40)
    purpose = models.CharField(_("what it is for"), max_length=120)
    title = models.CharField(_("title"), max_length=60, blank=True)
    background = models.TextField(_("background"), blank=True)
    goal = models.TextField(_("goal of the coordination"), blank=True)
    expected_result = models.TextField(_("expected result"), blank=True)
    initial_scope = models.TextField(_("initial scope"), blank=True)
    departments: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "organization.Department", related_name="+", blank=True, verbose_name=_("core departments")
    )
    working_days = models.PositiveSmallIntegerField(_("usual duration"), null=True, blank=True)
    confidentiality = models.CharField(
        pgettext_lazy("secrecy", "level"),
        max_length=12,
        choices=Confidentiality.choices,
        default=Confidentiality.INTERNAL,
    )
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    is_active = models.BooleanField(_("offered"), default=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["category", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="one_template_of_a_name"),
            # Everybody starts from it: the level that only named persons read is chosen in the form itself.
            models.CheckConstraint(
                condition=Q(confidentiality__in=OPEN_LEVELS), name="a_template_has_a_level_that_is_offered"
            ),
        ]

    def __str__(self) -> str:
        return self.name
