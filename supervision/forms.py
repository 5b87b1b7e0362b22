"""The shape of what is entered for a limit and for a day of the calendar."""

from __future__ import annotations

from datetime import time
from typing import Any

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

    def given(self) -> dict[str, Any]:
        """As the flow takes it."""
        return {**self.cleaned_data, "is_working": self.cleaned_data["is_working"] == "1"}


class HoursForm(OfficeForm):
    """Two spans with a noon break, or one alone when the afternoon is left empty."""

    morning_opens = forms.TimeField(label=_("Opens in the morning"), help_text=_("For example 08:30."))
    morning_closes = forms.TimeField(label=_("Closes at noon"), help_text=_("For example 12:00."))
    afternoon_opens = forms.TimeField(
        label=_("Opens in the afternoon"),
        required=False,
        help_text=_("Leave the afternoon empty for an office without a noon break."),
    )
    afternoon_closes = forms.TimeField(
        label=_("Closes in the evening"),
        required=False,
        help_text=_("Limits in days end at this time."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("afternoon_opens")) != bool(cleaned.get("afternoon_closes")):
            self.add_error("afternoon_closes", _("Write both times of the afternoon, or neither."))
        return cleaned

    def spans(self) -> list[tuple[time, time]]:
        given = self.cleaned_data
        spans = [(given["morning_opens"], given["morning_closes"])]
        if given["afternoon_opens"]:
            spans.append((given["afternoon_opens"], given["afternoon_closes"]))
        return spans
