"""A new version begins as the one in force; when it comes into force itself, what has happened meanwhile goes along."""

from __future__ import annotations

from typing import Any

from requests.models import (
    Deliverable,
    EscalationStep,
    Milestone,
    Plan,
    PlanChannel,
    PlanMember,
    PlanResource,
    PlanRisk,
    PlanTask,
    TaskMeasure,
)

PLAIN: tuple[Any, ...] = (
    PlanMember,
    Milestone,
    PlanResource,
    Deliverable,
    PlanChannel,
    EscalationStep,
    PlanRisk,
)
# What is not written in a version but happens to its rows.
HAPPENS: dict[Any, tuple[str, ...]] = {
    Milestone: ("state", "answered_by_id", "answered_at", "remark"),
    PlanRisk: ("state", "remark", "changed_by_id", "changed_at"),
    PlanTask: ("item_id", "consent", "answered_by_id", "answered_at", "objection", "upheld_reason"),
}


def copy_rows(before: Plan, plan: Plan) -> None:
    """Every row of `before`, knowing where it came from."""
    for model in PLAIN:
        _copied(model, before, plan)
    stages = {row.copied_from_id: row for row in plan.milestones.all()}
    tasks = list(before.tasks.prefetch_related("helpers", "measures"))
    copies = _copied(PlanTask, before, plan)
    for old, new in zip(tasks, copies, strict=True):
        new.milestone = stages.get(old.milestone_id)
        new.save()
        new.helpers.set(old.helpers.all())
        TaskMeasure.objects.bulk_create(
            TaskMeasure(task=new, side=row.side, name=row.name, target=row.target, unit=row.unit)
            for row in old.measures.all()
        )


def _copied(model: Any, before: Plan, plan: Plan) -> list[Any]:
    rows = list(model.objects.filter(plan=before))
    for row in rows:
        row.copied_from_id, row.pk, row.plan = row.pk, None, plan
        if model is PlanTask:
            row.milestone = None
    found: list[Any] = model.objects.bulk_create(rows)
    return found


def carry_over(before: Plan, plan: Plan) -> None:
    """What happened to the rows of `before` since they were copied: items, words of the owners, stages, risks."""
    for model, names in HAPPENS.items():
        then = {row.pk: row for row in model.objects.filter(plan=before)}
        for row in model.objects.filter(plan=plan, copied_from__in=list(then)):
            old = then[row.copied_from_id]
            for name in names:
                setattr(row, name, getattr(old, name))
            row.save()
