"""There was no such oral order (Q23): what runs on it ends, or, where it has been carried out, it stays on record."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _n

from organization import people
from organization.models import User
from requests.change_states import RUNNING
from requests.flows.change_shared import lock_change, tell_change, write_back
from requests.flows.endings import STAYS_OWED, end_what_runs
from requests.flows.item_shared import lock_item
from requests.flows.items import end_item
from requests.flows.plan_approval import retire
from requests.flows.shared import speakers, tell_people, tell_story, what_it_owes
from requests.models import CoordinationRequest, Plan
from requests.plan_states import PlanState
from requests.states import ITEM_OPEN, ItemState, Stage, UrgencyWish
from supervision.flows import cancel, owe
from supervision.states import Kind, Urgency


def take_back(matter: CoordinationRequest, by: User, reason: str) -> None:
    """What runs on the order ends, and the office weighs the matter like every other one."""
    _end_changes(matter, by, reason)
    _end_items(matter, by, reason)
    concerned = speakers(matter.participants.values_list("department_id", flat=True))
    keeper = [matter.keeper] if matter.keeper else []
    matter.order_denied()
    matter.accepted_at = matter.decision_started_at = matter.decided_at = matter.material_delivered_at = None
    matter.decision_way, matter.resolution, matter.decided_by = "", "", None
    matter.urgency, matter.urgency_wish = Urgency.URGENT, UrgencyWish.DENIED
    matter.suggested_lead, matter.lead_department, matter.keeper = matter.lead_department, None, None
    matter.save()
    # Who takes part was told of the order only: once accepted, the material goes out to everybody (R045).
    matter.participants.update(notified_at=None, material_read_at=None)
    _end_plan(matter)
    end_what_runs(matter, by=by, reason=reason)
    cancel(case_id=matter.pk, keep=STAYS_OWED)
    owe(kind=Kind.ACCEPT, holder_department=people.office(), asked_by=matter.filed_by, **what_it_owes(matter))
    everybody = {
        person.pk: person for person in (matter.filed_by, *keeper, *people.office_heads(), *concerned)
    }
    tell_people(
        matter, everybody.values(), _n("%(number)s stops: %(name)s gave no such order. The office weighs it like every matter."),
        key="order-denied", params={"name": by.name}, to_do=True,
    )  # fmt: skip
    tell_story(
        matter, "answer_order", _n("%(actor)s denied the oral order: what ran on it ends."),
        by=by, came_from=Stage.EXECUTION, tone="bad", reason=reason,
    )  # fmt: skip


def keep_on_record(matter: CoordinationRequest, by: User, reason: str) -> None:
    """It has been carried out and nothing can be stopped: the answer is recorded, and the office hears of it."""
    told = {
        person.pk: person for person in (matter.filed_by, matter.keeper, *people.office_heads()) if person
    }
    tell_people(
        matter, told.values(), _n("%(number)s has been carried out, and %(name)s gave no such order. It stays on record."),
        key="order-denied", params={"name": by.name},
    )  # fmt: skip
    tell_story(
        matter, "answer_order", _n("%(actor)s denied the oral order after it had been carried out."),
        by=by, tone="bad", reason=reason,
    )  # fmt: skip


def _end_items(matter: CoordinationRequest, by: User, reason: str) -> None:
    """Also what is only drafted, and what has been reported done: nobody checks it any more."""
    states = (ItemState.DRAFTED, *ITEM_OPEN)
    for pk in matter.items.filter(state__in=states).order_by("pk").values_list("pk", flat=True):
        item = lock_item(pk)
        item.matter = matter
        end_item(item, by, reason, with_matter=True)


def _end_changes(matter: CoordinationRequest, by: User, reason: str) -> None:
    """A change of what was never ordered: one that nobody approved is written back, as when it is withdrawn."""
    for pk in matter.change_requests.filter(state__in=RUNNING).order_by("pk").values_list("pk", flat=True):
        change = lock_change(pk)
        change.matter = matter
        unapproved = change.answered_at is None and change.applied_at is not None
        change.end_with_matter()
        if unapproved:
            write_back(change)
        change.save()
        tell_change(
            change, "end_change", _n("The change %(number)s ended: there was no oral order."), by,
            [change.asked_by, change.approver], reason=reason,
        )  # fmt: skip


def _end_plan(matter: CoordinationRequest) -> None:
    """Nobody works by the plan any more; a version that waited for its approval is a draft again."""
    for plan in Plan.objects.filter(matter=matter, state__in=(PlanState.IN_FORCE, PlanState.SUBMITTED)):
        if plan.state == PlanState.IN_FORCE:
            retire(plan)
        else:
            plan.take_back()
            plan.change = None
            plan.save()
