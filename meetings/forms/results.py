"""What was settled on a topic (F9, F10): text, action items, reservations, points of difference."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.models import AgendaItem
from meetings.states import AGREED, NEEDS_DIFFERENCES, ItemKind, Result
from pages.forms import OfficeForm
from requests.forms.choices import DepartmentChoice, DepartmentsChoice, PersonChoice, offer_people
from supervision.states import Urgency


def text(label: Any, hint: Any = "", *, limit: int = 2000) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=limit,
        required=False,
        widget=forms.Textarea({"class": "short"}),
    )


class ResultForm(OfficeForm):
    """The words of a result; which of them are needed depends on the result, and the flow says so."""

    use_required_attribute = False

    resolution = text(_("What was agreed"), _("One sentence that can be carried out: who, what, by when."))
    common_ground = text(_("What all agree on"))
    discussion = text(_("Points of the discussion"), _("By topic, without blame."))
    deferred_until = forms.DateField(label=_("Deferred until"), required=False)
    no_action_reason = text(
        _("Nothing is to be carried out, because"), _("Only when no action item follows."), limit=200
    )

    def __init__(self, *args: Any, item: AgendaItem, result: str, **kwargs: Any) -> None:
        names = ("resolution", "common_ground", "discussion", "deferred_until", "no_action_reason")
        start = {name: getattr(item, name) for name in names}
        if not start["resolution"] and result in AGREED:
            start["resolution"] = item.suggestion
        super().__init__(*args, **{"initial": start, **kwargs})
        self.fields["resolution"].required = result in AGREED
        for name in _unused(result):
            del self.fields[name]


def _unused(result: str) -> list[str]:
    """Fields that say nothing about this result."""
    unused = []
    if result not in AGREED:
        unused += ["no_action_reason"]
    if result not in (*AGREED, Result.NOTED):
        unused += ["resolution"]
    if result != Result.DEFERRED:
        unused += ["deferred_until"]
    if result not in NEEDS_DIFFERENCES:
        unused += ["common_ground"]
    return unused


class ActionForm(OfficeForm):
    use_required_attribute = False

    text = forms.CharField(
        label=_("What is to be done"), max_length=300, widget=forms.Textarea({"class": "short"})
    )
    standard = forms.CharField(
        label=_("Standard"), max_length=300, required=False, help_text=_("By what one sees that it is done.")
    )
    department = DepartmentChoice(label=_("Responsible department"))
    assignee = PersonChoice(label=_("Responsible person"), required=False)
    due_on = forms.DateField(label=_("Due on"), required=False)
    verifier = PersonChoice(label=_("Verified by"), required=False)
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=Urgency.choices, initial=Urgency.NORMAL, required=False
    )
    report_every = forms.IntegerField(
        label=_("Reporting cycle"),
        required=False,
        min_value=1,
        help_text=_("In working days; empty: by urgency."),
    )
    co_departments = DepartmentsChoice(label=_("Supporting departments"), required=False)
    is_interim = forms.BooleanField(label=_("Interim measure"), required=False)

    def clean_urgency(self) -> str:
        return str(self.cleaned_data["urgency"] or Urgency.NORMAL)


class ReservationForm(OfficeForm):
    use_required_attribute = False

    department = DepartmentChoice(label=_("Department"))
    text = forms.CharField(label=_("Reserved opinion"), widget=forms.Textarea({"class": "short"}))


class DifferenceForm(OfficeForm):
    use_required_attribute = False

    department = DepartmentChoice(label=_("Department"))
    position = forms.CharField(
        label=pgettext_lazy("difference", "Position"), widget=forms.Textarea({"class": "short"})
    )
    basis = text(_("Basis"))
    proposal = text(_("Preferred solution"))


class RowSet(forms.BaseFormSet):  # type: ignore[type-arg]  # of forms of the office
    """Rows that can be added and taken out; department and person lists are read once for all rows."""

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What was filled in, without the rows that were taken out or left empty."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
            for form in self.forms
            if form.has_changed() and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        people = [name for name in ("assignee", "verifier") if name in form.fields]
        if people:
            if not hasattr(self, "_people"):
                offer_people([form.fields[name] for name in people])
                self._people = list(form.fields["assignee"].choices)
            for name in people:
                form.fields[name].choices = self._people


def rows_of(item: AgendaItem, result: str, data: Any) -> dict[str, RowSet]:
    """The tables that belong to a result, by the name of the flow's argument."""
    kinds: dict[str, tuple[type[OfficeForm], list[dict[str, Any]], int]] = {}
    if result in AGREED:
        kinds["actions"] = (ActionForm, [_action(row) for row in item.actions.all()], 1)
        kinds["reservations"] = (
            ReservationForm,
            [{"department": row.department_id, "text": row.text} for row in item.reservations.all()],
            0,
        )
        if not item.matter_id:
            del kinds["actions"]
    if result in NEEDS_DIFFERENCES:
        known = [
            {
                "department": row.department_id,
                "position": row.position,
                "basis": row.basis,
                "proposal": row.proposal,
            }
            for row in item.differences.all()
        ]
        kinds["differences"] = (DifferenceForm, known or _sides(item), 0 if known or _sides(item) else 2)
    found: dict[str, Any] = {}
    for name, (form, start, extra) in kinds.items():
        make = forms.formset_factory(form, formset=RowSet, extra=0 if start else extra, can_delete=True)
        found[name] = make(data, prefix=name, initial=None if data is None and not start else start)
    return found


def results_for(item: AgendaItem) -> list[tuple[str, Any]]:
    """The results that this topic can have, in the order of their keys."""
    if item.kind == ItemKind.DECISION or item.question_id:
        return [choice for choice in Result.choices if choice[0] != Result.NOTED]
    return [(Result.NOTED.value, Result.NOTED.label), *[c for c in Result.choices if c[0] != Result.NOTED]]


def _sides(item: AgendaItem) -> list[dict[str, Any]]:
    """The departments that take part stand ready, with what they said before."""
    if item.matter is None:
        return []
    return [
        {"department": row.department_id, "position": row.opinion_reason}
        for row in item.matter.participants.all()
    ]


def _action(row: Any) -> dict[str, Any]:
    names = ("text", "standard", "due_on", "urgency", "is_interim", "report_every")
    return {
        **{name: getattr(row, name) for name in names},
        "department": row.department_id, "assignee": row.assignee_id, "verifier": row.verifier_id,
        "co_departments": [department.pk for department in row.co_departments.all()],
    }  # fmt: skip
