"""Form F7: a topic of the agenda."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.forms.plan import MeetingForm, PeopleChoice, offer_table, why
from meetings.models import AgendaItem
from meetings.states import ItemKind
from requests.forms.choices import NOBODY, DepartmentChoice, PersonChoice, offer_people
from requests.models import CoordinationRequest, Question
from requests.states import FINAL_OUTCOMES


class ItemForm(MeetingForm):
    """Form F7: a topic of the agenda."""

    text = forms.CharField(label=_("Topic"), max_length=200, widget=forms.Textarea({"class": "short"}))
    kind = forms.ChoiceField(
        label=_("Kind of topic"),
        choices=ItemKind.choices,
        widget=forms.RadioSelect,
        initial=ItemKind.DECISION,
    )
    question = forms.ModelChoiceField(
        label=_("Core question"), queryset=Question.objects.none(), required=False, empty_label=_("None"),
        help_text=_("What is decided on it reaches the matter when the minutes are published."),
    )  # fmt: skip
    department = DepartmentChoice(label=_("Put by"), required=False)
    presenter = PersonChoice(label=_("Presented by"), required=False)
    length = forms.IntegerField(
        label=pgettext_lazy("length", "Minutes"), min_value=1, max_value=480, initial=10
    )
    suggestion = why(
        _("Suggested conclusion"), _("For a decision: the sentence that the meeting could agree to."),
        required=False, limit=1000,
    )  # fmt: skip
    prior_talks = why(
        _("Settled beforehand"), _("With whom it was talked over, what is agreed and what is still open."),
        required=False, limit=2000,
    )  # fmt: skip
    prior_is_private = forms.BooleanField(label=_("For the chair and the sides only"), required=False)
    interested = PeopleChoice(
        label=_("Interested persons"), required=False,
        help_text=_("Whoever gains or loses by it: they are noted and take no part in deciding it."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        offer_people([self.fields["presenter"]])
        self._offer_the_table()
        self._offer_questions()

    def _offer_the_table(self) -> None:
        if self.meeting is not None:
            offer_table(self.fields["interested"], self.meeting)

    def _offer_questions(self) -> None:
        questions = (
            Question.objects.filter(
                matter__in=CoordinationRequest.objects.visible_to(self.user).filter(
                    stage__in=["preparation", "decision", "execution"]
                )
            )
            .exclude(outcome__in=FINAL_OUTCOMES)
            .select_related("matter")
            .order_by("-matter_id", "order")[:200]
        )
        rows = [(question.pk, f"{question.matter.number} {question.text}") for question in questions]
        field = self.fields["question"]
        field.queryset = Question.objects.visible_to(self.user)  # type: ignore[attr-defined]  # a model choice field has it
        field.choices = [("", NOBODY[1]), *rows]  # type: ignore[attr-defined]  # a choice field has it


class ChangeItemForm(ItemForm):
    """A topic put differently; its matter stays, and so does what was settled beforehand for others to read."""

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        self.item = item
        super().__init__(*args, **kwargs)

    def start(self) -> dict[str, Any]:
        item = self.item
        prior = getattr(item, "prior_shown", None)
        return {
            **{name: getattr(item, name) for name in ("text", "kind", "length", "suggestion")},
            "department": item.department_id, "presenter": item.presenter_id,
            "interested": [person.pk for person in item.interested.all()],
            "prior_talks": prior.text if prior else "", "prior_is_private": bool(prior and prior.is_private),
        }  # fmt: skip

    def prepare(self) -> None:
        super().prepare()
        del self.fields["question"]
        if hasattr(self.item, "prior_talk") and not self.start()["prior_talks"]:
            del self.fields["prior_talks"], self.fields["prior_is_private"]
