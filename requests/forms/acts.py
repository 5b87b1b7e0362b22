"""The small forms of the verbs: one each, named like the verb."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.reasons import LEAST, MOST
from organization import people
from organization.collisions import fingerprint
from organization.models import User
from pages.forms import OfficeForm, Phrased, seen_field
from requests import lead_time
from requests.flows.prepare import seen_of
from requests.forms.choices import NOBODY, DepartmentChoice, DepartmentsChoice, PersonChoice, offer_people
from requests.forms.file import FilesField
from requests.models import CoordinationRequest, Participant, Question
from requests.priority import formula
from requests.states import GapCode, Handling, Opinion
from supervision.states import Urgency

BRACKETS = str.maketrans("[]()（）［］【】", "〔〕" * 5)
MARKS = [(mark, str(mark)) for mark in range(1, 6)]


def words(
    label: Any, limit: int, hint: Any = "", *, short: bool = True, least: int | None = None
) -> forms.CharField:
    """A text that has to be written, with its counter."""
    widget = forms.Textarea({"class": "short"} if short else {})
    return forms.CharField(label=label, help_text=hint, widget=widget, max_length=limit, min_length=least)


def said(label: Any, limit: int, hint: Any = "", *, least: int | None = None) -> forms.CharField:
    """An opinion, an answer: it has to be written, and stock phrases are offered beside it."""
    field = words(label, limit, hint, least=least)
    field.widget = Phrased({"class": "short"})
    return field


def why(label: Any, limit: int = MOST, hint: Any = "") -> forms.CharField:
    """The reason of an act, held early to what its flow insists on (`audit.reasons`)."""
    return said(label, limit, hint, least=LEAST)


def if_any(label: Any, limit: int, hint: Any = "") -> forms.CharField:
    """One that may stay empty."""
    field = said(label, limit, hint)
    field.required = False
    return field


def marks(label: Any, hint: Any = "") -> forms.TypedChoiceField:
    """A mark from 1 to 5."""
    return forms.TypedChoiceField(
        label=label, help_text=hint, choices=MARKS, coerce=int, widget=forms.RadioSelect
    )


class ActForm(OfficeForm):
    """A form of one verb. What it needs to know of the matter it takes from `matter`."""

    use_required_attribute = False

    def __init__(self, *args: Any, matter: CoordinationRequest, **kwargs: Any) -> None:
        self.matter = matter
        super().__init__(*args, **{"initial": self.start(matter), **kwargs})
        self.prepare(matter)

    def start(self, matter: CoordinationRequest) -> dict[str, Any]:
        """What stands in the empty form."""
        return {}

    def prepare(self, matter: CoordinationRequest) -> None:
        """Fit the choices to the matter."""


class NothingForm(ActForm):
    """A button and its sentence."""


class DepartmentsForm(ActForm):
    lead_department = DepartmentChoice(
        label=_("Lead department"), help_text=_("Who profits most, or has the duty by its charter.")
    )
    co_departments = DepartmentsChoice(label=_("Co-handling departments"), required=False)

    def start(self, matter: CoordinationRequest) -> dict[str, Any]:
        rows = list(matter.participants.all())
        return {
            "lead_department": matter.lead_department_id,
            "co_departments": [row.department_id for row in rows if row.role == "co"],
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lead = cleaned.get("lead_department")
        # The lead takes part anyway: ticking it again is no mistake worth a word.
        cleaned["co_departments"] = [row for row in cleaned.get("co_departments", ()) if row != lead]
        return cleaned


class AcceptForm(DepartmentsForm):
    fit = marks(_("Strategic fit"), _("1 is low, 5 is high."))
    feasibility = marks(_("Feasibility"))
    complexity = marks(_("Complexity"))
    risk = marks(_("Risk"), _("What happens, and to how many, if nothing is done."))
    resource_limits = marks(
        _("Limits of resources"), _("1 there is enough, 5 people, money or things are scarce.")
    )
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        choices=[("", _("As the formula says")), *MARKS],
        coerce=int,
        empty_value=None,
        required=False,
    )
    priority_reason = if_any(
        _("Why another priority"), 200, _("Only when you choose another one than the formula.")
    )
    assessment = said(_("Assessment"), 500, _("One sentence: why it is taken on like this."))
    handling = forms.ChoiceField(
        label=_("Track"), choices=Handling.choices, widget=forms.RadioSelect, required=False,
        help_text=_("Simple: this acceptance and one sheet, no meeting. Not for major matters, at most 3 departments, nobody objects."),
    )  # fmt: skip
    handling_reason = if_any(_("Why the simple track"), 200)
    facts = if_any(_("Facts checked"), 2000, _("Simple track only: the departments read it on the sheet."))
    question = if_any(
        _("The question to the departments"), 200, _("Simple track only: one question that can be agreed to.")
    )

    def prepare(self, matter: CoordinationRequest) -> None:
        super().prepare(matter)
        self.fields["priority"].help_text = formula()
        for name in ("handling", "handling_reason", "facts", "question"):
            self.fields[name].needed_at_times = True  # type: ignore[attr-defined]  # read by the page of a form

    def clean_handling(self) -> str:
        return self.cleaned_data["handling"] or Handling.FULL

    def start(self, matter: CoordinationRequest) -> dict[str, Any]:
        wished = list(matter.wished_departments.values_list("pk", flat=True))
        return {
            "handling": Handling.FULL,
            "lead_department": matter.suggested_lead_id or matter.filed_by_department_id,
            "co_departments": wished,
        }


class GapForm(OfficeForm):
    use_required_attribute = False
    code = forms.ChoiceField(label=_("What is missing"), choices=[NOBODY, *GapCode.choices])
    text = said(_("What the applicant should add"), 300, _("So that one reading is enough to mend it."))


# Where unmet conditions name gaps already.
MoreGapsFormSet = forms.formset_factory(GapForm, extra=0, can_delete=True, max_num=10)
# The empty row says itself what it lacks; no row at all is refused by the flow.
GapFormSet = forms.formset_factory(GapForm, extra=0, min_num=1, can_delete=True, max_num=10)


class UrgencyForm(ActForm):
    confirm = forms.TypedChoiceField(
        label=pgettext_lazy("urgency", "Extra urgent"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("Confirm it")), ("no", _("It stays urgent"))],
    )  # fmt: skip
    reason = if_any(pgettext_lazy("form", "Reason"), 200, _("Needed when it is not confirmed."))


class WishMeetingForm(ActForm):
    reason = why(
        _("What is to be settled"), 200, _("It stands on the agenda as the question of the meeting.")
    )


class AskReviewForm(ActForm):
    reason = why(
        _("Why it should be looked at again"),
        500,
        _("What the refusal has overlooked, or what is new; facts and papers."),
    )


class ReviewForm(ActForm):
    overturn = forms.TypedChoiceField(
        label=_("Outcome"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("no", _("Uphold the refusal")), ("yes", _("Overturn it"))],
    )  # fmt: skip
    reason = why(
        pgettext_lazy("form", "Reason"), 500, _("Answer what the applicant wrote; the applicant reads it.")
    )


class KeeperForm(ActForm):
    keeper = PersonChoice(label=_("Case officer"), help_text=_("Somebody of the coordination office."))
    reason = why(pgettext_lazy("form", "Reason"), 200)
    seen = seen_field()

    def start(self, matter: CoordinationRequest) -> dict[str, Any]:
        return {"seen": fingerprint(matter.keeper_id)}

    def prepare(self, matter: CoordinationRequest) -> None:
        # Whoever has become keeper meanwhile is told of by the flow, with who named them.
        but_not = (matter.filed_by_id,) if self.is_bound else (matter.filed_by_id, matter.keeper_id)
        offered = [(person.pk, person.name) for person in people.officers() if person.pk not in but_not]
        self.fields["keeper"].choices = [NOBODY, *offered]  # type: ignore[attr-defined]  # a choice field has it


class AnnounceMergeForm(ActForm):
    """The main matter by its number, in whatever brackets it was typed."""

    main = forms.CharField(
        label=_("Main matter"),
        help_text=_("The number of the matter that goes on."),
        max_length=30,
    )
    reason = why(
        pgettext_lazy("form", "Reason"), 300, _("Why the two are one thing. The applicants of both read it.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The flow takes the id; a number that leads nowhere, or to what may not be seen, is refused there."""
        cleaned = super().clean() or {}
        number = cleaned.pop("main", "").translate(BRACKETS).replace(" ", "")
        seen = CoordinationRequest.objects.visible_to(self.user)
        return {**cleaned, "main_id": seen.filter(number=number).values_list("pk", flat=True).first() or 0}


