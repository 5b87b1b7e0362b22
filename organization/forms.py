"""Shapes of what is typed about departments, people, posts, committees and units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.acting import today
from audit.reasons import IN_SHORT, LEAST
from organization import policies
from organization.external_units import ExternalUnit
from organization.goals import Goal
from organization.models import Committee, Department, User
from organization.states import CommitteeKind, DepartmentKind, PostKind
from pages.forms import OfficeForm


class Person(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """An active person of the house, shown with department."""

    def __init__(self, **kwargs: Any) -> None:
        people = User.objects.active().internal().prefetch_related("posts__department")
        super().__init__(queryset=people, empty_label=_("Nobody"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        # From what was fetched with the list: no query per person.
        posts = sorted(
            (p for p in obj.posts.all() if p.until is None), key=lambda p: (not p.is_main, p.since, p.pk)
        )
        return f"{posts[0].department.name} {obj.name}" if posts else obj.name


class Place(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """A department in use."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Department.objects.active(), **kwargs)


class DepartmentForm(OfficeForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    kind = forms.ChoiceField(
        label=_("Department level"), choices=DepartmentKind.choices, initial=DepartmentKind.OFFICE
    )
    parent = Place(label=_("Superior department"), required=False, empty_label=_("None: stands at the top"))
    leader_in_charge = Person(
        label=_("Leader in charge"),
        required=False,
        help_text=_("Empty: the leader of the superior department."),
    )
    order = forms.IntegerField(
        label=_("Order"),
        min_value=0,
        max_value=9999,
        initial=100,
        help_text=_("Small numbers stand first in lists."),
    )


class NewDepartmentForm(DepartmentForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Short and for good, for example XT. It does not change later."),
    )
    field_order = ("code", "name")


class ChangeDepartmentForm(DepartmentForm):
    is_coordination_office = forms.BooleanField(
        label=_("Is the coordination office"),
        required=False,
        help_text=_("There is one: if another department was it, it no longer is."),
    )


class PersonForm(OfficeForm):
    name = forms.CharField(label=_("Full name"), max_length=40)
    title = forms.CharField(label=_("Position"), max_length=40, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)


class NewPersonForm(PersonForm):
    username = forms.CharField(
        label=_("Login name"),
        max_length=40,
        help_text=_("Staff number or name in pinyin. It does not change later."),
    )
    password = forms.CharField(
        label=_("First password"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters. Empty: the account waits until a password is set."),
    )
    external_unit = forms.ModelChoiceField(
        label=_("External unit"),
        required=False,
        queryset=ExternalUnit.objects.filter(is_active=True),
        empty_label=_("None: a person of the house"),
    )
    field_order = ("username", "name")


class PasswordForm(OfficeForm):
    password = forms.CharField(
        label=_("New password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "At least 10 characters, not only digits, not the person's name. Tell it to the person yourself."
        ),
    )


class ReasonForm(OfficeForm):
    reason = forms.CharField(
        label=_("Reason"),
        min_length=LEAST,
        max_length=IN_SHORT,
        widget=forms.Textarea,
        help_text=_("One sentence; it stays in the log."),
    )


class CloseDepartmentForm(ReasonForm):
    successor = Place(
        label=_("Merged into"),
        required=False,
        empty_label=_("None: no work is left"),
        help_text=_(
            "Its head and liaison take over what is still owed; what was written keeps the old name."
        ),
    )
    field_order = ("successor", "reason")

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["successor"]
        field.queryset = field.queryset.exclude(pk=department.pk)


class AppointForm(OfficeForm):
    """The posts offered are those that this person may give."""

    department = Place(label=_("Department"), empty_label=_("Please choose"))
    kind = forms.ChoiceField(label=_("Post"))
    since = forms.DateField(label=_("Since"), help_text=_("Today or earlier."))
    is_main = forms.BooleanField(label=_("Main post, shown beside the name"), required=False)
    replaces = forms.BooleanField(
        label=_("Replace whoever holds this post now"),
        required=False,
        help_text=_(
            "Head, liaison and head of the office are one person each; the open work goes to the successor."
        ),
    )

    def __init__(self, *args: Any, person: User, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = [kind for kind in PostKind if policies.may_appoint(kind, person, by)]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in allowed]  # type: ignore[attr-defined]
        self.fields["since"].initial = today


class EndPostForm(OfficeForm):
    until = forms.DateField(
        label=_("Ends on"), initial=today, help_text=_("Today or earlier; that day is free already.")
    )
    successor = Person(
        label=_("Who takes the open work over"),
        required=False,
        help_text=_("Empty: whoever speaks for the department then."),
    )


class CommitteeForm(OfficeForm):
    name = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(
        label=_("Kind of committee"), choices=CommitteeKind.choices, initial=CommitteeKind.STANDING
    )
    chair = Person(label=_("Committee chair"), required=False, help_text=_("A standing committee needs one."))
    deputy = Person(label=_("Deputy chair"), required=False)
    secretary = Person(
        label=_("Secretary"),
        required=False,
        help_text=_("Writes the minutes, so never the chair who signs them."),
    )
    lead_department = Place(
        label=_("Lead unit"),
        required=False,
        empty_label=_("No lead unit"),
        help_text=_("A temporary group needs one."),
    )
    members = forms.ModelMultipleChoiceField(
        label=_("Member departments"),
        queryset=Department.objects.active(),
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = forms.CharField(
        label=_("Purpose"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    term_from = forms.DateField(label=_("Works from"), required=False)
    term_until = forms.DateField(label=_("Term until"), required=False)
    end_condition = forms.CharField(
        label=_("Ends when"),
        max_length=200,
        required=False,
        help_text=_("A temporary group writes its goal here, for example: accepted by the asker."),
    )

    @classmethod
    def of(cls, committee: Committee, data: Any) -> CommitteeForm:
        """The form filled with what stands now."""
        names = ("name", "kind", "chair", "deputy", "secretary", "lead_department", "purpose", "term_from")
        values = {name: getattr(committee, name) for name in (*names, "term_until", "end_condition")}
        return cls(data, initial={**values, "members": committee.members.all()})


class UnitForm(OfficeForm):
    name = forms.CharField(label=_("Name"), max_length=80)
    contact = forms.CharField(label=_("Contact"), max_length=120, required=False)


def goals_by_owner(goals: Iterable[Goal]) -> list[tuple[str, list[tuple[int, str]]]]:
    """The goals as a list to choose from: those of the organization first, then department by department."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for goal in goals:
        groups.setdefault(goal.owner or str(_("The whole organization")), []).append((goal.pk, goal.name))
    return list(groups.items())


class GoalChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """One goal of the list in use, listed under its department."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Goal.objects.active(), **kwargs)

    def offer(self, goals: Iterable[Goal]) -> None:
        """Fill the list from one reading of the goals."""
        self.choices = [("", self.empty_label or ""), *goals_by_owner(goals)]


class GoalForm(OfficeForm):
    use_required_attribute = False

    name = forms.CharField(
        label=pgettext_lazy("list of goals", "Goal"),
        max_length=120,
        help_text=_("The yearly task or target, in the words of its paper."),
    )
    department = Place(
        label=_("Whose goal"), required=False, empty_label=_("The whole organization"),
        help_text=_("A department goal names the goal that it serves."),
    )  # fmt: skip
    parent = GoalChoice(label=_("Serves the goal"), required=False, empty_label=_("None: stands at the top"))
    measure = forms.CharField(
        label=_("Measured by"),
        max_length=200,
        required=False,
        help_text=_("Figure, unit and day, if there are any."),
    )

    def __init__(self, *args: Any, goal: Goal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.offer(Goal.objects.active().with_places().exclude(pk=goal.pk if goal else None))


class PhraseTextForm(OfficeForm):
    use_required_attribute = False

    text = forms.CharField(
        label=_("Phrase"), help_text=_("A sentence or two that you often write."), max_length=200,
        widget=forms.Textarea({"class": "short"}),
    )  # fmt: skip


class PhraseForm(PhraseTextForm):
    """A new one: for oneself, or for a department in whose name this person speaks."""

    department = Place(label=_("For whom"), required=False, empty_label=_("Only for me"))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments: Any = self.fields["department"]
        if person.authority.speaks_for:
            departments.queryset = Department.objects.active().filter(pk__in=person.authority.speaks_for)
        else:
            del self.fields["department"]
