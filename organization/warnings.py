"""What is missing in the organization before work can flow: shown to whoever can mend it (R002, R006)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.acting import today
from organization.models import Committee, Department, User
from organization.states import CommitteeKind, DepartmentKind, PostKind


@dataclass(frozen=True)
class Lack:
    """One thing that is missing, and whose it is."""

    kind: str
    sentence: str | Promise
    department: Department | None = None
    committee: Committee | None = None

    @property
    def name(self) -> str:
        return str(self.department or self.committee or "")


NO_OFFICE = _("No department is the coordination office: nothing can be filed.")
NO_LIAISON = _("No liaison: what comes in goes to the head.")
NOBODY = _("Neither liaison nor head: what comes in reaches nobody.")
INACTIVE_HEAD = _("The account of the head is closed.")
NO_HEAD = _("No head.")
NO_CHAIR = _("No chair who can log in.")
OUT_OF_TERM = _("The term has ended.")


def warnings() -> list[Lack]:
    """Everything that is missing, the gravest first. Five queries, however large the house."""
    found = [] if Department.objects.coordination_office().exists() else [Lack("no_office", NO_OFFICE)]
    return found + _of_departments() + _of_committees()


def _of_departments() -> list[Lack]:
    # The coordination office needs no liaison: its officers take what comes in.
    departments = list(Department.objects.active().exclude(kind=DepartmentKind.TOP))
    headed = _held(PostKind.HEAD, PostKind.OFFICE_HEAD)
    heads_on_paper = set(
        User.objects.filter(
            posts__kind__in=[PostKind.HEAD, PostKind.OFFICE_HEAD], posts__until=None, is_active=False
        ).values_list("posts__department", flat=True)
    )
    served = _held(PostKind.LIAISON, PostKind.DEPUTY_LIAISON)
    found: list[Lack] = []
    for department in departments:
        if department.pk in heads_on_paper - headed:
            found.append(Lack("inactive_head", INACTIVE_HEAD, department))
        if department.pk not in served and not department.is_coordination_office:
            lost = department.pk not in headed
            found.append(Lack("no_liaison", NOBODY if lost else NO_LIAISON, department))
        elif department.pk not in headed | heads_on_paper:
            found.append(Lack("no_head", NO_HEAD, department))
    return found


def _held(*kinds: str) -> set[int]:
    """Departments where an active person holds one of these posts."""
    return set(
        User.objects.active()
        .filter(posts__kind__in=kinds, posts__until=None)
        .values_list("posts__department", flat=True)
    )


def _of_committees() -> list[Lack]:
    active = Committee.objects.active()
    chairless = active.filter(Q(chair=None, kind=CommitteeKind.STANDING) | Q(chair__is_active=False))
    return [
        *(Lack("no_chair", NO_CHAIR, committee=committee) for committee in chairless),
        *(
            Lack("out_of_term", OUT_OF_TERM, committee=committee)
            for committee in active.filter(term_until__lt=today())
        ),
    ]
