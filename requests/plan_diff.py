"""What differs between two versions of the plan, part by part, in lines that a person reads (R074)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from requests.models import Plan
from requests.plan_reading import PARTS_EDITED
from requests.plan_rules import PARTS

NEW, GONE, OTHER = "new", "gone", "other"
LABELS: dict[str, str | Promise] = {**PARTS_EDITED, **dict(PARTS)}


@dataclass(frozen=True)
class Change:
    """One row that is new, gone or other: its name and, for the last, each column before and after."""

    part: str | Promise
    kind: str
    name: str
    columns: Sequence[tuple[str, str, str]] = ()


def _columns(part: str) -> Callable[[Any], dict[str, Any]]:
    """What is written in a row of a part, by the label of its column."""
    names = {
        "team": ("department", "person", "role", "duties"),
        "milestones": ("name", "standard", "due_on", "acceptor"),
        "tasks": (
            "wbs", "name", "owner", "department", "standard", "begins_on", "ends_on", "predecessors", "resources", "weight", "is_critical",
            "milestone",
        ),
        "resources": ("kind", "text", "department", "needed_on", "task", "amount"),
        "deliverables": ("name", "standard", "acceptor", "due_on"),
        "channels": ("form", "frequency", "weekday", "starts_at", "place", "attendees", "agenda", "recorder"),
        "escalation": ("level", "person", "days"),
        "risks": ("text", "kind", "likelihood", "effect", "owner", "response", "measure", "trigger"),
    }[part]  # fmt: skip

    def read(row: Any) -> dict[str, Any]:
        found = {str(row._meta.get_field(name).verbose_name): _words(row, name) for name in names}
        if part == "tasks":
            found[_("measures")] = "；".join(str(one) for one in row.measures.all())
            found[_("helpers")] = "、".join(sorted(one.name for one in row.helpers.all()))
        return found

    return read


def _words(row: Any, name: str) -> str:
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


RELATED: dict[str, tuple[str, ...]] = {
    "team": ("department", "person"), "milestones": ("acceptor",), "tasks": ("owner", "department", "milestone"),
    "resources": ("department",), "deliverables": ("acceptor",), "channels": ("recorder",), "escalation": ("person",), "risks": ("owner",),
}  # fmt: skip


def changes(before: Plan, after: Plan) -> list[Change]:
    """Row by row: a row of `after` is the one of `before` that it was copied from, through any versions between."""
    found: list[Change] = []
    if before.goal.strip() != after.goal.strip():
        goal = str(LABELS["goal"])
        found.append(Change(goal, OTHER, goal, [(goal, before.goal, after.goal)]))
    for part, related in RELATED.items():
        found += _changes_of(part, _rows(before, part, related), _rows(after, part, related))
    return found


def _rows(plan: Plan, part: str, related: Iterable[str]) -> list[Any]:
    rows = getattr(plan, part).select_related(*related)
    return list(rows.prefetch_related("measures", "helpers") if part == "tasks" else rows)


def _changes_of(part: str, old: list[Any], new: list[Any]) -> list[Change]:
    read, label = _columns(part), LABELS[part]
    origins = {row.pk: row for row in old}
    found, kept = [], set()
    for row in new:
        origin = origins.get(row.copied_from_id) or next((one for one in old if str(one) == str(row)), None)
        if origin is None:
            found.append(Change(label, NEW, str(row)))
            continue
        kept.add(origin.pk)
        then, now = read(origin), read(row)
        differing = [(name, then[name], now[name]) for name in now if then[name] != now[name]]
        if differing:
            found.append(Change(label, OTHER, str(row), differing))
    return found + [Change(label, GONE, str(row)) for row in old if row.pk not in kept]