class CallOffMergeForm(ActForm):
    reason = why(pgettext_lazy("form", "Reason"), 300, _("Why the two are not one thing."))


class WithdrawForm(ActForm):
    reason = why(pgettext_lazy("form", "Reason"), 500, _("Everybody who takes part in it will read it."))


class SuspendForm(ActForm):
    reason = why(pgettext_lazy("form", "Reason"), 500, _("What has to happen before it can go on."))
    until = forms.DateField(label=_("Expected restart"), help_text=_("At most 20 working days ahead."))
    interim_measure = said(_("Interim measure"), 500, _("What holds until then, or “none needed” and why."))


class ResumeForm(ActForm):
    reason = if_any(pgettext_lazy("form", "Note"), 500)


class PrepareForm(ActForm):
    facts = words(_("Facts checked"), 2000, _("What is established, and by whom."), short=False)
    scope = words(_("Scope"), 2000)
    expected_goal = words(_("Expected goal"), 500)
    questions = forms.CharField(
        label=_("Core questions"),
        help_text=_("One in each line: what has to be decided, put as a question."),
        widget=forms.Textarea({"rows": 4}),
    )

    seen = seen_field()

    def start(self, matter: CoordinationRequest) -> dict[str, Any]:
        return {
            "seen": seen_of(matter),
            "facts": matter.facts,
            "scope": matter.scope or matter.initial_scope,
            "expected_goal": matter.expected_goal or matter.goal,
            "questions": "\n".join(row.text for row in matter.questions.all()),
        }

    def clean_questions(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip()]
        long = [number for number, line in enumerate(lines, start=1) if len(line) > 200]
        if long:
            raise forms.ValidationError(
                _("Question %(number)s is longer than 200 characters. Shorten it."),
                params={"number": long[0]},
            )
        return lines


