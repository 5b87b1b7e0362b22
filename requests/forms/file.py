"""Form F1 and its rows of talks. A draft may be incomplete: the form minds the shape, the rules name the gaps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict, ErrorList
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.refusals import Invalid
from pages.forms import OfficeForm, apply_refusal, dress
from requests import rules
from requests.form_reads import WISHED, open_gaps
from requests.forms.choices import NOBODY, DepartmentChoice, OtherDepartments
from requests.forms.goals import NAMES as GOAL_NAMES
from requests.forms.goals import goal_reason, offer_goals, own_words, served_goal
from requests.models import Attempt, CoordinationRequest, Gap
from requests.states import (
    Answer,
    Category,
    Confidentiality,
    GapCode,
    Means,
    Route,
)
from supervision.states import Urgency

# The sections of the form, each with its anchor: the navigation beside it counts what is missing.
SECTIONS = (
    ("s1", _("Basics"), ("title", "category", "phone", "urgency", "urgency_reason", "confidentiality")),
    ("s2", _("Background and goal"), ("background", "goal", "expected_result", *GOAL_NAMES)),
    (
        "s3",
        _("Scope and departments"),
        ("initial_scope", "wished_departments", "suggested_lead", "wished_on", "amount", "has_personal_data"),
    ),
    ("s4", _("Earlier talks"), ()),
    ("s5", _("Attachments and handing in"), ("papers", "route")),
)
# Where the applicant mends a gap, by its code.
ANCHORS: dict[str, str] = {
    GapCode.GOAL: "id_goal",
    GapCode.REASON: "s4",
    GapCode.SCOPE: "id_initial_scope",
    GapCode.DEPARTMENTS: "s3",
    GapCode.MATERIAL: "s5",
}
NEEDED = (
    "title", "category", "urgency", "background", "goal", "expected_result", "organization_goal",
    "initial_scope", "wished_departments", "route", "confidentiality",
)  # fmt: skip

STARTS: dict[str, str] = {
    "urgency": Urgency.NORMAL,
    "route": Route.OFFICE,
    "confidentiality": Confidentiality.INTERNAL,
}


class Uploads(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; the value is a list."""

    widget = Uploads

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(file, initial) for file in files]


def long_text(label: Any, limit: int, hint: Any = "", *, short: bool = True) -> forms.CharField:
    """A text with a counter. Too long a text is kept in the draft and named on handing in."""
    widget = forms.Textarea({"class": "short"} if short else {})
    field = forms.CharField(label=label, help_text=hint, widget=widget, required=False)
    field.max_length = limit  # for the counter only, without the validator
    return field


