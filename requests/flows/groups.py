"""A temporary group is set up for a matter, its members read it, and it dissolves when the matter is archived (R004, R005)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM, now
from audit.flow import flow
from audit.one_by_one import each
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from organization import flows as organization
from organization.models import Department, User
from requests import policies
from requests.flows.shared import let_read, lock, tell_people, tell_story
from requests.models import CoordinationRequest, MatterGroup, Reader
from requests.rules import insist_on_open_matter

GROUP = "group"
PAGE = "requests:group"


@flow
def set_up_group(
    *,
    matter_id: int,
    by: User,
    name: str,
    purpose: str,
    lead_department: Department | None,
    begins_on: date,
    end_condition: str,
    members: Sequence[Mapping[str, Any]],
) -> MatterGroup:
    """R004: one lead unit, at least one member unit, each with the person who sits for it; they read the matter."""
    matter = lock(matter_id)
    if not policies.may_set_up_group(matter, by):
        raise NotYours(_("Only the coordination office sets up a group for a matter."))
    insist_on_open_matter(matter)
    if matter.accepted_at is None:
        raise NotReady(_("A group is set up when the matter has been accepted."))
    if matter.groups.filter(ended_at=None).exists():
        raise NotReady(_("A group works on this matter already."))
    _insist_on_members(lead_department, members)
    committee = organization.set_up_group(
        name=name, purpose=purpose, lead_department_id=lead_department.pk if lead_department else None, by=by,
        end_condition=end_condition, term_from=begins_on, members={row["department"].pk: row["person"].pk for row in members},
    )  # fmt: skip
    group = MatterGroup.objects.create(matter=matter, committee=committee, set_up_by=by, set_up_at=now())
    people = [row["person"] for row in members]
    _let_members_read(matter, people, committee.lead_department_id)
    tell_people(
        matter, people, _n("%(number)s: you sit in the group that works on it."), key=f"group:{group.pk}", url_name=PAGE,
    )  # fmt: skip
    tell_story(
        matter, "set_up_group", _n("%(actor)s set up the group %(group)s."), by=by, subject=group, tone="acc",
        params={"group": committee.name},
    )  # fmt: skip
    return group


def _insist_on_members(lead: Department | None, members: Sequence[Mapping[str, Any]]) -> None:
    fields: dict[str, list[Sentence]] = {}
    if not members:
        fields["members"] = [_("Choose at least one member unit.")]
    departments = [row["department"].pk for row in members]
    if lead is not None and lead.pk in departments:
        fields["members"] = [_("The lead unit is not a member unit too. Take it out of the rows.")]
    if len(set(departments)) < len(departments):
        fields["members"] = [_("A unit stands in two rows. Take one out.")]
    strangers = [
        row["person"].name
        for row in members
        if row["department"].pk not in row["person"].authority.departments
    ]
    if strangers:
        fields["members"] = [
            _("Not of the unit for which they are to sit: %(names)s.") % {"names": "、".join(strangers)}
        ]
    if fields:
        raise Invalid(_("The group is not complete."), fields=fields)


def _let_members_read(matter: CoordinationRequest, people: Sequence[User], lead: int | None) -> None:
    """The members, and whoever speaks for the lead unit; who sat in an earlier group of this matter reads it again."""
    again = Q(user__in=people) | Q(department=lead)
    matter.readers.filter(again, why=GROUP).update(ended_at=None, ended_by=None)
    let_read(matter, users=[person.pk for person in people], departments=[lead] if lead else [], why=GROUP)


def dissolve_groups(matter: CoordinationRequest, by: User) -> None:
    """R005: with its matter the group ends. Its history stays; who read only as a member reads no longer."""
    for group in matter.groups.filter(ended_at=None).select_related("committee"):
        if group.committee.is_active:
            organization.dissolve_group(committee_id=group.committee_id, by=by)
        _end(group, by)


def _end(group: MatterGroup, by: User | None) -> None:
    group.ended_at = now()
    group.save()
    rows = Reader.objects.filter(matter=group.matter_id, why=GROUP, ended_at=None)
    rows.update(ended_at=group.ended_at, ended_by=by)
    tell_story(
        group.matter, "dissolve_group", _n("The group %(group)s is dissolved; its members read the matter no longer."),
        subject=group, params={"group": group.committee.name},
    )  # fmt: skip


def end_dissolved_groups(moment: datetime) -> int:
    """A group that was dissolved in the organization ends here too, each in a transaction of its own."""
    dissolved = MatterGroup.objects.filter(ended_at=None, committee__is_active=False)
    return each(
        list(dissolved.values_list("pk", flat=True)[:100]),
        lambda pk: end_dissolved_group(group_id=pk, by=SYSTEM),
    )


@flow
def end_dissolved_group(*, group_id: int, by: Any) -> MatterGroup | None:
    """Its members read the matter no longer; None when somebody was quicker."""
    matter = lock(MatterGroup.objects.values_list("matter_id", flat=True).get(pk=group_id))
    group: MatterGroup | None = (
        matter.groups.filter(pk=group_id, ended_at=None).select_related("committee").first()
    )
    if group is not None:
        _end(group, None)
    return group