class OpinionForm(ActForm):
    opinion = forms.ChoiceField(label=_("Opinion"), choices=Opinion.choices, widget=forms.RadioSelect)
    reason = if_any(
        _("Reason or condition"), 1000, _("Needed unless you agree; the others answer to what stands here.")
    )

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        given = {"opinion": participant.opinion, "reason": participant.opinion_reason}
        super().__init__(*args, initial=given, **kwargs)


class StartDecisionForm(ActForm):
    override_reason = if_any(
        _("Why it cannot wait"),
        300,
        _("Only where the material arrived too short a time ago and it is urgent."),
    )

    def prepare(self, matter: CoordinationRequest) -> None:
        """Nobody is asked for a reason that would not count, or that nobody needs."""
        if lead_time.is_over(matter) or not lead_time.may_be_cut(matter):
            del self.fields["override_reason"]


class DecideForm(ActForm):
    resolution = said(_("Resolution"), 1000, _("What is settled, in sentences that can be carried out."))


class SendBackForm(ActForm):
    reason = why(_("What is missing"), 500)


class ItemForm(ActForm):
    """Form F10: one owner, one day, one standard."""

    text = words(_("What is to be done"), 300, _("10 to 300 characters: one thing that one person can do."))
    standard = words(_("Standard of delivery"), 300, _("By what one sees that it is done."))
    department = DepartmentChoice(label=_("Responsible department"))
    assignee = PersonChoice(label=_("Responsible person"))
    due_on = forms.DateField(label=_("Due date"), help_text=_("A working day."))
    verifier = PersonChoice(
        label=_("Verifier"), help_text=_("Not the responsible person. Empty: the office."), required=False
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=Urgency.choices, widget=forms.RadioSelect, initial=Urgency.NORMAL
    )
    report_every = forms.IntegerField(
        label=_("Reporting cycle"), required=False, min_value=1,
        help_text=_("Working days from one report to the next. Empty: 5, urgent 2, extra urgent 1."),
    )  # fmt: skip
    question = forms.ModelChoiceField(
        label=_("Core question"), queryset=Question.objects.none(), required=False, empty_label=NOBODY[1]
    )
    co_departments = DepartmentsChoice(label=_("Supporting departments"), required=False)

    def start(self, matter: CoordinationRequest) -> dict[str, Any]:
        return {"department": matter.lead_department_id}

    def prepare(self, matter: CoordinationRequest) -> None:
        question: Any = self.fields["question"]
        question.queryset = Question.objects.filter(matter=matter)
        offer_people([self.fields["assignee"], self.fields["verifier"]])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["co_departments"] = tuple(cleaned.get("co_departments", ()))
        return cleaned


class CompleteForm(ActForm):
    summary = said(_("What was reached"), 500, _("A sentence or two, measured by the goal above."))


class ConfirmForm(ActForm):
    feedback = if_any(_("A word on it"), 500)


class ObjectForm(ActForm):
    defects = said(_("What is missing"), 500, _("Measured by the goal; new action items answer to it."))


class SurveyForm(ActForm):
    speed = marks(_("Speed of response"), _("1 very dissatisfied, 5 very satisfied."))
    attitude = marks(_("Attitude"))
    quality = marks(_("Competence and quality"))
    information = marks(_("Information"))
    support = marks(_("Cooperation and support"))
    overall = marks(_("Overall"))
    reason = if_any(_("Reason for low marks"), 500, _("Needed where a mark is 1 or 2."))
    suggestion = if_any(_("Suggestion"), 500)

    def clean(self) -> dict[str, Any]:
        """The flow takes the six marks as one thing."""
        cleaned = super().clean() or {}
        words = {name: cleaned.pop(name, "") for name in ("reason", "suggestion")}
        return {"marks": cleaned, **words}


class FilesForm(ActForm):
    papers = FilesField(
        label=_("Files"), help_text=_("pdf, docx, xlsx, csv, png, jpg, txt; each at most 20 MB.")
    )