class MatterForm(OfficeForm):
    """Form F1 (跨部门协作需求表)."""

    use_required_attribute = False

    title = forms.CharField(
        label=pgettext_lazy("form", "Title"),
        help_text=_("Like “Cooperation needed on …”, at most 60 characters."),
        max_length=60,
    )
    category = forms.ChoiceField(label=_("Category"), choices=[NOBODY, *Category.choices])
    phone = forms.CharField(label=_("Telephone"), max_length=40)
    urgency = forms.ChoiceField(
        label=_("Urgency"),
        help_text=_("Extra urgent needs a reason and the word of a head; until then it runs as urgent."),
        choices=Urgency.choices,
        widget=forms.RadioSelect,
        initial=Urgency.NORMAL,
    )
    urgency_reason = forms.CharField(
        label=_("Reason for extra urgency"),
        help_text=_("What happens, and when, if nobody acts at once?"),
        max_length=200,
    )
    background = long_text(_("Background"), 2000, short=False)
    goal = long_text(
        _("Goal of the coordination"), 500, _("The state that is wanted, not who is asked to do what.")
    )
    expected_result = long_text(_("Expected result"), 1000, _("By what one will see that it is reached."))
    organization_goal = forms.CharField(
        label=_("Goal of the organization served"),
        help_text=_("The yearly task or target that this helps to reach."),
        max_length=120,
    )
    served_goal = served_goal()
    goal_reason = goal_reason()
    initial_scope = long_text(_("Initial scope"), 2000, _("Who and what is concerned, and what is not."))
    wished_departments = OtherDepartments(
        label=_("Departments to take part"),
        help_text=_("Without your own. If unsure choose the nearest ones; the office adds the others."),
    )
    suggested_lead = DepartmentChoice(label=_("Suggested lead department"))
    wished_on = forms.DateField(label=_("Wished completion date"))
    amount = forms.DecimalField(label=_("Amount involved (CNY)"), max_digits=14, decimal_places=2)
    has_personal_data = forms.BooleanField(label=_("Personal data is involved"))
    confidentiality = forms.ChoiceField(
        label=_("Level"),
        help_text=_(
            "Public: once accepted, all staff read summary and decision. Restricted: only those who take part and their"
            " heads. Confidential: only persons named by the office, every look is kept. State secrets never belong here."
        ),
        choices=Confidentiality.choices,
        initial=Confidentiality.INTERNAL,
    )
    papers = FilesField(
        label=_("Attachments"), help_text=_("pdf, docx, xlsx, csv, png, jpg, txt; each at most 20 MB.")
    )
    route = forms.ChoiceField(
        label=_("Handed to"), choices=Route.choices, widget=forms.RadioSelect, initial=Route.OFFICE
    )

    def __init__(self, *args: Any, matter: CoordinationRequest, **kwargs: Any) -> None:
        self.matter = matter
        self.gaps: list[tuple[Gap, str, BoundField]] = []
        super().__init__(*args, **kwargs)
        departments: Any = self.fields["wished_departments"]
        departments.leave_out(matter.filed_by_department_id)
        self.has_goals = offer_goals(self, matter)
        for field in self.fields.values():
            field.required = False
        self._ask_answers()

    def _ask_answers(self) -> None:
        """Beside each gap that the office named, what the applicant says to it (Q3)."""
        for number, gap in enumerate(open_gaps(self.matter), start=1):
            field = long_text(_("Answer to gap %(number)s") % {"number": number}, rules.MOST_OF_ANSWER)
            field.initial, field.widget.attrs["rows"] = gap.answer, 2
            dress(field)
            self.fields[rules.field_of_answer(gap.pk)] = field
            self.gaps.append((gap, ANCHORS.get(gap.code, ""), self[rules.field_of_answer(gap.pk)]))
        # The summary of errors goes down the page: the gaps stand above the form.
        self.order_fields([rules.field_of_answer(gap.pk) for gap, _anchor, _field in self.gaps])

    def dressed(self) -> MatterForm:
        """For the page: what has to be there in the end carries no “optional”."""
        for name in NEEDED:
            self.fields[name].required = True
        if self.has_goals:  # one of the list, or own words with their reason
            is_own = bool(self["organization_goal"].value()) and not self["served_goal"].value()
            for name in GOAL_NAMES:
                self.fields[name].required = is_own == (name != "served_goal")
        for _gap, _anchor, bound in self.gaps:
            bound.field.required = True
        return self

    @property
    def kept(self) -> dict[str, Any]:
        """What can be written into the draft: everything that has the right shape."""
        kept = {name: value for name, value in self.cleaned_data.items() if name in DRAFT_NAMES}
        # A choice that was never made keeps what the empty form starts with.
        return kept | {name: start for name, start in STARTS.items() if not kept.get(name)}

    @property
    def answers(self) -> dict[int, str]:
        """What was written to each gap, by its id."""
        return {gap.pk: self.cleaned_data.get(bound.name, "") for gap, _anchor, bound in self.gaps}

    def name_gaps(self, matter: CoordinationRequest) -> None:
        """Add what the handed-in form would lack beside what has the wrong shape: all at once (R026)."""
        for name, sentences in rules.gaps_of_form(matter).items():
            if name not in self.errors:
                self.add_error(name, [str(sentence) for sentence in sentences])

    @classmethod
    def of(cls, matter: CoordinationRequest) -> MatterForm:
        initial: dict[str, Any] = {
            name: getattr(matter, name) for name in DRAFT_NAMES if hasattr(matter, name)
        }
        initial["wished_departments"] = WISHED(matter.pk)
        initial["suggested_lead"] = matter.suggested_lead_id
        initial |= {"served_goal": matter.served_goal_id, "organization_goal": own_words(matter)}
        return cls(matter=matter, initial=initial)


DRAFT_NAMES = tuple(name for name in MatterForm.base_fields if name != "papers")


class AttemptForm(OfficeForm):
    """One talk (R033). Its reason is needed when they refused."""

    use_required_attribute = False

    department = DepartmentChoice(label=_("Department asked"))
    person_name = forms.CharField(label=_("Person asked"), max_length=40)
    held_at = forms.DateTimeField(label=_("When"))
    means = forms.ChoiceField(label=_("How"), choices=[NOBODY, *Means.choices])
    our_goal = forms.CharField(label=_("Our goal"), max_length=200)
    answer = forms.ChoiceField(label=_("Their answer"), choices=[NOBODY, *Answer.choices])
    reason = forms.CharField(
        label=_("Their reason"), widget=forms.Textarea({"class": "short", "rows": 2}), required=False
    )
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            rules.insist_on_attempt(cleaned)
        except Invalid as refusal:
            apply_refusal(self, refusal)
        return cleaned


class AttemptRows(forms.BaseFormSet):  # type: ignore[type-arg]  # Django's own class takes no argument
    """The rows of talks. A row that was not touched does not count."""

    @property
    def complete(self) -> list[dict[str, Any]]:
        """The rows that can be written: those that are right and not struck out."""
        rows = [form for form in self.forms if form.has_changed() and form.is_valid()]
        return [
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
            for form in rows
            if not form.cleaned_data.get("DELETE")
        ]

    @property
    def living(self) -> int:
        return len([form for form in self.forms if not (form.is_bound and form["DELETE"].value())])


AttemptFormSet: Any = forms.formset_factory(
    AttemptForm, formset=AttemptRows, extra=0, can_delete=True, max_num=30, validate_max=True
)
ATTEMPT_FIELDS = tuple(AttemptForm.base_fields)


def attempts_of(matter: CoordinationRequest) -> AttemptRows:
    """The applicant's own talks. Those that others recorded are no part of the form."""
    rows = [
        {name: getattr(row, name) for name in ATTEMPT_FIELDS if name != "department"}
        | {"department": row.department_id}
        for row in Attempt.objects.filter(matter=matter, recorded_by=matter.filed_by_id)
    ]
    found: AttemptRows = AttemptFormSet(initial=rows, prefix="attempts")
    return found


def hush(form: Any) -> None:
    """Show what was typed without a word about it: the person is not handing anything in yet."""
    for part in getattr(form, "forms", [form]):
        part._errors = ErrorDict()
    if hasattr(form, "forms"):
        form._errors = [part._errors for part in form.forms]
        form._non_form_errors = ErrorList()
