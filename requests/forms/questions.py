"""Forms of one core question: what a department says of it, and its decision by the office (R051)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import OfficeForm
from requests.forms.acts import if_any, said
from requests.forms.choices import DepartmentChoice
from requests.states import Opinion


class QuestionOpinionForm(OfficeForm):
    """What the department says of this question, where it is not what it says of the matter."""

    use_required_attribute = False

    department = DepartmentChoice(label=_("Department"))
    opinion = forms.ChoiceField(label=_("Opinion"), choices=Opinion.choices, widget=forms.RadioSelect)
    reason = if_any(_("Reason or condition"), 2000, _("Needed when you disagree or have a condition."))

    def __init__(self, *args: Any, departments: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"department": departments[0]}, **kwargs})
        field: Any = self.fields["department"]
        field.queryset = field.queryset.filter(pk__in=departments)


class QuestionDecisionForm(OfficeForm):
    """The resolution on one question."""

    use_required_attribute = False

    resolution = said(
        _("Resolution"), 2000, _("Who does what, by when; its drafted action items are issued with it.")
    )
