"""Forms of public notices and objections (R053), of definitive and interim measures (R054)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import OfficeForm
from requests.forms.acts import if_any, said, why, words
from requests.forms.choices import NOBODY, DepartmentChoice, DepartmentsChoice
from requests.models import ActionItem, CoordinationRequest, Loan, Question
from requests.rules import MOST_OF_OBJECTION

NONE = _("None")


class NoticeForm(OfficeForm):
    """A draft result that is shown to departments."""

    use_required_attribute = False

    text = words(_("Draft result"), 4000, _("What is going to be decided, as the departments shall read it."))
    departments = DepartmentsChoice(label=_("Departments that are shown it"))
    days = forms.IntegerField(label=_("Working days"), initial=5, min_value=1, max_value=30)
    question = forms.ModelChoiceField(
        label=_("Core question"),
        queryset=Question.objects.none(),
        required=False,
        empty_label=_("The whole matter"),
    )

    def __init__(self, *args: Any, matter: CoordinationRequest, **kwargs: Any) -> None:
        concerned = list(matter.participants.values_list("department_id", flat=True))
        super().__init__(*args, **{"initial": {"departments": concerned, "days": 5}, **kwargs})
        field: Any = self.fields["question"]
        field.queryset = matter.questions.all()


class ObjectionForm(OfficeForm):
    """What a department says against it."""

    use_required_attribute = False

    department = DepartmentChoice(label=_("Department"))
    reason = why(
        _("Reason of the objection"),
        MOST_OF_OBJECTION,
        _("What is wrong, by which basis, and what it should be instead."),
    )

    def __init__(self, *args: Any, departments: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"department": departments[0]}, **kwargs})
        field: Any = self.fields["department"]
        field.queryset = field.queryset.filter(pk__in=departments)


class ObjectionAnswerForm(OfficeForm):
    use_required_attribute = False

    is_followed = forms.TypedChoiceField(
        label=_("What becomes of the objection"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("yes", _("Followed")), ("no", _("Not followed"))],
    )  # fmt: skip
    answer = said(_("Answer to the objection"), 1000, _("The department reads it."))


class MeasureForm(OfficeForm):
    """R054: what is done for good, and meanwhile."""

    use_required_attribute = False

    definitive = words(_("Definitive measure"), 1000, _("What is done for good, like “buy three sets”."))
    interim = if_any(
        _("Interim measure"),
        1000,
        _("What holds until then, like “borrow three sets”. Empty if there is none."),
    )
    department = DepartmentChoice(label=_("Department that keeps it up"), required=False)
    ends_on = forms.DateField(label=_("Interim until"), required=False)
    return_duty = if_any(_("Duty of return"), 300, _("What has to be given back or undone at its end."))
    loan = forms.ModelChoiceField(
        label=_("Line of the ledger"), queryset=Loan.objects.none(), required=False, empty_label=NONE,
        help_text=_("Where something is lent for it: it ends when that is back."),
    )  # fmt: skip
    question = forms.ModelChoiceField(
        label=_("Core question"), queryset=Question.objects.none(), required=False, empty_label=NONE
    )
    item = forms.ModelChoiceField(
        label=_("Action item"), queryset=ActionItem.objects.none(), required=False, empty_label=NONE
    )

    def __init__(self, *args: Any, matter: CoordinationRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("loan", matter.loans.all()),
            ("question", matter.questions.all()),
            ("item", matter.items.all()),
        ):
            field: Any = self.fields[name]
            field.queryset = rows
        department: Any = self.fields["department"]
        department.empty_label = NOBODY[1]


class EndMeasureForm(OfficeForm):
    use_required_attribute = False

    how_ended = said(
        _("How it was ended"), 500, _("Since when the definitive measure holds, and what was given back.")
    )


class ProlongMeasureForm(OfficeForm):
    use_required_attribute = False

    ends_on = forms.DateField(label=_("Interim until"))
    reason = why(_("Reason"), 200)
