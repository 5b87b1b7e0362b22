"""The sides write where they stand, and talk (D2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from audit.words import word
from disputes import policies
from disputes.flows.shared import everybody, lock, parties_of, tell_people, tell_story
from disputes.models import DisputePoint, NegotiationRecord, PointPosition
from disputes.states import TALKING, NegotiationResult
from organization.models import User


@flow
def state_position(
    *, point_id: int, by: User, department_id: int, position: str, basis: str = ""
) -> PointPosition:
    """One side's position on a point, in its own words (F16); it can be changed until the ruling."""
    dispute = lock(DisputePoint.objects.values_list("dispute_id", flat=True).get(pk=point_id))
    party = dispute.parties.filter(department_id=department_id).first()
    if party is None or not policies.may_state_position(party, by):
        raise NotYours(_("Each department writes its own position only."))
    if not dispute.is_open:
        raise NotReady(_("This dispute has ended; it can only be read."))
    if not position.strip():
        raise Invalid(_("Write your position."), fields={"position": [_("Write your position.")]})
    row, _created = PointPosition.objects.update_or_create(
        point_id=point_id, party=party,
        defaults={"position": position.strip(), "basis": basis.strip(), "written_by": by, "written_at": now()},
    )  # fmt: skip
    tell_story(
        dispute, "state_position", _n("%(department)s %(actor)s wrote its position in %(number)s."), by=by,
        params={"department": party.department_name},
    )  # fmt: skip
    return row


@flow
def record_negotiation(
    *, dispute_id: int, by: User, held_at: datetime, people: Sequence[User], text: str, result: str
) -> NegotiationRecord:
    """A talk between the sides: when, who, what was said, what came of it (R127)."""
    dispute = lock(dispute_id)
    if not policies.may_record(dispute, by, parties_of(dispute)):
        raise NotYours(_("Only the sides and the coordination office record a negotiation."))
    if dispute.state not in TALKING:
        raise NotReady(_("The time of negotiation is over."))
    fields: dict[str, list[Sentence]] = {}
    if held_at > now():
        fields["held_at"] = [_("This moment has not come yet. Record the talk when it has been held.")]
    if not people:
        fields["people"] = [_("Name who negotiated.")]
    if not text.strip():
        fields["text"] = [_("Write what each side said and where they came closer.")]
    if result not in NegotiationResult.values:
        fields["result"] = [_("Choose what came of it.")]
    if fields:
        raise Invalid(_("The record is not complete."), fields=fields)
    came_from = dispute.state
    row = NegotiationRecord.objects.create(
        dispute=dispute, held_at=held_at, text=text.strip(), result=result, recorded_by=by, recorded_at=now()
    )
    row.people.set(people)
    dispute.negotiate()
    dispute.save()
    tell_people(
        dispute,
        everybody(dispute),
        _n("A negotiation of %(number)s has been recorded."),
        key=f"talk:{row.pk}",
    )
    tell_story(
        dispute, "negotiate", _n("%(actor)s recorded a negotiation of %(number)s: %(result)s."),
        by=by, came_from=came_from, params={"result": word(NegotiationResult(result).label)}, reason=text,
    )  # fmt: skip
    return row
