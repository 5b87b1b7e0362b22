"""Choosing departments and people: the same lists on every form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models import Department, Post, User
from pages.prepared import Prepared

NOBODY = ("", gettext_lazy("Please choose"))


class DepartmentChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # the stubs want a model, Django takes none
    """One department in use, not the top of the house."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Department.objects.active().exclude(kind="top"), empty_label=NOBODY[1], **kwargs
        )


class DepartmentsChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # see above
    """Several departments, as boxes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Department.objects.active().exclude(kind="top"),
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


CHOSEN = Prepared(lambda pks: Department.objects.active().exclude(kind="top").filter(pk__in=pks))
LONGEST_ID = len(str(2**63)) - 1


class OtherDepartments(DepartmentsChoice):
    """Several departments beside the own one."""

    own = 0

    def leave_out(self, own: int) -> None:
        offered: Any = self.queryset
        self.own, self.queryset = own, offered.exclude(pk=own)

    def _check_values(self, value: Any) -> Any:
        """Django asks for each of them in turn, then for all; what is wrong with one it says still."""
        chosen = {str(pk) for pk in value}
        if all(pk.isdecimal() and len(pk) < LONGEST_ID for pk in chosen):
            found = [row for row in CHOSEN([int(pk) for pk in chosen]) if row.pk != self.own]
            if chosen == {str(row.pk) for row in found}:
                return found
        return super()._check_values(value)  # type: ignore[misc]  # Django's, which its stubs leave out


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # see above
    """One active person, listed under the department of the main post."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.active(), empty_label=NOBODY[1], **kwargs)


def offer_people(fields: Iterable[forms.Field]) -> None:
    """Fill several person fields from one reading of the posts."""
    offered = [NOBODY, *_people()]
    for field in fields:
        field.choices = offered  # type: ignore[attr-defined]  # a choice field has it


def _people() -> list[tuple[str, list[tuple[int, str]]]]:
    groups: dict[str, dict[int, str]] = {}
    posts = Post.objects.current().filter(is_main=True, user__is_active=True)
    for post in posts.select_related("user", "department").order_by("department__order", "user__name"):
        groups.setdefault(post.department.name, {})[post.user_id] = post.user.name
    outside = User.objects.active().exclude(external_unit=None).order_by("name")
    groups[_("External")] = dict(outside.values_list("pk", "name"))
    return [(name, list(people.items())) for name, people in groups.items() if people]
