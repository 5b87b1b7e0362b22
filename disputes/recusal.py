"""Who must not rule on a dispute (R206): a party's people and line, whoever negotiated for a side, the applicant."""

from __future__ import annotations

from django.utils.translation import gettext as _

from disputes.models import Dispute, PointPosition
from organization import people
from organization.models import Department, User
from organization.states import PostKind


def why_recused(dispute: Dispute, user: User) -> str:
    """The sentence that names the reason; empty when this person may rule."""
    parties = set(dispute.parties.values_list("department_id", flat=True))
    if dispute.matter.filed_by_id == user.pk:
        return _("You filed this matter, so somebody else rules.")
    if user.authority.departments & parties:
        return _("You belong to a department of this dispute, so somebody else rules.")
    if parties & user.authority.in_charge_of or any(_leads(user, party) for party in parties):
        return _("A department of this dispute answers to you, so somebody else rules.")
    if dispute.talks.filter(people=user).exists() or _spoke(dispute, user):
        return _("You negotiated in this dispute, so somebody else rules.")
    return ""


def why_not_ruler(dispute: Dispute, user: User) -> str:
    """Recused, or somebody else's turn: the top leader rules only where the head of the office must not (D6)."""
    recused = why_recused(dispute, user)
    ruler = None if recused else ruler_of(dispute)
    if ruler is None or ruler.pk == user.pk:
        return recused
    return _("%(name)s rules on this dispute.") % {"name": ruler.name}


def ruler_of(dispute: Dispute) -> User | None:
    """The head of the office; the top leader where the head is recused or missing (D6)."""
    for person in (people.office_head(), people.arbiter()):
        if person is not None and not why_recused(dispute, person):
            return person
    return None


def _spoke(dispute: Dispute, user: User) -> bool:
    return PointPosition.objects.filter(point__dispute=dispute, written_by=user).exists()


def _leads(user: User, party: int) -> bool:
    """In the line of command: leader in charge, or head of a department above the party.

    The top leader stands above everybody and is not recused for that alone.
    """
    leader = people.leader_in_charge(party)
    if leader is not None and leader.pk == user.pk and not user.authority.holds(PostKind.ARBITER):
        return True
    return bool(user.authority.headed & set(_above(party)))


def _above(department_id: int) -> list[int]:
    found: list[int] = []
    parent = Department.objects.values_list("parent_id", flat=True).get(pk=department_id)
    while parent is not None and parent not in found:
        found.append(parent)
        parent = Department.objects.values_list("parent_id", flat=True).get(pk=parent)
    return found
