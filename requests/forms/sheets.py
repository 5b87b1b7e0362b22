"""Choosing a workbook that is taken in row by row."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.sheets import UPLOAD_HINT
from pages.forms import OfficeForm


class SheetForm(OfficeForm):
    use_required_attribute = False

    upload = forms.FileField(
        label=_("Workbook"),
        help_text=UPLOAD_HINT,
        widget=forms.FileInput({"accept": ".xlsx"}),
        allow_empty_file=True,  # the reader says it in its own words
    )
