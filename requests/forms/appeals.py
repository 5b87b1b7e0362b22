"""Forms of an appeal against a decision: asking for it, ruling on it, taking it back (R060)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department
from pages.forms import OfficeForm
from requests.appeal_states import AppealGround
from requests.forms.acts import said, words


class AppealForm(OfficeForm):
    """What speaks against the decision, and what should hold instead."""

    use_required_attribute = False

    department = forms.ModelChoiceField(
        Department.objects.none(), label=_("For which department"), required=False
    )
    ground = forms.ChoiceField(
        label=pgettext_lazy("appeal", "Ground"), choices=AppealGround.choices, widget=forms.RadioSelect
    )
    reason = words(
        _("What speaks against the decision"), 1000, _("Facts and rules, point by point."), short=False
    )
    wish = words(_("What should hold instead"), 500)

    def __init__(self, *args: Any, departments: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["department"]
        if len(departments) < 2:
            del self.fields["department"]
            return
        field.queryset = Department.objects.filter(pk__in=departments).order_by("order")
        field.needed_at_times = True


class RuleAppealForm(OfficeForm):
    use_required_attribute = False

    uphold = forms.TypedChoiceField(
        label=pgettext_lazy("appeal", "Ruling"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[
            ("no", pgettext_lazy("appeal", "Reject: the decision stands")),
            ("yes", pgettext_lazy("appeal", "Uphold: the decision is to be changed")),
        ],
    )  # fmt: skip
    answer = said(
        pgettext_lazy("appeal", "Reasons"),
        1000,
        _("Answer what was brought forward; if upheld, what is to be changed."),
    )


class WithdrawAppealForm(OfficeForm):
    use_required_attribute = False

    reason = said(pgettext_lazy("form", "Reason"), 500)
