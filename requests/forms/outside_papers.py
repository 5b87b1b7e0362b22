"""Forms of the register of outside papers (R066)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.acting import today
from organization.models import User
from pages.forms import OfficeForm, seen_field
from requests.flows.outside_paper_corrections import seen_of_paper
from requests.forms.acts import BRACKETS, why, words
from requests.forms.choices import DepartmentChoice, PersonChoice, offer_people
from requests.forms.file import FilesField
from requests.models import CoordinationRequest, OutsidePaper
from requests.outside_paper_states import OutsideSort, PaperDirection
from requests.states import Confidentiality


def matter_of(number: str) -> int | None:
    """The matter of a typed number, in whatever brackets; 0 where there is none, which the flow refuses."""
    plain = number.translate(BRACKETS).replace(" ", "")
    if not plain:
        return None
    return CoordinationRequest.objects.filter(number=plain).values_list("pk", flat=True).first() or 0


class PaperLineForm(OfficeForm):
    """What a line of the register holds, in the order in which it is read off the paper."""

    use_required_attribute = False

    sort = forms.ChoiceField(
        label=pgettext_lazy("outside paper", "Kind"), choices=OutsideSort.choices, widget=forms.RadioSelect
    )
    unit = forms.CharField(
        label=_("Outside unit"), max_length=80, help_text=_("Where the paper comes from, or where it goes.")
    )
    their_number = forms.CharField(
        label=_("Number on the paper"),
        max_length=60,
        required=False,
        help_text=_("As it stands there, like 〔2026〕15号."),
    )
    title = forms.CharField(label=pgettext_lazy("form", "Title"), max_length=120)
    dated_on = forms.DateField(label=_("Date of the paper"), required=False)
    passed_on = forms.DateField(label=_("Received or sent on"))
    confidentiality = forms.ChoiceField(label=_("Level"), choices=Confidentiality.choices)
    department = DepartmentChoice(label=_("Department that sees to it"), required=False)
    handler = PersonChoice(
        label=_("Person who sees to it"),
        required=False,
        help_text=_("Without one: head and liaison of the department."),
    )
    reply_due_on = forms.DateField(
        label=_("Answer due on"),
        required=False,
        help_text=_("Empty where no answer is asked for; else it is watched."),
    )
    note = words(_("Proposed handling"), 500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = False
        offer_people([self.fields["handler"]])


class RegisterPaperForm(PaperLineForm):
    direction = forms.ChoiceField(
        label=pgettext_lazy("outside paper", "Direction"),
        choices=PaperDirection.choices,
        widget=forms.RadioSelect,
    )
    matter = forms.CharField(
        label=_("Matter"),
        max_length=30,
        required=False,
        help_text=_("Its number, where the paper belongs to one."),
    )
    answers = forms.ModelChoiceField(
        OutsidePaper.objects.none(), label=_("Answers the paper"), required=False,
        help_text=_("The one that waits for this answer; it is settled then."),
    )  # fmt: skip
    papers = FilesField(
        label=_("Scan"), required=False, help_text=_("The paper and its annexes, up to 20 MB each.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        start = {
            "direction": PaperDirection.IN,
            "sort": OutsideSort.OFFICIAL,
            "passed_on": today(),
            "confidentiality": Confidentiality.INTERNAL,
        }
        super().__init__(*args, **{**kwargs, "initial": {**start, **kwargs.get("initial", {})}})
        field: Any = self.fields["answers"]
        field.queryset = OutsidePaper.objects.visible_to(user).waiting()
        field.label_from_instance = lambda paper: f"{paper.number} {paper.unit} {paper.title}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number = cleaned.pop("matter", "")
        return {**cleaned, "matter_id": matter_of(number)}


class CorrectPaperForm(PaperLineForm):
    """The line as it stands, to be put right; direction, matter and answer have their own ways."""

    reason = words(
        pgettext_lazy("form", "Reason"),
        300,
        _("What was written wrongly. It stands in the history beside what was there before."),
    )
    seen = seen_field()

    def __init__(self, *args: Any, paper: OutsidePaper, **kwargs: Any) -> None:
        start = {name: getattr(paper, name) for name in PaperLineForm.base_fields}
        start |= {
            "department": paper.department_id,
            "handler": paper.handler_id,
            "seen": seen_of_paper(paper),
        }
        super().__init__(*args, **{"initial": start, **kwargs})


class LinkPaperForm(OfficeForm):
    use_required_attribute = False

    matter = forms.CharField(
        label=_("Matter"), max_length=30, help_text=_("Its number, like 协〔2026〕41号.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        return {"matter_id": matter_of(cleaned.pop("matter", "")) or 0}


class SettlePaperForm(OfficeForm):
    use_required_attribute = False

    how = words(_("How it was settled"), 300, _("When and how it was answered, or why it needs no answer."))


class StrikePaperForm(OfficeForm):
    use_required_attribute = False

    reason = why(
        pgettext_lazy("form", "Reason"),
        300,
        _("Why the line does not hold. Its number is not given out again."),
    )


class AddToPaperForm(OfficeForm):
    use_required_attribute = False

    papers = FilesField(label=_("Scan"), help_text=_("The paper and its annexes, up to 20 MB each."))
