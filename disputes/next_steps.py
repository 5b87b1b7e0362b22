"""What this person can do with a dispute now: the first one is the solid button of the page."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from disputes import policies
from disputes.models import Dispute
from disputes.recusal import why_not_ruler
from disputes.states import DisputeState
from organization.models import User


@dataclass(frozen=True)
class Step:
    name: str
    label: str | Promise
    url: str


def next_steps(dispute: Dispute, user: User) -> list[Step]:
    """In the order of what the office expects next."""
    if not dispute.is_open:
        return [_step(dispute, "end_stay", _("End the stay"))] if _may_end_stay(dispute, user) else []
    sides = [party.department_id for party in dispute.parties.all()]
    mine = [party for party in dispute.parties.all() if policies.may_sign(party, user)]
    talks = dispute.state in (DisputeState.REGISTERED, DisputeState.NEGOTIATION)
    found: list[Step] = []
    if dispute.state == DisputeState.RULING and policies.may_rule(user) and not why_not_ruler(dispute, user):
        found.append(_step(dispute, "rule", _("Rule")))
    if dispute.agreement and any(party.signed_at is None for party in mine):
        found.append(_step(dispute, "sign", _("Sign the agreement")))
    if talks and policies.may_record(dispute, user, sides):
        found.append(_step(dispute, "talk", _("Record a negotiation")))
    if mine:
        found.append(_step(dispute, "settle", _("Write down an agreement")))
    if (
        talks
        and policies.may_record(dispute, user, sides)
        and (dispute.talks.all() or dispute.negotiation_lapsed_at)
    ):
        found.append(_step(dispute, "to_ruling", _("Ask for a ruling")))
    if policies.may_withdraw(dispute, user):
        found.append(_step(dispute, "withdraw", _("Withdraw")))
    return found


def _may_end_stay(dispute: Dispute, user: User) -> bool:
    return dispute.is_stayed and dispute.ruling.ruled_by_id == user.pk


def _step(dispute: Dispute, name: str, label: str | Promise) -> Step:
    return Step(name, label, reverse(f"disputes:{name}", args=[dispute.pk]))
