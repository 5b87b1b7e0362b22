"""A version of a plan as the dossier keeps it: with all its rows, its tasks with their measures and helpers."""

from __future__ import annotations

from typing import Any

from archive.canonical import picture
from requests.models import Plan, PlanTask

PARTS = {
    "team": ("department", "person"), "milestones": ("acceptor", "answered_by"), "resources": ("department",),
    "deliverables": ("acceptor",),
    "channels": ("recorder",), "escalation": ("person",), "risks": ("owner", "changed_by"),
}  # fmt: skip


def whole_plan(plan: Plan) -> dict[str, Any]:
    parts = {
        name: [picture(row) for row in getattr(plan, name).select_related("plan", "copied_from", *people)]
        for name, people in PARTS.items()
    }
    tasks = plan.tasks.for_plan_page().select_related("plan", "copied_from", "answered_by")
    return {**picture(plan), **parts, "tasks": [_task(task) for task in tasks]}


def _task(task: PlanTask) -> dict[str, Any]:
    helpers = sorted(person.name for person in task.helpers.all())
    return {**picture(task), "helpers": helpers, "measures": [picture(row) for row in task.measures.all()]}
