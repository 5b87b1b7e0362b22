"""The form of a system improvement that recurring matters call for (R109)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import OfficeForm
from requests.forms.acts import words
from requests.forms.choices import PersonChoice, offer_people


class SystemImprovementForm(OfficeForm):
    use_required_attribute = False

    text = words(
        _("What is to be bettered"), 200, _("The rule, duty or system behind it, not the single case.")
    )
    owner = PersonChoice(label=_("Responsible person"))
    due_on = forms.DateField(label=_("Due date"), help_text=_("A working day."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people([self.fields["owner"]])
