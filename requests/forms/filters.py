"""The name of a saved filter, and with whom it is shared."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import OfficeForm


class FilterForm(OfficeForm):
    use_required_attribute = False

    name = forms.CharField(
        label=_("Name of the tab"),
        help_text=_("1 to 12 characters, so that it fits beside the others."),
        max_length=12,
    )
    is_shared = forms.BooleanField(label=_("Show it to my whole department"), required=False)
