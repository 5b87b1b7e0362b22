"""Material of a meeting, and the rules of the house (F6)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings import house, notice_rules
from meetings.forms.plan import MeetingForm, why
from meetings.models import AgendaItem
from requests.forms.file import FilesField


class MaterialForm(MeetingForm):
    """Papers, the topic that they belong to, and until when they reach people."""

    uploads = FilesField(
        label=_("Files"), help_text=_("Several files at once are fine; the same name is the next version.")
    )
    item = forms.ModelChoiceField(
        label=_("Topic"), queryset=AgendaItem.objects.none(), required=False, empty_label=_("The whole meeting"),
        help_text=_("Material of a topic is read by those who may read the topic."),
    )  # fmt: skip
    due_on = forms.DateField(label=_("Reaches people until"), required=False)
    late_reason = why(
        _("Why the material is late"), _("Only when it comes later than the rule allows."), required=False
    )

    def __init__(self, *args: Any, topics: list[AgendaItem], needs_topic: bool, **kwargs: Any) -> None:
        self.topics, self.needs_topic = topics, needs_topic
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        if self.meeting is None:
            return
        field: Any = self.fields["item"]
        field.queryset = AgendaItem.objects.filter(pk__in=[topic.pk for topic in self.topics])
        rows = [(topic.pk, f"{topic.order}. {topic.text}") for topic in self.topics]
        field.choices = rows if self.needs_topic else [("", _("The whole meeting")), *rows]
        self.fields["due_on"].help_text = _("In time until %(day)s.") % {
            "day": f"{notice_rules.latest_material(self.meeting):%Y-%m-%d}"
        }


class HouseRulesForm(MeetingForm):
    leave_rules = why(
        _("Leave and substitutes"),
        _("Who may stay away, who comes instead, what their word is worth."),
        limit=1000,
    )

    def start(self) -> dict[str, Any]:
        return {"leave_rules": house.leave_rules()}
