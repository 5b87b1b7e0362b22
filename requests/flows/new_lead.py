"""Another department leads: what the lead still owes goes along, by the same dates (R094, R101)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _n

from audit.words import word
from organization.models import Department, User
from requests.flows.shared import speakers, tell_people, tell_story
from requests.models import CoordinationRequest
from supervision.flows import hand_over
from supervision.models import Obligation
from supervision.states import Kind

# What a department owes because it leads, and not because it takes part.
OF_LEAD = (Kind.CLOSE_EXECUTION, Kind.CHANGE_ASSESS, Kind.CHANGE_APPLY, Kind.REVIEW_PROGRESS)


def hand_over_lead(
    matter: CoordinationRequest, before: Department | None, lead: Department, *, by: User | None = None
) -> None:
    """The caller holds the matter's lock and has written the new lead. Both departments are told what has moved."""
    if before is None or before.pk == lead.pk:
        return
    owed = Obligation.objects.of_case(matter.pk).open().filter(holder_department=before, kind__in=OF_LEAD)
    duties = list(owed.order_by("pk"))
    for duty in duties:
        hand_over(obligation_id=duty.pk, holder=None, holder_department=lead)
    if not duties:
        return
    facts = {"before": before.name, "lead": lead.name}
    tell_people(
        matter, speakers([before.pk, lead.pk]),
        _n("%(lead)s leads %(number)s from now on; what %(before)s still owed as lead has gone along."),
        key=f"lead:{duties[-1].pk}", params=facts, to_do=True,
    )  # fmt: skip
    tell_story(
        matter, "hand_over_lead", _n("%(lead)s leads from now on and owes what %(before)s still owed: %(duties)s."),
        by=by, params={**facts, "duties": [word(Kind(duty.kind).label) for duty in duties]},
    )  # fmt: skip
