"""Standing committees and temporary groups (R001, R004, R005)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from audit.flow import flow
from audit.refusals import Invalid, NotReady
from organization import policies
from organization.flows.steps import changed, require, tell, unique
from organization.models import Committee, CommitteeMember, Department, User
from organization.states import CommitteeKind

NAME_TAKEN = _("There is a committee of this name. Choose another one.")
NOT_YOURS = _("Only the head of the coordination office or the system administrator may do this.")


@flow
def create_committee(
    *,
    name: str,
    kind: str,
    by: User,
    members: Collection[int] = (),
    chair_id: int | None = None,
    deputy_id: int | None = None,
    secretary_id: int | None = None,
    lead_department_id: int | None = None,
    purpose: str = "",
    end_condition: str = "",
    term_from: date | None = None,
    term_until: date | None = None,
) -> Committee:
    """Set up a standing body or a temporary group with its member departments."""
    require(allowed=policies.may_manage_committees(by), sentence=NOT_YOURS)
    committee = Committee(
        name=name.strip(),
        kind=kind,
        chair_id=chair_id,
        deputy_id=deputy_id,
        secretary_id=secretary_id,
        lead_department_id=lead_department_id,
        purpose=purpose.strip(),
        end_condition=end_condition.strip(),
        term_from=term_from,
        term_until=term_until,
    )
    check(committee, set(members), by)
    with unique("name", NAME_TAKEN):
        committee.save(force_insert=True)
    _seat(committee, set(members))
    tell(committee, "create_committee", gettext_noop("%(actor)s set up the committee."))
    return committee


@flow
def change_committee(*, committee_id: int, by: User, members: Collection[int], **values: Any) -> Committee:
    """Change the fields named in `values` and the member departments; those who stay keep their seat."""
    committee: Committee = Committee.objects.select_for_update().get(pk=committee_id)
    require(allowed=policies.may_manage_committees(by), sentence=NOT_YOURS)
    if not committee.is_active:
        raise NotReady(_("This committee is dissolved."))
    names = changed(committee, values)
    check(committee, set(members), by)
    if names:
        with unique("name", NAME_TAKEN):
            committee.save(update_fields=names)
    if _seat(committee, set(members)):
        names.append("members")
    if names:
        tell(committee, "change_committee", gettext_noop("%(actor)s changed the committee."), fields=names)
    return committee


@flow
def close_committee(*, committee_id: int, by: User, reason: str = "") -> Committee:
    """Dissolve a committee; its history stays readable (R005)."""
    committee: Committee = Committee.objects.select_for_update().get(pk=committee_id)
    require(allowed=policies.may_manage_committees(by), sentence=NOT_YOURS)
    if not committee.is_active:
        raise NotReady(_("This committee is dissolved already."))
    committee.is_active = False
    committee.save(update_fields=["is_active"])
    tell(committee, "close_committee", gettext_noop("%(actor)s dissolved the committee."))
    return committee


@flow
def set_up_group(
    *,
    name: str,
    purpose: str,
    lead_department_id: int | None,
    members: Mapping[int, int],
    end_condition: str,
    term_from: date,
    by: User,
) -> Committee:
    """A temporary group with the person who sits for each unit (R004). The flow that calls it has asked who may."""
    committee = Committee(
        name=name.strip(), kind=CommitteeKind.TEMPORARY, purpose=purpose.strip(), lead_department_id=lead_department_id,
        end_condition=end_condition.strip(), term_from=term_from,
    )  # fmt: skip
    check(committee, set(members), by)
    with unique("name", NAME_TAKEN):
        committee.save(force_insert=True)
    CommitteeMember.objects.bulk_create(
        CommitteeMember(committee=committee, department_id=department, person_id=person)
        for department, person in members.items()
    )
    tell(committee, "create_committee", gettext_noop("%(actor)s set up the committee."))
    return committee


@flow
def dissolve_group(*, committee_id: int, by: User) -> Committee:
    """What it was set up for has ended (R005). The flow that calls it has asked who may; twice is no error."""
    committee: Committee = Committee.objects.select_for_update().get(pk=committee_id)
    if committee.is_active:
        committee.is_active = False
        committee.save(update_fields=["is_active"])
        tell(committee, "close_committee", gettext_noop("%(actor)s dissolved the committee."))
    return committee


def check(committee: Committee, members: set[int], by: User) -> None:
    """Raise Invalid with everything that is missing or does not fit together, all at once."""
    problems = {
        **_missing(committee, members),
        **_unfit_people(committee, by),
        **_unfit_term(committee),
    }
    if members and Department.objects.active().filter(pk__in=members).count() != len(members):
        problems["members"] = _("A department on the list is closed. Choose again.")
    if problems:
        raise Invalid(
            next(iter(problems.values())), fields={name: [sentence] for name, sentence in problems.items()}
        )


def _missing(committee: Committee, members: set[int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if not committee.name:
        found["name"] = _("Write the name of the committee.")
    if not members:
        found["members"] = _("Choose at least one member department.")
    if committee.kind == CommitteeKind.STANDING:
        if not committee.chair_id:
            found["chair"] = _("A standing committee needs a chair.")
        return found
    needs = {
        "lead_department": (committee.lead_department_id, _("A temporary group needs a lead unit.")),
        "purpose": (committee.purpose, _("Write what the group is for.")),
        "term_from": (committee.term_from, _("Write the day from which the group works.")),
        "end_condition": (committee.end_condition, _("Write when the group ends.")),
    }
    return {**found, **{name: sentence for name, (value, sentence) in needs.items() if not value}}


def _unfit_people(committee: Committee, by: User) -> dict[str, Any]:
    seats = {"chair": committee.chair_id, "deputy": committee.deputy_id, "secretary": committee.secretary_id}
    taken = {name: pk for name, pk in seats.items() if pk}
    people = {person.pk: person for person in User.objects.active().internal().filter(pk__in=taken.values())}
    found: dict[str, Any] = {}
    for name, pk in taken.items():
        if pk not in people:
            found[name] = _("Choose an active person of the house.")
        elif people[pk].authority.changes_nothing:
            found[name] = _("An auditor reads and changes nothing.")
        elif pk == by.pk and name in committee_changes(committee):
            found[name] = _("Nobody gives a seat to themselves. Ask the system administrator.")
    if len(set(taken.values())) < len(taken):
        # 会议记录人不得签发纪要: chair, deputy and secretary are three people
        found["secretary"] = _("Chair, deputy and secretary are different people.")
    return found


def committee_changes(committee: Committee) -> set[str]:
    """Which of the three seats are given anew."""
    before = (
        Committee.objects.filter(pk=committee.pk).values("chair_id", "deputy_id", "secretary_id").first()
        or {}
    )
    return {
        name
        for name in ("chair", "deputy", "secretary")
        if getattr(committee, f"{name}_id") != before.get(f"{name}_id")
    }


def _unfit_term(committee: Committee) -> dict[str, Any]:
    if committee.term_from and committee.term_until and committee.term_until <= committee.term_from:
        return {"term_until": _("The term ends after it begins. Write a later day.")}
    return {}


def _seat(committee: Committee, members: set[int]) -> bool:
    """Give seats to new members, take those of others; True when anything changed."""
    seated = set(committee.seats.values_list("department_id", flat=True))
    CommitteeMember.objects.filter(committee=committee, department__in=seated - members).delete()
    CommitteeMember.objects.bulk_create(
        CommitteeMember(committee=committee, department_id=pk) for pk in sorted(members - seated)
    )
    return seated != members
