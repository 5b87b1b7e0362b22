"""Forms of contact sheets (F4) and letters (F5), of the answer to one, and of a passing-on that does not count."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import User
from pages.forms import OfficeForm
from requests.forms.acts import if_any, why, words
from requests.forms.choices import NOBODY, DepartmentChoice, DepartmentsChoice
from requests.forms.file import FilesField
from requests.letter_states import LetterForm, Reply
from requests.models import Addressee, CoordinationRequest, Letter
from requests.states import Confidentiality
from supervision.states import Urgency

LEVELS = Confidentiality.values


class PaperForm(OfficeForm):
    """What both papers have. The rules say what is missing; the form minds the shape."""

    use_required_attribute = False
    # A draft is kept as it is: what is needed is asked for when it is to be signed.
    NEEDED = ("title", "addressees", "content", "request_text", "contact_name", "contact_phone")

    title = forms.CharField(label=pgettext_lazy("form", "Title"), max_length=60)
    addressees = DepartmentsChoice(
        label=_("Addressed to"), help_text=_("Each department named here has to sign for it and to answer.")
    )
    copies = DepartmentsChoice(
        label=_("Copies to"), help_text=_("They read it and owe nothing."), required=False
    )
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, widget=forms.RadioSelect)
    confidentiality = forms.ChoiceField(
        label=pgettext_lazy("secrecy", "level"), choices=Confidentiality.choices
    )
    reply_by = forms.DateField(
        label=_("Answer by"), required=False,
        help_text=_("Left empty, the office's limit counts: 3 working days, urgent 1, extra urgent 4 hours."),
    )  # fmt: skip
    attachment_note = forms.CharField(
        label=_("Note on attachments"), max_length=200, required=False,
        help_text=_("As it is printed. Left empty, the names of the files are printed."),
    )  # fmt: skip
    papers = FilesField(
        label=_("Attachments"),
        required=False,
        help_text=_("What goes along, up to 20 MB each; the departments that receive it read it too."),
    )
    contact_name = forms.CharField(label=_("Contact person"), max_length=40)
    contact_phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)

    def __init__(
        self, *args: Any, matter: CoordinationRequest, letter: Letter | None, user: User, **kwargs: Any
    ) -> None:
        start = _of(letter) if letter else _fresh(matter, user)
        super().__init__(*args, **{"initial": start, **kwargs})
        lowest = LEVELS.index(matter.confidentiality) if matter.confidentiality in LEVELS else 0
        level: Any = self.fields["confidentiality"]
        level.choices = level.choices[lowest:]
        own = letter.department_id if letter else user.department.pk if user.department else None
        for name in ("addressees", "copies"):
            field: Any = self.fields[name]
            field.queryset = field.queryset.exclude(pk=own)
        for name in self.NEEDED:
            if name in self.fields and self.fields[name].required:
                self.fields[name].required = False
                self.fields[name].needed_at_times = True  # type: ignore[attr-defined]  # to call it optional would mislead


class SheetForm(PaperForm):
    """F4, 部门工作联系单."""

    title = forms.CharField(label=_("Subject"), max_length=60)
    content = words(_("What it is about"), 2000, _("What has happened, and why it concerns that department."))
    basis = if_any(_("Basis"), 500, _("The rule, duty or target that it rests on."))
    field_order = ("title", "addressees", "copies", "content", "basis")


class CoordinationLetterForm(PaperForm):
    """F5, 协调函."""

    title = forms.CharField(
        label=pgettext_lazy("form", "Title"), max_length=60, help_text=_("Like “关于明确…的协调函”.")
    )
    content = words(_("Reason"), 2000, _("Why the letter is written."))
    facts = if_any(_("Facts"), 2000)
    difference = if_any(_("Differences"), 2000, _("Where the departments differ so far."))
    request_text = words(_("Requests made"), 2000, _("What the department is asked to do or to say."))
    basis = if_any(_("Basis"), 500, _("The rule, duty or target that it rests on."))
    contact_phone = forms.CharField(label=_("Telephone"), max_length=40)
    reply_to = forms.ModelChoiceField(
        label=_("In answer to"), queryset=Letter.objects.none(), required=False, empty_label=_("Nothing"),
        help_text=_("A letter in answer is only signed for, unless it names a day for an answer itself."),
    )  # fmt: skip
    field_order = ("title", "addressees", "copies", "content", "facts", "difference", "request_text", "basis")

    def __init__(self, *args: Any, matter: CoordinationRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, matter=matter, user=user, **kwargs)
        received = Letter.objects.visible_to(user).filter(
            matter=matter, addressees__department__in=user.authority.departments
        )
        field: Any = self.fields["reply_to"]
        field.queryset = received.exclude(sent_at=None).distinct()
        field.label_from_instance = lambda letter: f"{letter.number} {letter.title}"


FORMS: dict[str, type[PaperForm]] = {
    LetterForm.SHEET.value: SheetForm,
    LetterForm.LETTER.value: CoordinationLetterForm,
}


class AskForm(OfficeForm):
    """One row of 要求事项."""

    use_required_attribute = False

    text = forms.CharField(label=_("Requests made"), max_length=200)
    wished_on = forms.DateField(label=_("Wished by"), required=False)


class AskRows(forms.BaseFormSet):  # type: ignore[type-arg]  # Django's own class takes no argument
    """The rows of what is asked for. One that was not touched, or was struck out, does not count."""

    @property
    def complete(self) -> list[dict[str, Any]]:
        return [
            {"text": form.cleaned_data["text"], "wished_on": form.cleaned_data.get("wished_on")}
            for form in self.forms
            if form.has_changed() and form.is_valid() and not form.cleaned_data.get("DELETE")
        ]


AskFormSet: Any = forms.formset_factory(
    AskForm, formset=AskRows, extra=1, can_delete=True, max_num=20, validate_max=True
)


class AnswerForm(OfficeForm):
    """F4, 回复栏: two clicks when the department agrees."""

    use_required_attribute = False

    reply = forms.ChoiceField(
        label=_("Answer of the department"), choices=Reply.choices, widget=forms.RadioSelect
    )
    reason = if_any(
        _("Reason or condition"), 2000, _("Needed unless you agree; the others have to be able to answer it.")
    )
    proposed_department = DepartmentChoice(
        label=_("Responsible department proposed"), required=False,
        help_text=_("Needed for “not our duty”. Naming one passes the matter on and is counted; the third time calls a meeting."),
    )  # fmt: skip
    result = if_any(_("Result"), 1000, _("What has been done, if anything already has."))
    done_on = forms.DateField(label=_("Completed on"), required=False)

    def __init__(self, *args: Any, addressee: Addressee, **kwargs: Any) -> None:
        start = {
            "reply": addressee.reply, "reason": addressee.reply_reason, "result": addressee.result,
            "proposed_department": addressee.proposed_department_id, "done_on": addressee.done_on,
        }  # fmt: skip
        super().__init__(*args, **{"initial": start, **kwargs})
        field: Any = self.fields["proposed_department"]
        field.queryset = field.queryset.exclude(pk=addressee.department_id)
        field.empty_label = NOBODY[1]


class ReasonForm(OfficeForm):
    """Why it is given back or taken back, or what was routed wrongly."""

    use_required_attribute = False

    reason = why(_("Reason"), 200)


def _fresh(matter: CoordinationRequest, user: User) -> dict[str, Any]:
    return {
        "urgency": matter.urgency,
        "confidentiality": matter.confidentiality,
        "contact_name": user.name,
        "contact_phone": user.phone,
    }


def _of(letter: Letter) -> dict[str, Any]:
    """What stands in the form of a draft, or of a paper that is to be replaced."""
    names = (
        "title", "urgency", "confidentiality", "reply_by", "attachment_note", "contact_name", "contact_phone",
        "content", "facts", "difference", "request_text", "basis",
    )  # fmt: skip
    return {
        **{name: getattr(letter, name) for name in names},
        "reply_to": letter.reply_to_id,
        "addressees": list(letter.addressees.values_list("department_id", flat=True)),
        "copies": list(letter.copies.values_list("pk", flat=True)),
    }


def asks_of(letter: Letter | None, data: Any = None) -> AskRows:
    """The rows as they stand, or as they were sent."""
    rows = [{"text": ask.text, "wished_on": ask.wished_on} for ask in letter.asks.all()] if letter else []
    found: AskRows = AskFormSet(data, initial=rows if data is None else None, prefix="asks")
    return found
