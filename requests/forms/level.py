"""Forms of the level of a matter and of its named readers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests.forms.acts import ActForm, if_any, why
from requests.forms.choices import PersonChoice, offer_people
from requests.models import CoordinationRequest
from requests.states import Confidentiality, is_stricter

ANSWERS = (("yes", pgettext_lazy("level", "Agree")), ("no", pgettext_lazy("level", "Do not agree")))


class LevelForm(ActForm):
    level = forms.ChoiceField(label=_("Level"), choices=Confidentiality.choices, widget=forms.RadioSelect)
    reason = why(pgettext_lazy("form", "Reason"), 200)

    def offer(self, levels: list[tuple[str, Any]]) -> None:
        level: Any = self.fields["level"]
        level.choices = levels
        if len(levels) == 1:
            self.initial["level"] = levels[0][0]


class RaiseLevelForm(LevelForm):
    """A stricter one."""

    def prepare(self, matter: CoordinationRequest) -> None:
        above = [one for one in Confidentiality.choices if is_stricter(one[0], matter.confidentiality)]
        self.offer(above)


class LowerLevelForm(LevelForm):
    """A more open one."""

    def prepare(self, matter: CoordinationRequest) -> None:
        below = [one for one in Confidentiality.choices if is_stricter(matter.confidentiality, one[0])]
        self.offer(below)


class AnswerLoweringForm(ActForm):
    agree = forms.TypedChoiceField(
        label=_("Your word"), choices=ANSWERS, widget=forms.RadioSelect, coerce=lambda value: value == "yes"
    )
    answer = if_any(pgettext_lazy("form", "Reason"), 500, _("Needed if you do not agree."))


class NameReaderForm(ActForm):
    person = PersonChoice(label=_("Person"))
    reason = why(
        _("What for"), 200, _("What this person has to do with it; everybody who reads it sees this.")
    )
    until = forms.DateField(
        label=_("Reads until"),
        required=False,
        help_text=_("To the end of this day. Empty: until it is ended."),
    )

    def prepare(self, matter: CoordinationRequest) -> None:
        offer_people([self.fields["person"]])


class EndReadingForm(ActForm):
    person = forms.ChoiceField(label=_("Person"))
    reason = why(pgettext_lazy("form", "Reason"), 200)

    def prepare(self, matter: CoordinationRequest) -> None:
        rows = matter.readers.named().filter(ended_at=None).select_related("user")
        self.people = {str(row.user_id): row.user for row in rows}
        person: Any = self.fields["person"]
        person.choices = [
            (pk, f"{user.department_name} {user.name}".strip()) for pk, user in self.people.items()
        ]

    def clean_person(self) -> Any:
        return self.people[self.cleaned_data["person"]]
