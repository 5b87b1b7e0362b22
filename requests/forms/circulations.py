"""Forms of a circulating paper, of a signature, of the answer to an opinion, of a kind of papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import User
from pages.forms import OfficeForm
from requests.circulation_rules import LONGEST_TEXT, LONGEST_TITLE
from requests.circulation_states import ANSWER_CHOICES, SignOpinion, Silence
from requests.forms.acts import if_any, said, why, words
from requests.forms.choices import NOBODY, DepartmentChoice, DepartmentsChoice, PersonChoice
from requests.forms.file import FilesField
from requests.models import Circulation, CoordinationRequest, Countersign, PaperKind, Question
from supervision.states import Urgency

OF_PAPER = (
    "title", "text", "silence", "in_series", "urgency", "touches_money", "touches_duty", "touches_personal_data",
    "decides",
)  # fmt: skip
LAST = 1000
ALL_QUESTIONS = _("All open questions")


class CirculationForm(OfficeForm):
    """A paper that is to go round (§3.5). The rules say what is missing; the form minds the shape."""

    use_required_attribute = False

    kind = forms.ModelChoiceField(
        label=_("Kind of paper"), queryset=PaperKind.objects.none(), empty_label=NOBODY[1]
    )
    title = forms.CharField(label=pgettext_lazy("form", "Title"), max_length=LONGEST_TITLE)
    text = words(
        pgettext_lazy("circulation", "Text"), LONGEST_TEXT, _("What the departments sign. One paragraph a line."),
        short=False,
    )  # fmt: skip
    papers = FilesField(
        label=_("Attachments"), required=False,
        help_text=_("pdf, docx, xlsx, csv, png, jpg, txt; each at most 20 MB."),
    )  # fmt: skip
    departments = DepartmentsChoice(
        label=_("Departments that sign"), help_text=_("Each one is asked for its opinion and its signature.")
    )
    in_series = forms.BooleanField(
        label=_("One after the other, in the order of the numbers below"), required=False,
        help_text=_("Otherwise all are asked at once, which is faster."),
    )  # fmt: skip
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, widget=forms.RadioSelect)
    touches_money = forms.BooleanField(label=_("It touches money"), required=False)
    touches_duty = forms.BooleanField(label=_("It touches the duties of a department"), required=False)
    touches_personal_data = forms.BooleanField(label=_("It touches personal data"), required=False)
    silence = forms.ChoiceField(
        label=_("When a department stays silent"), choices=Silence.choices, widget=forms.RadioSelect,
        help_text=_("Silence is consent only for routine papers, never where money, duties or personal data are touched."),
    )  # fmt: skip
    decides = forms.BooleanField(
        label=_("Issued, it is the decision of the matter"), required=False,
        help_text=_("All agree, or every objection has its answer: no meeting is needed then."),
    )  # fmt: skip
    question = forms.ModelChoiceField(
        label=_("Core question"), queryset=Question.objects.none(), required=False, empty_label=ALL_QUESTIONS
    )

    def __init__(
        self, *args: Any, matter: CoordinationRequest, user: User, paper: Circulation | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"initial": _of(paper) if paper else _fresh(matter, user), **kwargs})
        kinds: Any = self.fields["kind"]
        kinds.queryset = PaperKind.objects.in_use()
        kinds.label_from_instance = _kind_in_words
        questions: Any = self.fields["question"]
        questions.queryset = matter.questions.all()
        departments: Any = self.fields["departments"]
        own = paper.department_id if paper else user.department.pk if user.department else None
        departments.queryset = departments.queryset.exclude(pk=own)
        self._offer_places(departments.queryset, paper)

    def _offer_places(self, departments: Any, paper: Circulation | None) -> None:
        """One number for each department: who signs first, second, third (R062)."""
        rows = paper.countersigns.current().filter(added_by=None) if paper and paper.in_series else ()
        known = {row.department_id: row.place for row in rows}
        self.places = {f"place_{row.pk}": row.pk for row in departments}
        for row in departments:
            self.fields[f"place_{row.pk}"] = forms.IntegerField(
                label=row.name,
                required=False,
                min_value=1,
                max_value=999,
                initial=known.get(row.pk),
                widget=forms.NumberInput(attrs={"class": "form-control"}),
            )

    def place_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.places]

    def clean(self) -> dict[str, Any]:
        """The departments in the order of their numbers; those without one come last, as they stand in the list."""
        cleaned = super().clean() or {}
        places = {pk: cleaned.pop(name, None) for name, pk in self.places.items()}
        if cleaned.get("departments"):
            cleaned["departments"] = sorted(cleaned["departments"], key=lambda row: places[row.pk] or LAST)
        return cleaned


class AddDepartmentForm(OfficeForm):
    """One more department is asked while the paper goes round."""

    use_required_attribute = False

    department = DepartmentChoice(
        label=_("Department that signs too"),
        help_text=_("It reads the matter from then on. In a round one after the other it signs last."),
    )

    def __init__(self, *args: Any, paper: Circulation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["department"]
        asked = paper.countersigns.current().values("department")
        field.queryset = field.queryset.exclude(pk=paper.department_id).exclude(pk__in=asked)
        field.empty_label = NOBODY[1]


def _kind_in_words(kind: PaperKind) -> str:
    if kind.silence == Silence.DEEMED:
        return str(_("%(name)s (routine: silence may count as no objection)") % {"name": kind.name})
    return kind.name


class TextForm(OfficeForm):
    """A new version of the text."""

    use_required_attribute = False

    text = words(pgettext_lazy("circulation", "Text"), LONGEST_TEXT, short=False)
    note = said(
        pgettext_lazy("circulation", "What was changed"),
        200,
        _("Everybody who signed reads it, beside what differs."),
    )
    is_editorial = forms.BooleanField(
        label=_("Only editorial: the signatures stand"), required=False,
        help_text=_("Wording and typing only. Your name stands beside this mark, and all see what differs."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CountersignForm(OfficeForm):
    """The opinion and the signature: two clicks when the department agrees."""

    use_required_attribute = False

    opinion = forms.ChoiceField(
        label=_("Opinion of the department"), choices=SignOpinion.choices, widget=forms.RadioSelect
    )
    reason = if_any(
        _("Reason or condition"), 2000,
        _("Needed for conditions, a disagreement and “not our duty” (with its basis); otherwise as you like."),
    )  # fmt: skip
    proposed_department = DepartmentChoice(
        label=_("Responsible department proposed"), required=False,
        help_text=_("Needed for “not our duty”; the office rules on it within one working day."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, row: Countersign, **kwargs: Any) -> None:
        start = {
            "opinion": row.opinion or SignOpinion.AGREE, "reason": row.reason, "version": row.circulation.version,
            "proposed_department": row.proposed_department_id,
        }  # fmt: skip
        super().__init__(*args, **{"initial": start, **kwargs})
        field: Any = self.fields["proposed_department"]
        field.queryset = field.queryset.exclude(pk=row.department_id)
        field.empty_label = NOBODY[1]


class PassOnForm(OfficeForm):
    """加签 or 转签, inside the own department."""

    use_required_attribute = False

    way = forms.ChoiceField(
        label=_("What is wanted"), widget=forms.RadioSelect, initial="transfer",
        choices=[("transfer", _("This person signs instead of me")), ("add", _("This person signs too"))],
    )  # fmt: skip
    person = PersonChoice(label=_("Person of the own department"))

    def __init__(self, *args: Any, row: Countersign, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        inside = User.objects.active().filter(posts__in=row.department.posts.current())
        field.queryset = inside.exclude(pk=user.pk).distinct().order_by("name")


class OpinionAnswerForm(OfficeForm):
    """What becomes of one opinion (R063)."""

    use_required_attribute = False

    result = forms.ChoiceField(
        label=_("What becomes of the opinion"), choices=ANSWER_CHOICES, widget=forms.RadioSelect
    )
    reason = if_any(_("Reason"), 1000, _("Where it stands in the text now, or why it is not followed."))


class RuleDutyForm(OfficeForm):
    """Whose duty it is."""

    use_required_attribute = False

    uphold = forms.TypedChoiceField(
        label=_("Ruling"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("yes", _("Not its duty: another department signs")), ("no", _("Its duty: it signs"))],
    )  # fmt: skip
    department = DepartmentChoice(label=_("Department whose duty it is"), required=False)
    reason = why(_("Reason"), 500, _("The duty list, a rule, an earlier ruling."))

    def __init__(self, *args: Any, row: Countersign, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"department": row.proposed_department_id}, **kwargs})
        field: Any = self.fields["department"]
        field.queryset = field.queryset.exclude(pk=row.department_id)


class PaperKindForm(OfficeForm):
    """A kind of papers and what silence means for it."""

    use_required_attribute = False

    name = forms.CharField(label=_("Kind of paper"), max_length=30)
    silence = forms.ChoiceField(
        label=_("When a department stays silent"), choices=Silence.choices, widget=forms.RadioSelect,
        initial=Silence.ESCALATE,
    )  # fmt: skip
    is_routine = forms.BooleanField(
        label=_("Routine paper"),
        required=False,
        help_text=_("Only for these may silence count as no objection."),
    )
    is_used = forms.BooleanField(label=_("In use"), required=False, initial=True)


def _fresh(matter: CoordinationRequest, user: User) -> dict[str, Any]:
    own = user.department.pk if user.department else None
    concerned = matter.participants.exclude(department=own).values_list("department_id", flat=True)
    return {"urgency": matter.urgency, "silence": Silence.ESCALATE, "departments": list(concerned)}


def _of(paper: Circulation) -> dict[str, Any]:
    """What stands in the form of a draft, or of a paper that is to be replaced."""
    rows = paper.countersigns.current().filter(added_by=None)
    return {
        **{name: getattr(paper, name) for name in OF_PAPER},
        "kind": paper.kind_id,
        "question": paper.question_id,
        "departments": list(rows.values_list("department_id", flat=True)),
    }
