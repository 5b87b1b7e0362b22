"""The small forms of the minutes (F9)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.forms.plan import MeetingForm, why
from requests.forms.choices import DepartmentsChoice


class DraftForm(MeetingForm):
    summary = why(_("Course of the meeting"), required=False, limit=4000)
    next_meeting = forms.CharField(label=_("Next meeting"), max_length=120, required=False)
    distribution = DepartmentsChoice(label=_("Distribution"), required=False)

    def start(self) -> dict[str, Any]:
        if self.meeting is None:
            return {}
        minutes = self.meeting.minutes
        return {
            "summary": minutes.summary,
            "next_meeting": minutes.next_meeting,
            "distribution": list(minutes.distribution.values_list("pk", flat=True)),
        }


class ObjectionForm(MeetingForm):
    text = why(
        _("Your objection"),
        _("Only to the record of your own words, or to the text of a resolution."),
        limit=1000,
    )


class ObjectionAnswerForm(MeetingForm):
    answer = why(pgettext_lazy("verb", "Answer"), _("What was changed, or why it stands."), limit=1000)
