"""The board of the tasks by their state (R082) and the chart of the plan (R075)."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from audit.acting import now, today
from pages.answers import answer
from pages.typing import AuthenticatedHttpRequest
from requests import flows
from requests.models import ActionItem, Plan
from requests.plan_gantt import chart
from requests.plan_reading import Row, columns, progress, rows_of_board, rows_of_plan
from requests.states import ItemState
from requests.views.shared import the_matter


@require_GET
@login_required
def board(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """All items of the matter by their state; filters stand in the address."""
    matter = the_matter(request, pk)
    items = (
        ActionItem.objects.visible_to(request.user).filter(matter=matter).exclude(state=ItemState.CANCELLED)
    )
    plan = flows.plan_in_force(matter)
    everything = rows_of_board(items.select_related("assignee", "department"), plan, now())
    rows = _filtered(request, everything)
    return answer(
        request, "requests/plan_board.html",
        {
            "matter": matter, "plan": plan, "columns": columns(rows), "rows": rows, "all": len(everything),
            "departments": sorted({(row.item.department_id, row.item.department_name) for row in everything if row.item}),
            "people": sorted({(row.item.assignee_id, row.item.assignee.name) for row in everything if row.item}),
            "department": request.GET.get("department", ""), "person": request.GET.get("person", ""),
            "late": request.GET.get("late", ""),
        },
    )  # fmt: skip


def _filtered(request: AuthenticatedHttpRequest, rows: Sequence[Row]) -> list[Row]:
    department, person, late = (request.GET.get(name, "") for name in ("department", "person", "late"))
    return [
        row
        for row in rows
        if row.item is not None
        and (not department or str(row.item.department_id) == department)
        and (not person or str(row.item.assignee_id) == person)
        and (not late or row.is_late)
    ]


@require_GET
@login_required
def gantt(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The chart of a version with its table, to be looked at and printed."""
    matter = the_matter(request, pk)
    seen = Plan.objects.visible_to(request.user).filter(matter=matter)
    wanted = request.GET.get("version", "")
    if wanted.isdecimal():
        plan = get_object_or_404(seen, version=int(wanted))
    else:
        plan = seen.in_force().first() or get_object_or_404(seen[:1])
    plan.matter = matter
    rows = rows_of_plan(plan, now())
    stages = list(plan.milestones.all())
    return answer(
        request, "requests/plan_gantt.html",
        {"matter": matter, "plan": plan, "rows": rows, "chart": chart(rows, stages, today()), "progress": progress(rows),
         "stages": stages},
    )  # fmt: skip
