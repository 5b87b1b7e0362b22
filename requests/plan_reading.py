"""A version of the plan as its page, its board and its chart show it: a fixed number of queries, however many tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.acting import day_of, now
from requests.case import Case
from requests.models import ActionItem, Plan, PlanTask
from requests.plan_states import Consent, PlanState
from requests.states import ItemState
from supervision import clock
from supervision.models import Obligation
from supervision.states import Kind, State, Warned

# The columns of the board, in the order of the work, with the states of the item that stand in each (R082).
COLUMNS: tuple[tuple[str, str | Promise, tuple[str, ...]], ...] = (
    ("planned", pgettext_lazy("board", "Planned"), (ItemState.DRAFTED,)),
    ("issued", pgettext_lazy("board", "Handed out"), (ItemState.ISSUED, ItemState.RELEASING)),
    ("working", pgettext_lazy("board", "Being worked on"), (ItemState.ACKNOWLEDGED, ItemState.IN_PROGRESS)),
    ("submitted", pgettext_lazy("board", "To be checked"), (ItemState.SUBMITTED,)),
    ("closed", pgettext_lazy("board", "Closed"), (ItemState.CLOSED,)),
)


@dataclass(frozen=True)
class Row:
    """A task with its item and what is owed on it. `task` is None for an item that no plan ordered, `item` for a draft."""

    task: PlanTask | None
    item: ActionItem | None
    duty: Obligation | None
    now: datetime

    @property
    def percent(self) -> int:
        if self.item is None:
            return 0
        return 100 if self.item.state == ItemState.CLOSED else self.item.percent

    @property
    def light(self) -> Any:
        """The light of the obligation; none where nothing runs."""
        return clock.light(self.duty, self.now) if self.duty is not None and self.duty.is_running else None

    @property
    def is_late(self) -> bool:
        duty = self.duty
        return (
            duty is not None
            and duty.state == State.OPEN
            and duty.due_at is not None
            and duty.due_at < self.now
        )

    @property
    def is_expected_late(self) -> bool:
        """R089: the last report foretells it, or is behind the time."""
        return self.duty is not None and self.duty.warn_why in (Warned.FORECAST, Warned.BEHIND)

    @property
    def due_on(self) -> date | None:
        if self.duty is not None and self.duty.due_at is not None:
            return day_of(self.duty.due_at)
        if self.task is not None:
            return self.task.ends_on
        return self.item.agreed_due_on if self.item else None


@dataclass(frozen=True)
class Progress:
    """How the whole stands: by weight, and what is late or expected late (R087, R089)."""

    percent: int = 0
    count: int = 0
    done: int = 0
    late: int = 0
    expected_late: int = 0
    disputed: int = 0


def rows_of_plan(plan: Plan, now: datetime) -> list[Row]:
    tasks = list(plan.tasks.for_plan_page())
    for task in tasks:
        task.plan = plan
    duties = _duties([task.item_id for task in tasks if task.item_id])
    return [Row(task, task.item, duties.get(task.item_id or 0), now) for task in tasks]


def rows_of_board(items: Iterable[ActionItem], plan: Plan | None, now: datetime) -> list[Row]:
    """Every item of the matter, also those that no plan ordered; tasks of the plan know their place in it."""
    found = list(items)
    tasks = {task.item_id: task for task in plan.tasks.for_plan_page()} if plan else {}
    duties = _duties([item.pk for item in found])
    rows = [Row(tasks.get(item.pk), item, duties.get(item.pk), now) for item in found]
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on, row.item.pk if row.item else 0))


def _duties(items: Sequence[int]) -> dict[int, Obligation]:
    """What holds the date of each item: the newest one where it was handed on."""
    rows = Obligation.objects.filter(
        subject_type=ActionItem.SUBJECT, subject_id__in=items, kind=Kind.EXECUTE
    ).order_by("pk")
    return {duty.subject_id: duty for duty in rows}


def progress(rows: Sequence[Row]) -> Progress:
    """Cancelled tasks weigh nothing."""
    counted = [row for row in rows if row.task and not (row.item and row.item.state == ItemState.CANCELLED)]
    weight = sum(row.task.weight for row in counted if row.task)
    points = sum(row.task.weight * row.percent for row in counted if row.task)
    return Progress(
        percent=round(points / weight) if weight else 0,
        count=len(counted),
        done=sum(row.percent == 100 and row.item is not None and row.item.state == ItemState.CLOSED for row in counted),
        late=sum(row.is_late for row in counted),
        expected_late=sum(row.is_expected_late and not row.is_late for row in counted),
        disputed=sum(row.task.consent == Consent.DISPUTED for row in counted if row.task),
    )  # fmt: skip


@dataclass(frozen=True)
class Column:
    key: str
    label: str | Promise
    rows: list[Row] = field(default_factory=list)


def columns(rows: Sequence[Row]) -> list[Column]:
    """The rows by the state of their item."""
    return [
        Column(key, label, [row for row in rows if row.item and row.item.state in states])
        for key, label, states in COLUMNS
    ]


def matrix(risks: Iterable[Any]) -> list[tuple[int, list[tuple[int, list[Any]]]]]:
    """Likelihood downwards from 5, effect to the right: how many risks stand in each cell (R078)."""
    listed = list(risks)
    return [
        (
            likelihood,
            [
                (likelihood * effect, [r for r in listed if (r.likelihood, r.effect) == (likelihood, effect)])
                for effect in range(1, 6)
            ],
        )
        for likelihood in range(5, 0, -1)
    ]


PARTS_EDITED: dict[str, str | Promise] = {
    "team": _("Team and duties"),
    "milestones": pgettext_lazy("plan", "Stages"),
    "resources": pgettext_lazy("plan", "Resources"),
    "deliverables": _("Deliverables"),
    "channels": _("Communication"),
    "escalation": _("Escalation path"),
    "risks": _("Risks and contingency"),
}


def reads_plan(case: Case) -> bool:
    """Plans are of the house (R018)."""
    return case.has_plan and case.user is not None and not case.user.is_external


def plan_panel(case: Case) -> dict[str, Any]:
    """On the page of the matter: the version in force, or the one that is being written for whoever may see it."""
    seen = Plan.objects.visible_to(case.user).filter(matter=case.matter).order_by("-version")
    versions = list(seen)
    found = next(
        (one for one in versions if one.state == PlanState.IN_FORCE), versions[0] if versions else None
    )
    rows = rows_of_plan(found, now()) if found else []
    return {"plan": found, "rows": rows, "progress": progress(rows)}
