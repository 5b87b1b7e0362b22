"""The form of a temporary group (R004): what for, under whose lead, and who sits in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.acting import today
from organization import people
from pages.forms import OfficeForm
from requests.forms.choices import DepartmentChoice, PersonChoice
from requests.forms.plan import RowForm, Rows, formset_of, line
from requests.models import CoordinationRequest
from requests.states import Role


class GroupForm(OfficeForm):
    use_required_attribute = False

    name = line(pgettext_lazy("group", "Name"), 80)
    purpose = line(pgettext_lazy("group", "Purpose"), 200, _("What it brings about."))
    lead_department = DepartmentChoice(label=_("Lead unit"))
    begins_on = forms.DateField(label=pgettext_lazy("group", "Works from"))
    end_condition = line(_("Ends when"), 200, _("It is dissolved at the latest when the matter is archived."))

    def __init__(self, *args: Any, matter: CoordinationRequest, **kwargs: Any) -> None:
        start = {
            "name": _("Group for %(number)s") % {"number": matter.number or ""}, "purpose": matter.expected_goal[:200],
            "lead_department": matter.lead_department_id, "begins_on": today(), "end_condition": _("The matter is archived."),
        }  # fmt: skip
        super().__init__(*args, **{"initial": start, **kwargs})


class SeatRow(RowForm):
    department = DepartmentChoice(label=_("Member unit"))
    person = PersonChoice(label=_("Who sits for it"))


def seats_of(matter: CoordinationRequest, data: Any = None) -> Rows:
    """The departments that take part beside the lead, each with its liaison, as a start."""
    others = matter.participants.filter(role=Role.CO).values_list("department_id", flat=True)
    start = []
    for department in others:
        speaker = next(iter(people.liaisons(department)), None)
        start.append({"department": department, "person": speaker.pk if speaker else None})
    found: Rows = formset_of(SeatRow)(data, initial=start, prefix="members")
    return found
