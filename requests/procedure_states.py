"""Sorts of process documents (R071)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProcedureSort(models.TextChoices):
    PROCESS = "process", _("Process document")
    TEMPLATE = "template", _("Form or template")
    RULE = "rule", pgettext_lazy("procedure", "Rule")
