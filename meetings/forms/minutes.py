"""The small forms of the minutes (F9)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings import levels, rules
from meetings.flows.minutes import seen_of
from meetings.forms.plan import MeetingForm, PeopleChoice, offer_table, usual_people, why
from pages.forms import seen_field
from requests.forms.choices import DepartmentsChoice


class DraftForm(MeetingForm):
    summary = why(_("Course of the meeting"), required=False, limit=4000)
    next_meeting = forms.CharField(label=_("Next meeting"), max_length=120, required=False)
    confidentiality = forms.ChoiceField(
        label=_("Level"), widget=forms.RadioSelect, help_text=_("At least that of the strictest matter on the agenda.")
    )  # fmt: skip
    distribution = DepartmentsChoice(label=_("Distribution"), required=False)
    distribution_people = PeopleChoice(
        label=_("Distributed to persons"), required=False, help_text=_("Nobody chosen: everybody invited.")
    )  # fmt: skip

    seen = seen_field()

    def prepare(self) -> None:
        if self.meeting is None:
            return
        minutes = self.meeting.minutes
        level: Any = self.fields["confidentiality"]
        level.choices = [
            (one.value, one.label) for one in levels.offered(self.meeting, minutes.confidentiality)
        ]
        offer_table(self.fields["distribution_people"], self.meeting, usual_people())

    def start(self) -> dict[str, Any]:
        if self.meeting is None:
            return {}
        minutes = self.meeting.minutes
        return {
            "seen": seen_of(minutes),
            "summary": minutes.summary,
            "next_meeting": minutes.next_meeting,
            "confidentiality": minutes.confidentiality,
            "distribution_people": list(minutes.distribution_people.values_list("pk", flat=True)),
            "distribution": list(minutes.distribution.values_list("pk", flat=True)),
        }


class ObjectionForm(MeetingForm):
    text = why(
        _("Your objection"),
        _("Only to the record of your own words, or to the text of a resolution."),
        limit=rules.MOST_OF_OBJECTION,
    )


class ObjectionAnswerForm(MeetingForm):
    answer = why(
        pgettext_lazy("verb", "Answer"),
        _("What was changed, or why it stands."),
        limit=rules.MOST_OF_OBJECTION,
    )
