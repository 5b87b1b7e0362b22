"""Form F6: the plan of a meeting, the notice, another day, people and topics."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.reasons import IN_SHORT, LEAST
from meetings import house
from meetings.models import Meeting
from meetings.states import Capacity, MeetingKind, Reply
from organization import people
from organization.models import Committee, User
from organization.states import PostKind
from pages.forms import OfficeForm
from requests.forms.choices import NOBODY, PersonChoice, offer_people
from requests.models import CoordinationRequest, Question
from requests.states import FINAL_OUTCOMES
from supervision.states import Urgency

AT_TABLE = (
    PostKind.HEAD, PostKind.LIAISON, PostKind.DEPUTY_LIAISON, PostKind.LEADER, PostKind.OFFICER, PostKind.OFFICE_HEAD,
    PostKind.SECRETARY, PostKind.ARBITER,
)  # fmt: skip


def why(label: Any, hint: Any = "", *, required: bool = True, limit: int = IN_SHORT) -> forms.CharField:
    """Why something is so; where it has to be said, held early to what the flow insists on."""
    return forms.CharField(
        label=label,
        help_text=hint,
        min_length=LEAST if required else None,
        max_length=limit,
        required=required,
        widget=forms.Textarea({"class": "short"}),
    )


class PeopleChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # the stubs want a model, Django takes none
    """Several people as boxes, each with the department; only those who usually sit at a table."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.active(), widget=forms.CheckboxSelectMultiple, **kwargs)


def usual_people() -> dict[int, str]:
    """Those who usually sit at a table, by department."""
    people = User.objects.active().filter(posts__until=None, posts__kind__in=AT_TABLE)
    chosen = people.values_list("pk", "posts__department__name", "name", "posts__department__order")
    rows: dict[int, str] = {}
    for pk, department, name, _order in sorted(chosen, key=lambda row: (row[3], row[1], row[2])):
        rows.setdefault(pk, f"{department} {name}")
    return rows


def offer_table(field: Any, meeting: Meeting, others: dict[int, str] | None = None) -> None:
    """Who was invited, in the order of the seats, then the others."""
    rows = {
        row.person_id: f"{row.department_name} {row.person.name}"
        for row in meeting.invitations.for_meeting_page()
    }
    field.choices = list((rows | {pk: name for pk, name in (others or {}).items() if pk not in rows}).items())


