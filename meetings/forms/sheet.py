"""One line of the sheet of who was there (F8)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.forms.plan import MeetingForm, why
from meetings.models import Invitation
from meetings.states import Attendance


class SeatForm(MeetingForm):
    attendance = forms.ChoiceField(
        label=_("Attendance"), choices=Attendance.choices, widget=forms.RadioSelect
    )
    arrived_at = forms.DateTimeField(
        label=_("Came at"), required=False, help_text=_("Date and time like 2026-11-21 14:30.")
    )
    left_at = forms.DateTimeField(label=_("Left at"), required=False, help_text=_("Only who left early."))
    remark = why(pgettext_lazy("sheet", "Remark"), required=False)

    def __init__(self, *args: Any, seat: Invitation, **kwargs: Any) -> None:
        self.seat = seat
        super().__init__(*args, **kwargs)

    def start(self) -> dict[str, Any]:
        return {name: getattr(self.seat, name) for name in ("attendance", "arrived_at", "left_at", "remark")}
