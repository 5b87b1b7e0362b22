"""What is said once for many rows: the forms of the acts on several matters or action items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization import people
from pages.forms import OfficeForm, Phrased
from requests.forms.acts import why
from requests.forms.choices import NOBODY, PersonChoice

LONGEST_EXTENSION = 30


class BulkForm(OfficeForm):
    """Fits its choices to the chosen rows. One without fields is only a button."""

    use_required_attribute = False

    def __init__(self, *args: Any, rows: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepare(rows)

    def prepare(self, rows: Sequence[Any]) -> None:
        """Which choices there are for these rows."""


class KeepersForm(BulkForm):
    keeper = PersonChoice(label=_("Case officer"), help_text=_("Somebody of the coordination office."))
    reason = why(pgettext_lazy("form", "Reason"), 200)

    def prepare(self, rows: Sequence[Any]) -> None:
        offered = [(person.pk, person.name) for person in people.officers()]
        self.fields["keeper"].choices = [NOBODY, *offered]  # type: ignore[attr-defined]  # a choice field has it


class ReassignManyForm(BulkForm):
    assignee = PersonChoice(
        label=_("New responsible person"), help_text=_("Somebody of the department that has the items.")
    )
    note = forms.CharField(
        label=_("Hand-over note"),
        widget=Phrased,
        help_text=_("Why it passes on, how far it has come, where the papers are."),
    )

    def prepare(self, rows: Sequence[Any]) -> None:
        names = {row.department_id: row.department_name for row in rows}
        groups = {names[pk]: known for pk, known in people.colleagues(names).items()}
        self.fields["assignee"].choices = [NOBODY, *groups.items()]  # type: ignore[attr-defined]  # see above


class ExtendManyForm(BulkForm):
    days = forms.IntegerField(
        label=_("Working days later"),
        min_value=1,
        max_value=LONGEST_EXTENSION,
        help_text=_("Counted from the date of each item. Who decides on it depends on how many they are."),
    )
    reason = forms.CharField(
        label=pgettext_lazy("form", "Reason"),
        widget=Phrased,
        help_text=_("What has changed since the date was set."),
    )
    progress = forms.CharField(
        label=_("Progress so far"), widget=forms.Textarea, help_text=_("What is done, and what is left.")
    )
