"""Named reads of plans, their tasks, milestones and risks."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from organization.querysets import Someone
from requests.plan_states import APPROVED, BEING_WRITTEN, HIGH_RISK, MilestoneState, PlanState, RiskState


def _visible_matters(model: Any, user: Someone) -> Any:
    return model._meta.get_field("matter").related_model._default_manager.visible_to(user).values("pk")


class PlanQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Approved versions for whoever of the house sees the matter (R018); one that is being written for its writers and
        the office, for the level of the decision that it waits for, and for all as soon as a change is asked for (R094)."""
        if not user.is_authenticated or user.is_external:
            return self.none()
        seen = self.filter(matter__in=_visible_matters(self.model, user))
        if user.authority.is_officer or user.authority.is_auditor:
            return seen
        writers = Q(matter__lead_department__in=user.authority.speaks_for) | Q(team__person=user)
        decides = Q(state=PlanState.SUBMITTED, approver=user)
        asked = Q(change__isnull=False)
        return seen.filter(Q(state__in=APPROVED) | writers | decides | asked).distinct()

    def in_force(self) -> Self:
        return self.filter(state=PlanState.IN_FORCE)

    def being_written(self) -> Self:
        return self.filter(state__in=BEING_WRITTEN)


class PlanPartQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Whatever belongs to a visible version."""
        plans = self.model._meta.get_field("plan").related_model._default_manager.visible_to(user)
        return self.filter(plan__in=plans.values("pk"))

    def in_force(self) -> Self:
        return self.filter(plan__state=PlanState.IN_FORCE)


class PlanTaskQuerySet(PlanPartQuerySet):
    def for_plan_page(self) -> Self:
        return self.select_related("owner", "department", "milestone", "item").prefetch_related(
            "measures", "helpers"
        )

    def holding_back(self, day: date) -> Self:
        """Tasks in force whose work may not begin yet: their day lies ahead, or an earlier stage is open (R093)."""
        stages = self.model._meta.get_field("milestone").related_model._default_manager
        earlier = stages.filter(
            plan=OuterRef("plan"), order__lt=OuterRef("milestone__order"), state=MilestoneState.OPEN
        )
        return self.in_force().filter(Q(begins_on__gt=day) | Exists(earlier))


class MilestoneQuerySet(PlanPartQuerySet):
    def open(self) -> Self:
        return self.filter(state=MilestoneState.OPEN)


class RiskQuerySet(PlanPartQuerySet):
    def high(self) -> Self:
        """Those that stand on the page of the matter: not closed, and of a product that asks for it (R078)."""
        return self.annotate(product=F("likelihood") * F("effect")).filter(
            ~Q(state=RiskState.CLOSED), product__gte=HIGH_RISK
        )
