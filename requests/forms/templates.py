"""The form of a template: the texts of form F1 with places to fill in (R041)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.forms import OfficeForm
from requests.flows.templates import TEMPLATE_FIELDS
from requests.forms.choices import NOBODY, DepartmentsChoice
from requests.forms.file import long_text
from requests.models import RequestTemplate
from requests.states import LEVEL_NOT_OFFERED, OPEN_LEVELS, Category, Confidentiality


class TemplateForm(OfficeForm):
    """Everything but name, purpose and category may stay empty: the applicant writes it then."""

    use_required_attribute = False

    name = forms.CharField(label=_("Name of the template"), max_length=40)
    category = forms.ChoiceField(label=_("Category"), choices=[NOBODY, *Category.choices])
    purpose = forms.CharField(
        label=_("What it is for"), help_text=_("One sentence, by which one chooses it."), max_length=120
    )
    title = forms.CharField(
        label=pgettext_lazy("form", "Title"),
        help_text=_(
            "With 【…】 where the applicant's own words go. A form with a 【…】 left cannot be handed in."
        ),
        max_length=60,
        required=False,
    )
    background = long_text(_("Background"), 2000, short=False)
    goal = long_text(
        _("Goal of the coordination"), 500, _("The state that is wanted, not who is asked to do what.")
    )
    expected_result = long_text(_("Expected result"), 1000, _("By what one will see that it is reached."))
    initial_scope = long_text(_("Initial scope"), 2000, _("Who and what is concerned, and what is not."))
    departments = DepartmentsChoice(
        label=_("Core departments"), help_text=_("Ticked in the form at first."), required=False
    )
    working_days = forms.IntegerField(
        label=_("Usual duration"),
        help_text=_("Working days from filing; the wished date is set by it."),
        min_value=1,
        required=False,
    )
    confidentiality = forms.ChoiceField(
        label=_("Level"),
        choices=[(level.value, level.label) for level in OPEN_LEVELS],
        initial=Confidentiality.INTERNAL,
        error_messages={"invalid_choice": LEVEL_NOT_OFFERED},
    )
    order = forms.IntegerField(
        label=_("Place in its category"),
        help_text=_("The smaller number stands first."),
        min_value=1,
        initial=100,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def given(self) -> dict[str, Any]:
        """As the flows take it."""
        data = self.cleaned_data
        return {
            "fields": {name: data[name] for name in TEMPLATE_FIELDS},
            "departments": list(data["departments"]),
        }

    @classmethod
    def start(cls, template: RequestTemplate) -> dict[str, Any]:
        """What stands in the form of a template that is there already."""
        values = {name: getattr(template, name) for name in (*TEMPLATE_FIELDS, "revision")}
        return {**values, "departments": list(template.departments.values_list("pk", flat=True))}
