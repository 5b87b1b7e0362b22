"""The sides agree: one head proposes the text, every other head signs it (D3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import NotReady, NotYours
from audit.transitions import insist
from disputes import policies
from disputes.flows.shared import (
    carry_out,
    end,
    everybody,
    insist_on_texts,
    lock,
    tell_people,
    tell_story,
    write_items,
)
from disputes.models import Dispute, DisputeParty
from disputes.states import ItemSource
from organization import people
from organization.models import User
from requests.states import DecisionWay
from supervision.flows import cancel


@flow
def propose_settlement(
    *, dispute_id: int, by: User, agreement: str, items: Sequence[Mapping[str, Any]] = ()
) -> Dispute:
    """A head writes down what the sides agree and who does what by when, and signs it for the own department.

    A new text needs every signature again.
    """
    dispute = lock(dispute_id)
    party = _party(dispute, by)
    if not dispute.is_open:
        raise NotReady(_("This dispute has ended; it can only be read."))
    insist_on_texts(agreement=(agreement, _("Write what was agreed.")))
    dispute.agreement = agreement.strip()
    dispute.save()
    write_items(dispute, items, source=ItemSource.SETTLEMENT)
    dispute.parties.update(signed_by=None, signed_at=None)
    _sign(party, by)
    others = [head for pk in _unsigned(dispute) if (head := people.head(pk))]
    tell_people(
        dispute,
        others,
        _n("An agreement in %(number)s waits for your signature."),
        key=f"proposed:{now():%Y%m%d%H%M%S}",
        to_do=True,
    )
    tell_story(
        dispute, "propose_settlement", _n("%(actor)s wrote down an agreement in %(number)s and signed it."), by=by,
        reason=dispute.agreement,
    )  # fmt: skip
    return dispute


@flow
def sign_settlement(*, dispute_id: int, by: User) -> Dispute:
    """Another head signs. With the last signature the dispute is settled and its matter goes on."""
    dispute = lock(dispute_id)
    party = _party(dispute, by)
    if not dispute.agreement:
        raise NotReady(_("There is no text to sign yet."))
    insist(dispute.settle, by)
    if party.signed_at is not None:
        raise NotReady(_("Your department has signed already."))
    if len(_unsigned(dispute)) == 1 and dispute.matter.filed_by_id == by.pk:
        # Applicant ≠ decider (domain §5): the last signature decides the matter.
        raise NotReady(
            _("You filed the matter, so another head signs last. Write the agreement down yourself.")
        )
    _sign(party, by)
    tell_story(dispute, "sign_settlement", _n("%(actor)s signed the agreement in %(number)s."), by=by)
    if not _unsigned(dispute):
        _settle(dispute, by)
    return dispute


def _settle(dispute: Dispute, by: User) -> None:
    came_from = dispute.state
    dispute.settle()
    end(dispute)
    dispute.save()
    cancel(subject_type=Dispute.SUBJECT, subject_id=dispute.pk)
    carry_out(dispute, by=by, way=DecisionWay.SETTLED, resolution=dispute.agreement, document=dispute.number)
    tell_people(dispute, everybody(dispute), _n("Dispute %(number)s has been settled."), key="settled")
    tell_story(
        dispute, "settle", _n("All sides have signed: %(number)s is settled."), by=by, came_from=came_from,
        reason=dispute.agreement, tone="ok",
    )  # fmt: skip


def _party(dispute: Dispute, by: User) -> DisputeParty:
    for party in dispute.parties.all():
        if policies.may_sign(party, by):
            return party
    raise NotYours(_("An agreement is signed by the heads of the departments in the dispute."))


def _sign(party: DisputeParty, by: User) -> None:
    DisputeParty.objects.filter(pk=party.pk).update(signed_by=by, signed_at=now())


def _unsigned(dispute: Dispute) -> list[int]:
    return list(dispute.parties.filter(signed_at=None).values_list("department_id", flat=True))
