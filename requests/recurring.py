"""Recurring problems (R109): the same departments and category again and again call for more than one more decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from audit.acting import now
from organization.models import User
from requests.models import CoordinationRequest, Improvement
from requests.retrospect_states import ImprovementKind
from requests.states import Stage

# Half a year; from the third time on the system is at fault, not the case.
DAYS, FLAG = 183, 3
SHOWN = 5
FELL_AWAY = (Stage.WITHDRAWN, Stage.REJECTED, Stage.MERGED)


@dataclass(frozen=True)
class Recurrence:
    """Matters of one category between the same departments, the newest first."""

    matters: Sequence[CoordinationRequest]
    improvement: Improvement | None = None

    @property
    def count(self) -> int:
        return len(self.matters)

    @property
    def newest(self) -> CoordinationRequest:
        return self.matters[0]

    @property
    def is_flagged(self) -> bool:
        return self.count >= FLAG

    @property
    def wants_improvement(self) -> bool:
        return self.is_flagged and self.improvement is None


def recurring(user: User) -> list[Recurrence]:
    """What this person may see of the last half year, the most frequent first; from the second time on."""
    found: dict[tuple[Any, ...], list[CoordinationRequest]] = {}
    for matter in _accepted(user).order_by("-accepted_at", "-pk"):
        key = (matter.category, matter.filed_by_department_id, matter.lead_department_id)
        found.setdefault(key, []).append(matter)
    groups = sorted((rows for rows in found.values() if len(rows) > 1), key=len, reverse=True)
    better = _improvements([row.pk for rows in groups for row in rows])
    return [
        Recurrence(rows, next((better[row.pk] for row in rows if row.pk in better), None)) for rows in groups
    ]


def earlier_ones(user: User, matter: CoordinationRequest) -> Recurrence | None:
    """At the acceptance: what was accepted before of the same category, from the same department, with one of those that
    are wished for."""
    wished = set(matter.wished_departments.values_list("pk", flat=True)) | {matter.filed_by_department_id}
    same = _accepted(user).filter(category=matter.category, filed_by_department=matter.filed_by_department_id)
    rows = list(
        same.filter(Q(lead_department__in=wished)).exclude(pk=matter.pk).order_by("-accepted_at", "-pk")
    )
    return (
        Recurrence(rows, next(iter(_improvements([row.pk for row in rows]).values()), None)) if rows else None
    )


def _accepted(user: User) -> QuerySet[Any]:
    seen = CoordinationRequest.objects.visible_to(user).filter(accepted_at__gte=_since())
    rows: QuerySet[Any] = seen.exclude(stage__in=FELL_AWAY).select_related(
        "filed_by_department", "lead_department"
    )
    return rows.defer("background", "expected_result", "facts", "scope")


def _since() -> datetime:
    return now() - timedelta(days=DAYS)


def _improvements(matters: Sequence[int]) -> dict[int, Improvement]:
    rows = Improvement.objects.filter(matter__in=matters, kind=ImprovementKind.SYSTEM).exclude(state="draft")
    return {row.matter_id: row for row in rows}
