"""Forms of an agreement: what was agreed and by whom, and the word of a head (R092)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.acting import today
from organization import people
from organization.models import Department, User
from pages.forms import OfficeForm, dress
from requests.flows.effects import concerned_by
from requests.forms.acts import if_any, words
from requests.models import ActionItem, CoordinationRequest


class AgreementForm(OfficeForm):
    """For each department that takes part, who agreed for it; two of them at least."""

    use_required_attribute = False

    text = words(
        pgettext_lazy("between departments", "What was agreed"),
        1000,
        _("Who does what by when, as both sides understood it."),
    )
    agreed_on = forms.DateField(label=_("Agreed on"))
    item = forms.ModelChoiceField(
        label=_("Action item"), queryset=ActionItem.objects.none(), required=False, empty_label=_("The whole matter")
    )  # fmt: skip

    def __init__(self, *args: Any, matter: CoordinationRequest, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"agreed_on": today()}, **kwargs})
        items: Any = self.fields["item"]
        items.queryset = matter.items.exclude(number=None)
        self.departments = list(
            Department.objects.filter(pk__in=concerned_by(matter)).order_by("order", "name")
        )
        offered = people.colleagues([one.pk for one in self.departments])
        own = by.authority.departments
        for department in self.departments:
            there = offered.get(department.pk, [])
            field = forms.ModelChoiceField(
                label=_("For %(department)s") % {"department": department.name}, required=False,
                queryset=User.objects.filter(pk__in=[pk for pk, _name in there]), empty_label=_("Did not take part"),
                initial=by.pk if department.pk in own else None,
            )  # fmt: skip
            dress(field)
            field.needed_at_times = True  # type: ignore[attr-defined]  # of two departments; to call it optional would mislead
            self.fields[f"person_{department.pk}"] = field

    def clean(self) -> dict[str, Any]:
        """What the flow takes."""
        given = super().clean() or {}
        sides = [
            {"department": department, "person": given[f"person_{department.pk}"]}
            for department in self.departments
            if given.get(f"person_{department.pk}")
        ]
        return {
            "text": given.get("text"),
            "agreed_on": given.get("agreed_on"),
            "item": given.get("item"),
            "sides": sides,
        }

    @property
    def of_sides(self) -> list[Any]:
        return [self[f"person_{department.pk}"] for department in self.departments]


class HeadsWordForm(OfficeForm):
    """The head knows of it, or objects with the reason."""

    use_required_attribute = False

    agree = forms.TypedChoiceField(
        label=_("Your word"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("yes", _("I know of it, nothing speaks against it")), ("no", _("I object"))],
    )  # fmt: skip
    objection = if_any(
        _("What speaks against it"), 500, _("Needed for an objection: why, and what would be right.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objection"].needed_at_times = True  # type: ignore[attr-defined]  # read by the page of a form