class MeetingForm(OfficeForm):
    """A form of one verb on a meeting."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, meeting: Meeting | None = None, reader: User | None = None, **kwargs: Any
    ) -> None:
        self.meeting, self.reader = meeting, reader
        super().__init__(*args, **{"initial": self.start(), **kwargs})
        self.prepare()

    def start(self) -> dict[str, Any]:
        """What stands in the empty form."""
        return {}

    def prepare(self) -> None:
        """Fit the choices to the meeting."""


class NothingForm(MeetingForm):
    """A button and its sentence."""


class ReasonForm(MeetingForm):
    reason = why(_("Reason"))


class PlanForm(MeetingForm):
    """Time, place, chair and recorder; the flow looks for clashes."""

    title = forms.CharField(label=_("Name of the meeting"), max_length=80)
    kind = forms.ChoiceField(
        label=_("Kind of meeting"), choices=MeetingKind.choices, widget=forms.RadioSelect
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=Urgency.choices, widget=forms.RadioSelect,
        help_text=_("Normal: notice 3 working days before; urgent: 1; extra urgent: 2 hours."),
    )  # fmt: skip
    committee = forms.ModelChoiceField(
        label=_("Committee"),
        queryset=Committee.objects.active(),
        required=False,
        empty_label=_("No committee"),
    )
    starts_at = forms.DateTimeField(label=_("Begins at"), help_text=_("Date and time like 2026-11-21 14:30."))
    ends_at = forms.DateTimeField(label=_("Ends at"), help_text=_("On the same day as a rule."))
    place = forms.CharField(
        label=_("Place"), max_length=80, required=False, help_text=_("Building and room.")
    )
    link = forms.URLField(
        label=_("Link for joining online"), required=False, assume_scheme="https",
        help_text=_("Place or link: at least one before the notice goes out."),
    )  # fmt: skip
    chair = PersonChoice(label=_("Chair"), help_text=_("Opens, closes and signs the minutes."))
    recorder = PersonChoice(
        label=_("Recorder"), help_text=_("Notes the results and drafts the minutes; never the chair.")
    )
    contact = PersonChoice(
        label=_("Contact person"),
        required=False,
        help_text=_("Whom people ask; left empty: whoever plans it."),
    )
    preparation = why(_("What to prepare"), required=False, limit=2000)
    leave_rules = why(
        _("Leave and substitutes"), _("Printed on the notice; left empty: the rules of the house."),
        required=False, limit=1000,
    )  # fmt: skip
    clash_reason = why(
        _("Why it has to be at that time"), _("Only when people or the room are taken then."), required=False
    )

    def start(self) -> dict[str, Any]:
        meeting = self.meeting
        if meeting is None:
            return {
                "kind": MeetingKind.SPECIAL, "urgency": Urgency.NORMAL, "leave_rules": house.leave_rules(),
            }  # fmt: skip
        names = (
            "title",
            "kind",
            "urgency",
            "starts_at",
            "ends_at",
            "place",
            "link",
            "preparation",
            "leave_rules",
            "clash_reason",
        )
        return {
            **{name: getattr(meeting, name) for name in names},
            "committee": meeting.committee_id, "chair": meeting.chair_id, "recorder": meeting.recorder_id,
            "contact": meeting.contact_id,
        }  # fmt: skip

    def prepare(self) -> None:
        offer_people([self.fields[name] for name in ("chair", "recorder", "contact")])


class OfficersForm(MeetingForm):
    """Another chair or recorder, as the plan names them."""

    chair = PersonChoice(label=_("Chair"), help_text=_("Opens, closes and signs the minutes."))
    recorder = PersonChoice(
        label=_("Recorder"), help_text=_("Notes the results and drafts the minutes; never the chair.")
    )
    reason = why(_("Reason"))
    clash_reason = why(
        _("Why it has to be at that time"), _("Only when people or the room are taken then."), required=False
    )

    def start(self) -> dict[str, Any]:
        return {"chair": self.meeting.chair_id, "recorder": self.meeting.recorder_id} if self.meeting else {}

    def prepare(self) -> None:
        offer_people([self.fields["chair"], self.fields["recorder"]])


class NewMeetingForm(PlanForm):
    """The plan with its people and the questions of the matter it is called for."""

    attendees = PeopleChoice(
        label=_("Attending"), required=False, help_text=_("More people can be invited afterwards.")
    )
    questions = forms.ModelMultipleChoiceField(
        label=_("Topics"), queryset=Question.objects.none(), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Each core question becomes a topic of its own."),
    )  # fmt: skip

    def __init__(self, *args: Any, matter: CoordinationRequest | None = None, **kwargs: Any) -> None:
        self.matter = matter
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        super().prepare()
        self.fields["attendees"].choices = list(usual_people().items())  # type: ignore[attr-defined]  # a choice field has it
        if self.matter is None:
            del self.fields["questions"]
            return
        questions = self.matter.questions.exclude(outcome__in=FINAL_OUTCOMES)
        self.fields["questions"].queryset = questions  # type: ignore[attr-defined]  # a model choice field has it
        self.initial.setdefault("questions", list(questions.values_list("pk", flat=True)))


class CallForm(MeetingForm):
    answer_by = forms.DateTimeField(
        label=_("Answers until"), required=False, help_text=_("Left empty: the next working day.")
    )
    notice_reason = why(
        _("Why the notice is short"), _("Only when it goes out later than the rule allows."), required=False
    )
    clash_reason = why(
        _("Why it has to be at that time"), _("Only when people or the room are taken then."), required=False
    )


class OpenForm(MeetingForm):
    quorum_reason = why(
        _("Why it opens without a quorum"), _("Only when people are missing."), required=False
    )


class PostponeForm(MeetingForm):
    starts_at = forms.DateTimeField(label=_("Begins at"), help_text=_("Date and time like 2026-11-21 14:30."))
    ends_at = forms.DateTimeField(label=_("Ends at"), help_text=_("On the same day as a rule."))
    reason = why(_("Reason"))
    clash_reason = why(
        _("Why it has to be at that time"), _("Only when people or the room are taken then."), required=False
    )


class AnswerForm(MeetingForm):
    reply = forms.ChoiceField(
        label=_("Your answer"), choices=[choice for choice in Reply.choices if choice[0] != Reply.WAITING],
        widget=forms.RadioSelect,
    )  # fmt: skip
    substitute = PersonChoice(
        label=_("Substitute"), required=False, help_text=_("From your own department, with power to decide.")
    )
    proxy_text = why(
        _("Proxy"), _("What the substitute may decide; left empty: everything on the agenda."), required=False,
        limit=300,
    )  # fmt: skip
    proxy_file = forms.FileField(
        label=_("Proxy on paper"), required=False, help_text=_("Only where your department wants it signed.")
    )
    reason = why(_("Reason for leave"), required=False)

    def prepare(self) -> None:
        """The flow takes nobody from elsewhere, nor whoever is invited already."""
        seats = list(self.meeting.invitations.all()) if self.meeting else []
        own = [row for row in seats if self.reader is not None and row.person_id == self.reader.pk]
        taken = {row.person_id for row in seats if row.stands_for_id not in {seat.pk for seat in own}}
        there = people.colleagues(row.department_id for row in own if row.department_id)
        groups = {row.department_name: there.get(row.department_id or 0, []) for row in own}
        free = [(name, [one for one in known if one[0] not in taken]) for name, known in groups.items()]
        self.fields["substitute"].choices = [NOBODY, *free]  # type: ignore[attr-defined]  # a choice field has it


class InviteForm(MeetingForm):
    person = PersonChoice(label=_("Person"))
    capacity = forms.ChoiceField(
        label=_("Comes as"), widget=forms.RadioSelect, initial=Capacity.ATTEND,
        choices=[choice for choice in Capacity.choices if choice[0] in (Capacity.ATTEND, Capacity.SIT_IN)],
    )  # fmt: skip
    is_required = forms.BooleanField(label=_("Has to come"), required=False, initial=True)

    def prepare(self) -> None:
        offer_people([self.fields["person"]])
