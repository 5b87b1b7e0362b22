"""What the house itself knows about how a matter went: counted, not remembered (F19, facts filled in by the system)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests.change_states import APPROVED_CHANGES
from requests.plan_states import PlanState, RiskState
from requests.states import ExtensionState, ItemState
from supervision.calendar import working_days
from supervision.models import Reminder
from supervision.states import Step

if TYPE_CHECKING:
    from requests.models import CoordinationRequest

LABELS: dict[str, str | Promise] = {
    "working_days": _("Working days from filing to the end of the feedback"),
    "returns": _("Returned for completion"),
    "departments": _("Departments that took part"),
    "handovers": _("Passed on"),
    "letters": _("Sheets and letters sent"),
    "blocks": _("Held up by disputes"),
    "changes": _("Changes approved"),
    "risks": _("Risks of the plan"),
    "risks_occurred": _("of these occurred"),
    "items": _("Action items closed"),
    "late_items": _("of these late by the original date"),
    "extended_items": _("of these within an approved extension"),
    "early_difficulties": _("Difficulties told before the date"),
    "extensions": _("Extensions granted"),
    "rework": _("Items sent back"),
    "overdue_reminders": _("Overdue reminders sent"),
    "objections": _("Objections of the applicant"),
}
OVERDUE = [step for step in Step.values if step not in (Step.L0, Step.L1, Step.L2, Step.LAPSE)]


def facts_of(matter: CoordinationRequest) -> dict[str, int | None]:
    """Counts, days as working days; None where it has not come to that yet."""
    items = matter.items.filter(state=ItemState.CLOSED)
    plan = matter.plans.filter(state=PlanState.IN_FORCE).first()
    risks = plan.risks.order_by() if plan else ()
    closed = items.aggregate(n=Count("pk"), late=Count("pk", filter=Q(is_on_time=False)))
    return {
        "working_days": _days(matter),
        "returns": matter.gaps.order_by().values("round").distinct().count(),
        "departments": matter.participants.count(),
        "handovers": matter.handovers.counted().count(),
        "letters": matter.letters.exclude(sent_at=None).count(),
        "blocks": matter.blocks.count(),
        "changes": matter.change_requests.filter(state__in=APPROVED_CHANGES).count(),
        "risks": len(risks),
        "risks_occurred": sum(risk.state == RiskState.OCCURRED for risk in risks),
        "items": closed["n"],
        "late_items": closed["late"],
        "extended_items": _within_extension(items),
        "early_difficulties": matter.items.filter(obstacles__is_early=True).count(),
        "extensions": matter.items.filter(extensions__state=ExtensionState.APPROVED).count(),
        "rework": sum(matter.items.values_list("rework_count", flat=True)),
        "overdue_reminders": Reminder.objects.sent()
        .filter(obligation__case_id=matter.pk, step__in=OVERDUE)
        .count(),
        "objections": matter.rework_count,
    }


def _within_extension(items: QuerySet[Any]) -> int:
    """The second figure of domain §6.4: late by the original date, and yet by a day that was granted."""
    late = items.filter(is_on_time=False).prefetch_related("extensions")
    return sum(any(wish.covers(item.closed_at) for wish in item.extensions.all()) for item in late)


def _days(matter: CoordinationRequest) -> int | None:
    if matter.submitted_at is None or matter.feedback_ended_at is None:
        return None
    return working_days().days_between(matter.submitted_at, matter.feedback_ended_at)


def lines(facts: dict[str, int | None]) -> list[tuple[str | Promise, int | None]]:
    """As the page prints them."""
    return [(label, facts[key]) for key, label in LABELS.items() if key in facts]


def key_points_of(matter: CoordinationRequest) -> str:
    """过程关键节点: the dates of the stages, as a start for the writer."""
    points = (
        (_("filed"), matter.submitted_at), (_("accepted"), matter.accepted_at), (_("decided"), matter.decided_at),
        (_("carried out"), matter.completed_at), (_("feedback ended"), matter.feedback_ended_at),
    )  # fmt: skip
    return "\n".join(f"{timezone.localtime(at):%Y-%m-%d} {word}" for word, at in points if at)
