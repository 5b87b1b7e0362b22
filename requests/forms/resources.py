"""Forms of requests for resources (R079)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.forms import OfficeForm
from requests.forms.acts import if_any, why
from requests.resource_states import ANSWERS


class AnswerResourceForm(OfficeForm):
    use_required_attribute = False

    outcome = forms.ChoiceField(
        label=pgettext_lazy("resource request", "Your answer"), widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in ANSWERS],
    )  # fmt: skip
    granted = if_any(
        _("What is provided"), 200, _("Needed when you agree in part: how much, who, from when to when.")
    )
    reason = if_any(
        pgettext_lazy("form", "Reason"), 300, _("Needed when it is declined or not all is given.")
    )


class WithdrawResourceForm(OfficeForm):
    use_required_attribute = False

    reason = why(pgettext_lazy("form", "Reason"), 300)
