"""The tasks of a plan as a workbook: taken away, filled in, taken in again with a preview, all rows or none."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.acting import today
from audit.flows import note_read
from documents import sheets
from documents.serving import hand_out
from pages.typing import AuthenticatedHttpRequest
from requests import flows, plan_sheet
from requests.views.imports import Import, blank_of, taken_in
from requests.views.plan import page_of_version, the_plan
from requests.views.plan_edit import own_draft


@require_GET
@login_required
def workbook(request: AuthenticatedHttpRequest, pk: int) -> FileResponse:
    """Who took it away is kept before it leaves."""
    plan = the_plan(request, pk)
    rows = list(plan_sheet.rows_of(plan))
    note_read(
        what="export", by=request.user, filters={"list": "plan", "rows": str(len(rows)), "number": str(plan)}
    )
    data = sheets.table(plan_sheet.TITLE, plan_sheet.COLUMNS, rows)
    return hand_out(data, sheets.file_name(f"{plan_sheet.TITLE} {plan}", today()), sheets.MEDIA_TYPE)


@require_GET
@login_required
def blank(request: AuthenticatedHttpRequest, pk: int) -> FileResponse:
    plan = own_draft(request, pk)
    return blank_of(plan_sheet.TITLE, plan_sheet.FIELDS, plan_sheet.offered(plan), plan.matter.number or "")


@require_http_methods(["GET", "POST"])
@login_required
def tasks(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Tasks of a draft from a sheet, also from the one that was taken away."""
    plan = own_draft(request, pk)
    return taken_in(
        request,
        Import(
            what=f"plan:{pk}", fields=plan_sheet.FIELDS, check=lambda lines: plan_sheet.checked(plan, lines),
            flow=lambda lines: flows.import_plan_tasks(plan_id=pk, lines=lines, by=request.user), then=page_of_version(plan),
            context={
                "matter": plan.matter, "heading": _("Tasks from Excel"),
                "advice": _("One row each. A number that is there already changes that task; tasks that are not in the sheet stay."),
                "blank": reverse("requests:plan_blank", args=[pk]), "back": page_of_version(plan),
            },
        ),
    )  # fmt: skip
