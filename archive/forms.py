"""The shape of the seal and of the filters of the auditor's desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.models import RetentionClass
from archive.states import DossierCategory
from organization.models import Department, User
from pages.forms import OfficeForm
from requests.models import CoordinationRequest
from requests.states import DecisionWay


class SealForm(OfficeForm):
    retention = forms.ModelChoiceField(
        RetentionClass.objects.all(), label=_("Retention"), empty_label=None,
        help_text=_("In doubt between two terms, the longer one."),
    )  # fmt: skip
    category = forms.ChoiceField(label=_("Category"), choices=DossierCategory.choices)
    explanation = forms.CharField(
        label=_("Explanation of what is missing"), required=False, widget=forms.Textarea, max_length=1000,
        help_text=_("Which paper is not in the dossier, and why."),
    )  # fmt: skip
    feedback_reason = forms.CharField(
        label=_("Why it is sealed before the surveys are in"), required=False, widget=forms.Textarea, max_length=300,
    )  # fmt: skip

    def __init__(self, *args: Any, waiting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not waiting:
            del self.fields["feedback_reason"]


class DecisionFilter(OfficeForm):
    """Every field is optional; a value that cannot be read is left out."""

    q = forms.CharField(label=_("Number or title"), required=False, max_length=60)
    since = forms.DateField(label=_("Decided from"), required=False)
    until = forms.DateField(label=_("Decided until"), required=False)
    department = forms.ModelChoiceField(
        Department.objects.all(), label=_("Department"), required=False, empty_label=_("All departments")
    )
    decided_by = forms.ModelChoiceField(
        User.objects.none(), label=_("Decided by"), required=False, empty_label=_("Everybody who decided")
    )
    way = forms.ChoiceField(
        label=_("Way"), choices=[("", _("All ways")), *DecisionWay.choices], required=False
    )
    result = forms.ChoiceField(
        label=_("Result"), required=False,
        choices=[
            ("", _("All results")), ("running", _("Being carried out")), ("confirmed", _("Confirmed")),
            ("silent", _("Counted as confirmed")), ("archived", _("Archived")),
        ],
    )  # fmt: skip
    overdue = forms.BooleanField(label=_("Something was late"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("q", "since", "until"):
            attrs = self.fields[name].widget.attrs
            attrs["class"], attrs["placeholder"] = f"{attrs['class']} x-find", str(self.fields[name].label)
        deciders = CoordinationRequest.objects.exclude(decided_by=None).values("decided_by")
        self.fields["decided_by"].queryset = User.objects.filter(pk__in=deciders)  # type: ignore[attr-defined]  # a model choice


class PeriodFilter(OfficeForm):
    """From one day to another; an empty field leaves the usual one."""

    since = forms.DateField(label=_("From day"), required=False)
    until = forms.DateField(label=_("Until day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            attrs = field.widget.attrs
            attrs["class"], attrs["placeholder"] = f"{attrs['class']} x-find", str(field.label)
