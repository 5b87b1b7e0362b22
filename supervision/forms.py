"""The shape of what is entered for a limit and for a day of the calendar."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import OfficeForm
from supervision.states import Unit


class LimitForm(OfficeForm):
    amount = forms.IntegerField(label=_("Time limit"), min_value=1)
    unit = forms.ChoiceField(label=_("Unit"), choices=Unit.choices)


class DayForm(OfficeForm):
    is_working = forms.ChoiceField(
        label=_("This day is"),
        choices=[("1", _("a working day")), ("0", _("a day off"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=60,
        help_text=_("For example the holiday, or the notice that moved the day."),
    )
