"""Named reads of obligations and reminders."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from organization.models import Department
from supervision.states import OFFICE_WORK, RUNNING, ReminderStatus, State, Step, Urgency

if TYPE_CHECKING:
    from organization.models import User
    from supervision.models import Obligation, Reminder  # noqa: F401 - for the generics below

    Someone = User | AnonymousUser


def sees_all(user: User) -> bool:
    """The office and the auditor see every obligation."""
    return user.authority.reads_all and not user.is_external


class ObligationQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Mine, what I asked for, those of departments I speak for or lead; the office and the auditor see all."""
        if not user.is_authenticated:
            return self.none()
        if sees_all(user):
            return self
        return self.seen_by(user, user.authority.speaks_for | user.authority.in_charge_of)

    def seen_by(self, person: Any, departments: Any) -> Self:
        """What is seen without seeing all; person and departments may be given later (pages/prepared.py)."""
        ours = Q(holder_department__in=departments) & ~Q(kind__in=OFFICE_WORK)
        return self.filter(Q(holder=person) | Q(asked_by=person) | ours)

    def waiting_for(self, user: Someone) -> Self:
        """My desk: what I owe as a person, what a department owes for which I speak, and, for an officer, what the
        office owes without a name yet. Soonest first; what has no date comes last."""
        if not user.is_authenticated:
            return self.none()
        return self.on_desk(user, user.authority.speaks_for, is_officer=user.authority.is_officer)

    def on_desk(self, person: Any, departments: Any, *, is_officer: bool) -> Self:
        """The rule of `waiting_for`; person and departments may be given later (pages/prepared.py)."""
        ours = Q(holder=None, holder_department__in=departments) & ~Q(kind__in=OFFICE_WORK)
        mine = Q(holder=person) | ours
        if is_officer:
            mine |= Q(holder=None, holder_department__in=Department.objects.coordination_office())
        return self.open().filter(mine).by_clock()

    def open(self) -> Self:
        """What is still owed: the clock running or held."""
        return self.filter(state__in=RUNNING)

    def ended(self) -> Self:
        return self.exclude(state__in=RUNNING)

    def overdue(self, now: datetime) -> Self:
        return self.filter(state=State.OPEN, due_at__lt=now)

    def of_case(self, case_id: int) -> Self:
        return self.filter(case_id=case_id)

    def of(self, subject_type: str, subject_id: int) -> Self:
        return self.filter(subject_type=subject_type, subject_id=subject_id)

    def lapsed_unanswered(self, kind: str) -> Self:
        """Those whose limit has passed with nothing done: the app that owns the kind says what follows."""
        return self.filter(kind=kind, state=State.OPEN, lapsed_at__isnull=False).order_by("due_at", "pk")

    def by_clock(self) -> Self:
        return self.order_by(F("due_at").asc(nulls_last=True), "pk")

    def with_light(self, now: datetime, warn_until: dict[str, datetime]) -> Self:
        """Annotate `shape`: hold, bad, warn or ok. `warn_until` comes from `clock.warn_until(now)`, so that a list
        filtered by light and the light beside each row never disagree."""
        soon = Q(ladder=False, due_at__lte=warn_until[Step.LAPSE])
        for urgency in Urgency.values:
            soon |= Q(ladder=True, urgency=urgency, due_at__lte=warn_until[urgency])
        return self.annotate(
            shape=Case(
                When(state=State.SUSPENDED, then=Value("hold")),
                When(~Q(state=State.OPEN) | Q(due_at=None), then=Value("ok")),
                When(due_at__lt=now, then=Value("bad")),
                When(Q(warn_at__lte=now) | soon, then=Value("warn")),
                default=Value("ok"),
                output_field=CharField(),
            )
        )

    def for_lists(self) -> Self:
        return self.select_related("holder", "holder_department", "asked_by")


class ReminderQuerySet(QuerySet[Any]):
    def planned(self) -> Self:
        return self.filter(status=ReminderStatus.PLANNED)

    def sent(self) -> Self:
        return self.filter(status=ReminderStatus.SENT)
