"""Forms of process documents (R071)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.acting import today
from pages.forms import OfficeForm
from requests.forms.acts import why, words
from requests.forms.choices import DepartmentsChoice, PersonChoice, offer_people
from requests.forms.file import FilesField
from requests.procedure_states import ProcedureSort


class RenewProcedureForm(OfficeForm):
    """The next version, read by the same departments unless others are chosen."""

    use_required_attribute = False

    summary = words(_("What it says or what is new"), 300, _("One sentence; the departments read it first."))
    papers = FilesField(label=_("Document"), help_text=_("Text, diagram or template, up to 20 MB each."))
    effective_on = forms.DateField(label=_("In force from"))
    departments = DepartmentsChoice(
        label=_("Departments that confirm having read it"), help_text=_("Within five working days.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args, **{**kwargs, "initial": {"effective_on": today(), **kwargs.get("initial", {})}}
        )


class RenewAsOfficeForm(RenewProcedureForm):
    """The office may name another owner with the next version: people leave, documents stay."""

    owner = PersonChoice(label=_("Owner"), help_text=_("Who answers for it and renews it."), required=False)

    field_order = ("owner",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people([self.fields["owner"]])


class PublishProcedureForm(RenewProcedureForm):
    title = forms.CharField(label=pgettext_lazy("procedure", "Title"), max_length=80)
    sort = forms.ChoiceField(
        label=pgettext_lazy("procedure", "Kind"), choices=ProcedureSort.choices, widget=forms.RadioSelect,
        initial=ProcedureSort.PROCESS,
    )  # fmt: skip
    owner = PersonChoice(label=_("Owner"), help_text=_("Who answers for it and renews it."))

    field_order = ("title", "sort", "owner", "summary", "papers", "effective_on", "departments")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people([self.fields["owner"]])


class WithdrawProcedureForm(OfficeForm):
    use_required_attribute = False

    reason = why(pgettext_lazy("form", "Reason"), 300, _("Why it holds no more, and what holds instead."))
