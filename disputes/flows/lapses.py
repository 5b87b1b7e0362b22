"""What happens when a limit of this app has passed: the dispute goes up; nobody leaves it lying (R127, R135)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM, now
from audit.flow import flow
from audit.one_by_one import each
from disputes.flows.rule import end_stay, hand_to_ruler
from disputes.flows.shared import lock, tell_people, tell_story
from disputes.models import Dispute
from disputes.states import TALKING
from organization import people
from supervision.flows import discharge
from supervision.models import Obligation
from supervision.states import Kind

BATCH = 1000


def act_on_lapses(now: datetime) -> int:
    """Each in a transaction of its own; a second run finds nothing to do."""
    day = timezone.localtime(now).date()
    lapsed = Obligation.objects.lapsed_unanswered(Kind.NEGOTIATE).filter(subject_type=Dispute.SUBJECT)
    acted = each(
        sorted(set(lapsed.values_list("subject_id", flat=True)[:BATCH])),
        lambda pk: lapse_negotiation(dispute_id=pk, by=SYSTEM),
    )
    left = Dispute.objects.left_by_keeper().values_list("pk", flat=True)
    acted += each(list(left[:BATCH]), lambda pk: follow_keeper(dispute_id=pk, by=SYSTEM))
    stayed = Dispute.objects.filter(stayed_until__lte=day).values_list("pk", flat=True)
    acted += each(list(stayed[:BATCH]), lambda pk: end_stay(dispute_id=pk, by=SYSTEM))
    stuck = Dispute.objects.stuck(day).values_list("pk", flat=True)
    return acted + each(
        list(stuck[:BATCH]), lambda pk: chase_stuck(dispute_id=pk, by=SYSTEM, day=f"{day:%Y-%m-%d}")
    )


@flow
def lapse_negotiation(*, dispute_id: int, by: Any) -> Dispute | None:
    """The limit of the talks has passed without an agreement: it goes to the ruling by itself (D6)."""
    dispute = lock(dispute_id)
    if dispute.state not in TALKING:
        return None
    dispute.negotiation_lapsed_at = now()
    discharge(kind=Kind.NEGOTIATE, subject_type=Dispute.SUBJECT, subject_id=dispute.pk, outcome="lapsed")
    came_from = dispute.state
    hand_to_ruler(dispute)
    tell_story(
        dispute, "lapse_negotiation", _n("The limit of the negotiation passed; %(number)s goes to the ruling."),
        came_from=came_from, tone="warn",
    )  # fmt: skip
    return dispute


@flow
def follow_keeper(*, dispute_id: int, by: Any) -> Dispute | None:
    """The matter is kept by somebody else now: while the sides still talk, its dispute is followed up by the same person."""
    dispute = lock(dispute_id)
    keeper = dispute.matter.keeper
    if dispute.state not in TALKING or keeper is None or dispute.owner_id == keeper.pk:
        return None
    dispute.owner = keeper
    dispute.save()
    tell_people(
        dispute,
        [keeper],
        _n("You follow up dispute %(number)s from now on."),
        key=f"owner:{keeper.pk}",
        to_do=True,
    )
    tell_story(
        dispute, "follow_keeper", _n("%(name)s follows up %(number)s from now on."),
        params={"name": keeper.name},
    )  # fmt: skip
    return dispute


@flow
def chase_stuck(*, dispute_id: int, by: Any, day: str) -> Dispute:
    """R135: an open dispute whose next date has passed is brought before its owner and the head of the office, once a day."""
    dispute = lock(dispute_id)
    whom = [person for person in (dispute.owner, people.office_head()) if person is not None]
    tell_people(
        dispute, whom, _n("The next date of dispute %(number)s has passed."), key=f"stuck:{day}", to_do=True
    )
    return dispute
