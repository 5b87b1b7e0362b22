"""The reads of form F1, each written once (pages/prepared.py): its gaps, its talks, the departments and goals it names."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from organization.goals import Goal
from pages.prepared import Prepared
from requests.models import Attempt, CoordinationRequest, Gap
from requests.states import Answer, Stage

Wished: Any = CoordinationRequest.wished_departments.through

OPEN_GAPS = Prepared(lambda matter: Gap.objects.open().filter(matter=matter).select_related("named_by"))
WISHED = Prepared(
    lambda matter: Wished.objects.filter(coordinationrequest=matter).values_list("department_id", flat=True)
)
TALKS_BY = Prepared(
    lambda matter, by: Attempt.objects.filter(matter=matter, recorded_by=by).select_related("department")
)
REASONS_OF_REFUSALS = Prepared(
    lambda matter: Attempt.objects.filter(
        matter=matter, answer__in=[Answer.REFUSED, Answer.NO_ANSWER]
    ).values_list("reason", flat=True)
)
# What can be chosen today, and what this form has chosen already.
GOALS_TO_CHOOSE = Prepared(
    lambda chosen: Goal.objects.filter(Q(retired_at=None) | Q(pk=chosen)).select_related("department")
)
GOALS_SINCE = Prepared(
    lambda moment: Goal.objects.active().filter(added_at__lte=moment).order_by().values("pk")[:1]
)
UNTOUCHED = Prepared(
    lambda by, department: CoordinationRequest.objects.select_for_update(of=("self",)).filter(
        filed_by=by, filed_by_department=department, stage=Stage.DRAFT, revision=0, attempts=None
    )
)


def open_gaps(matter: CoordinationRequest) -> list[Gap]:
    """What the office named as missing. Of a form that was never handed in it has named nothing."""
    return [] if matter.stage == Stage.DRAFT else OPEN_GAPS(matter.pk)
