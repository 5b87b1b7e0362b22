"""Forms of the action item: reports, extensions, checking, handing over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from documents.models import File
from organization import people
from organization.collisions import fingerprint
from organization.models import User
from pages.forms import OfficeForm, Phrased, seen_field
from requests.acceptance_rules import lines_of
from requests.acceptance_states import Judgement, Severity
from requests.forms.choices import DepartmentChoice, PersonChoice, offer_people
from requests.models import ActionItem, Release
from requests.prefill import report_start

# What does not pass is sent back, on its own page.
PASSING = [(one.value, one.label) for one in (Judgement.MET, Judgement.MOSTLY)]


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; what a file may be is the business of `documents`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SeveralFiles(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            super().clean(None, initial)
        return [super(FilesField, self).clean(one, initial) for one in given]


class ItemForm(OfficeForm):
    """A form on one item; `item` is there for choices and hints that depend on it."""

    def __init__(self, *args: Any, item: ActionItem, **kwargs: Any) -> None:
        self.item = item
        super().__init__(*args, **kwargs)


class AcknowledgeForm(ItemForm):
    """A lone button."""


class StartForm(ItemForm):
    first_step = forms.CharField(
        label=_("First step"), widget=Phrased,
        help_text=_("What is done first, by whom, until when."),
    )  # fmt: skip


class ReportForm(ItemForm):
    """Form F12, with what was said last time as the start: whoever has little to add changes two fields."""

    percent = forms.IntegerField(
        label=_("Completed (%)"), min_value=0, max_value=100, help_text=_("A number from 0 to 100.")
    )
    done = forms.CharField(
        label=_("Done so far"), widget=Phrased,
        help_text=_("What has been reached since the last report; facts and figures."),
    )  # fmt: skip
    next_step = forms.CharField(
        label=_("Next step"), max_length=200, required=False, help_text=_("Not needed at 100 %.")
    )
    next_on = forms.DateField(label=_("Next step by"), required=False)
    difficulty = forms.CharField(
        label=_("Difficulty"), widget=Phrased, required=False, help_text=_("If there is none, write “none”.")
    )  # fmt: skip
    coordination = forms.CharField(
        label=_("To be coordinated"), widget=forms.Textarea, required=False,
        help_text=_("Who has to do what, and what stands in the way. What stands here reaches the office at once."),
    )  # fmt: skip
    expected_on = forms.DateField(
        label=_("Expected completion"), required=False,
        help_text=_("A working day. Later than the due date: ask for a later date as well."),
    )  # fmt: skip
    risk_change = forms.CharField(label=_("Change of the risks"), widget=forms.Textarea, required=False)
    evidence = FilesField(label=_("Evidence"), required=False)
    lower_reason = forms.CharField(
        label=_("Why less than before"), max_length=200, required=False,
        help_text=_("Only when the percentage is lower than last time."),
    )  # fmt: skip

    def __init__(self, *args: Any, item: ActionItem, **kwargs: Any) -> None:
        kwargs.setdefault("initial", report_start(item))
        super().__init__(*args, item=item, **kwargs)
        for name in ("next_step", "next_on", "difficulty", "expected_on"):
            # The flow says when they may be empty; to call them optional would mislead.
            self.fields[name].needed_at_times = True  # type: ignore[attr-defined]
        for name in ("difficulty", "coordination", "risk_change"):
            self.fields[name].widget.attrs["rows"] = 2


class HelpForm(ReportForm):
    """A report that asks the office to coordinate: that comes first, and is needed."""

    field_order = ["coordination", "done", "percent", "next_step", "next_on", "difficulty", "expected_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coordination"].required = True


class SubmitForm(ItemForm):
    result = forms.CharField(
        label=_("Result against the standard"), widget=Phrased,
        help_text=_("Go through the standard point by point: what was reached, how one can see it."),
    )  # fmt: skip
    evidence = FilesField(label=_("Evidence"), required=False)
    evidence_note = forms.CharField(
        label=_("Note on the evidence"), widget=forms.Textarea, required=False,
        help_text=_("Only when no paper shows it: where and how the result can be checked."),
    )  # fmt: skip

    def __init__(self, *args: Any, item: ActionItem, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        papers = File.objects.of(ActionItem.SUBJECT, item.pk).newest_versions().count()
        self.fields["evidence"].help_text = (
            ngettext(
                "%(n)d file is attached to the item already; add more if it does not show everything.",
                "%(n)d files are attached to the item already; add more if they do not show everything.",
                papers,
            )
            % {"n": papers}
            if papers
            else gettext("Photographs, lists, signed papers; several files at once are fine.")
        )


class AttachForm(ItemForm):
    evidence = FilesField(label=_("Files"), help_text=_("Several files at once are fine."))


def judgement(label: Any, offered: Any, start: str) -> forms.ChoiceField:
    """One of the judgements of the acceptance sheet (F14); that of time is made by the system."""
    return forms.ChoiceField(label=label, choices=offered, initial=start, widget=forms.RadioSelect)


class CloseForm(ItemForm):
    """The acceptance sheet of what passes; whoever finds everything met leaves it as it stands."""

    completeness = judgement(_("Completion"), PASSING, Judgement.MET)
    quality = judgement(pgettext_lazy("acceptance", "Quality"), PASSING, Judgement.MET)
    note = forms.CharField(
        label=_("What was checked"), widget=Phrased, required=False,
        help_text=_("How the result was compared with the standard."),
    )  # fmt: skip
    defects = forms.CharField(
        label=_("Still to be mended"), widget=forms.Textarea({"rows": 3}), required=False,
        help_text=_("Only when something is mostly met: one defect a line. Each is owed until its day."),
    )  # fmt: skip
    severity = forms.ChoiceField(
        label=_("Severity"), choices=Severity.choices, initial=Severity.MINOR, required=False
    )
    person = PersonChoice(label=_("Mended by"), required=False, help_text=_("Empty: the owner of the item."))
    mend_by = forms.DateField(label=_("To be mended by"), required=False, help_text=_("A working day."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people([self.fields["person"]])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        owed = {
            "severity": given.pop("severity", "") or Severity.MINOR, "person": given.pop("person", None), "due_on": given.pop("mend_by", None),
        }  # fmt: skip
        given["defects"] = [{"text": text, **owed} for text in lines_of(given.get("defects", ""))]
        return given


class SendBackForm(ItemForm):
    """The acceptance sheet of what does not pass."""

    completeness = judgement(_("Completion"), Judgement.choices, Judgement.MISSED)
    quality = judgement(pgettext_lazy("acceptance", "Quality"), Judgement.choices, Judgement.MET)
    defects = forms.CharField(
        label=_("Defects"), widget=Phrased,
        help_text=_("What is missing, measured by the standard; one defect a line."),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("New date"), help_text=_("A working day. The original date stays for the figures.")
    )


class StageForm(ItemForm):
    """The acceptance sheet of a stage, while the work goes on."""

    completeness = judgement(_("Completion"), Judgement.choices, Judgement.MET)
    quality = judgement(pgettext_lazy("acceptance", "Quality"), Judgement.choices, Judgement.MET)
    note = forms.CharField(
        label=_("What was checked"), widget=Phrased,
        help_text=_("Which part was delivered, and how it was compared with the standard."),
    )  # fmt: skip
    defects = forms.CharField(
        label=_("Defects"), widget=forms.Textarea({"rows": 3}), required=False,
        help_text=_("What is to be put right before the end; one defect a line."),
    )  # fmt: skip


class MendedForm(ItemForm):
    how = forms.CharField(
        label=_("How it was mended"), widget=Phrased, help_text=_("What was done, and where one sees it.")
    )


class NotMendedForm(ItemForm):
    reason = forms.CharField(
        label=pgettext_lazy("form", "Reason"),
        widget=Phrased,
        help_text=_("What is still not as it should be."),
    )


class ExtendForm(ItemForm):
    wished_on = forms.DateField(
        label=_("Later date wished"),
        help_text=_("A working day. Up to 5 working days the head decides, up to 10 the leader in charge."),
    )
    reason = forms.CharField(
        label=_("Reason"), widget=Phrased, help_text=_("What has changed since the date was set.")
    )
    progress = forms.CharField(
        label=_("Progress so far"), widget=forms.Textarea, help_text=_("What is done, and what is left.")
    )


class AnswerExtensionForm(OfficeForm):
    approve = forms.TypedChoiceField(
        label=_("Answer"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", pgettext_lazy("extension", "Approve")), ("no", pgettext_lazy("extension", "Deny"))],
    )  # fmt: skip
    answer = forms.CharField(
        label=_("Remark"), widget=Phrased, required=False, help_text=_("A denial needs its reason.")
    )


class ObstacleForm(ItemForm):
    step = forms.CharField(
        label=_("Step"),
        max_length=60,
        help_text=_("Where it is stuck: inquiry, approval of the budget, delivery …"),
    )
    department = DepartmentChoice(
        label=_("Department waited for"), help_text=_("Your own, when it lies with you.")
    )
    text = forms.CharField(
        label=_("What stands in the way"), widget=forms.Textarea, max_length=500,
        help_text=_("The facts, and what would help."),
    )  # fmt: skip
    since = forms.DateField(label=_("Waiting since"), required=False, help_text=_("Empty: today."))


class EndObstacleForm(ItemForm):
    how_ended = forms.CharField(label=_("How it was overcome"), widget=forms.Textarea, max_length=500)


class ReleaseForm(ItemForm):
    right_owner = DepartmentChoice(
        label=_("Whose duty it is"),
        help_text=_("The department that by the duty list or a rule should do it."),
    )
    basis = forms.CharField(
        label=_("Basis"), widget=forms.Textarea, max_length=500,
        help_text=_("The entry of the duty list, the rule or the earlier ruling it rests on."),
    )  # fmt: skip

    def __init__(self, *args: Any, item: ActionItem, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        owners: Any = self.fields["right_owner"]
        owners.queryset = owners.queryset.exclude(pk=item.department_id)


class RuleReleaseForm(OfficeForm):
    grant = forms.TypedChoiceField(
        label=pgettext_lazy("release", "Ruling"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", pgettext_lazy("release", "Grant it")), ("no", pgettext_lazy("release", "Do not grant it"))],
    )  # fmt: skip
    department = DepartmentChoice(label=_("New responsible department"), required=False)
    assignee = PersonChoice(
        label=_("New responsible person"), required=False, help_text=_("Only when it is granted.")
    )
    answer = forms.CharField(
        label=pgettext_lazy("form", "Reason"), widget=forms.Textarea, max_length=500,
        help_text=_("Both departments read it; not granted, it binds."),
    )  # fmt: skip

    def __init__(self, *args: Any, release: Release, **kwargs: Any) -> None:
        speakers = people.liaisons(release.right_owner_id)
        start = {"department": release.right_owner_id, "assignee": speakers[0].pk if speakers else None}
        super().__init__(*args, initial=start, **kwargs)
        offer_people([self.fields["assignee"]])


class ReassignForm(ItemForm):
    assignee = forms.ModelChoiceField(
        label=_("New responsible person"), queryset=User.objects.none(), empty_label=_("Please choose"),
        help_text=_("Somebody of the same department."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Hand-over note"), widget=Phrased,
        help_text=_("Why it passes on, how far it has come, where the papers are."),
    )  # fmt: skip

    seen = seen_field()

    def __init__(self, *args: Any, item: ActionItem, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **{"initial": {"seen": fingerprint(item.assignee_id)}, **kwargs})
        colleagues = User.objects.active().filter(posts__department=item.department_id, posts__until=None)
        # Whoever has got it meanwhile is told of by the flow, with who passed it on.
        but_not = [item.verifier_id or 0, 0 if self.is_bound else item.assignee_id]
        self.fields["assignee"].queryset = (  # type: ignore[attr-defined]  # a model choice field has it
            colleagues.exclude(pk__in=but_not).distinct().order_by("name")
        )


class SuspendItemForm(ItemForm):
    reason = forms.CharField(
        label=pgettext_lazy("form", "Reason"),
        widget=Phrased,
        help_text=_("What has to happen before it can go on."),
    )
    until = forms.DateField(label=_("Expected restart"), help_text=_("At most 20 working days ahead."))


class StaySuspendedForm(ItemForm):
    reason = forms.CharField(
        label=pgettext_lazy("form", "Reason"), widget=Phrased, help_text=_("What you found, and what it still waits for.")
    )  # fmt: skip


class ResumeItemForm(ItemForm):
    reason = forms.CharField(label=pgettext_lazy("form", "Note"), widget=Phrased, required=False)


class CancelForm(ItemForm):
    reason = forms.CharField(
        label=_("Reason"), widget=Phrased, help_text=_("Why it no longer has to be done.")
    )
