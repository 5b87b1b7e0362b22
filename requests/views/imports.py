"""Workbooks that are taken in: the blank sheet, the preview with what is wrong in which row, all or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from audit.acting import today
from audit.refusals import NotYours, Refusal
from documents import sheets
from documents.serving import hand_out
from documents.sheets import Checked, Field, Line
from pages.answers import answer
from pages.forms import apply_refusal
from pages.typing import AuthenticatedHttpRequest
from requests import draft_sheet, flows, item_sheet, policies, powers
from requests.approval_states import Power
from requests.flows.issue import WHO_DRAFTS
from requests.forms.sheets import SheetForm
from requests.models import CoordinationRequest
from requests.states import Stage
from requests.views.shared import page_of_matter, the_matter


@dataclass(frozen=True)
class Import:
    """One kind of sheet: its columns, how its rows are judged and written, and where one goes then."""

    what: str
    fields: Sequence[Field]
    check: Callable[[Sequence[Line]], list[Checked]]
    flow: Callable[[Sequence[Line]], int]
    then: str
    context: dict[str, Any]


@require_http_methods(["GET", "POST"])
@login_required
def items(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Action items of a decision, drafted from a sheet."""
    matter = _drafting(request, pk)
    if request.method == "GET" and matter.stage not in (Stage.DECISION, Stage.EXECUTION):
        messages.warning(request, _("Action items are drafted while the matter is decided or carried out."))
        return redirect("requests:detail", pk)
    return _page(
        request,
        Import(
            what=f"items:{pk}",
            fields=item_sheet.FIELDS,
            check=lambda lines: item_sheet.checked(matter, lines),
            flow=lambda lines: flows.import_items(matter_id=pk, lines=lines, by=request.user),
            then=page_of_matter(pk, "items"),
            context={
                "matter": matter,
                "heading": _("Draft action items from Excel"),
                "advice": _("One row each. They are issued with the decision, like those written by hand."),
                "blank": reverse("requests:items_blank", args=[pk]),
                "back": reverse("requests:draft_item", args=[pk]),
            },
        ),
    )


@require_GET
@login_required
def items_blank(request: AuthenticatedHttpRequest, pk: int) -> FileResponse:
    matter = _drafting(request, pk)
    return _sheet(item_sheet.TITLE, item_sheet.FIELDS, item_sheet.offered(matter), matter.number or "")


@require_http_methods(["GET", "POST"])
@login_required
def drafts(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Own drafts of form F1 from a sheet."""
    _insist_on_filer(request)
    return _page(
        request,
        Import(
            what="drafts",
            fields=draft_sheet.FIELDS,
            check=lambda lines: draft_sheet.checked(request.user, lines),
            flow=lambda lines: flows.import_drafts(lines=lines, by=request.user),
            then=reverse("requests:mine"),
            context={
                "heading": _("Drafts from Excel"),
                "advice": _("One row each. Every draft is then completed and handed in by itself."),
                "blank": reverse("requests:drafts_blank"),
                "back": reverse("requests:list"),
            },
        ),
    )


@require_GET
@login_required
def drafts_blank(request: AuthenticatedHttpRequest) -> FileResponse:
    _insist_on_filer(request)
    return _sheet(draft_sheet.TITLE, draft_sheet.FIELDS, draft_sheet.offered(), "")


def _drafting(request: AuthenticatedHttpRequest, pk: int) -> CoordinationRequest:
    matter = the_matter(request, pk)
    if not policies.may_draft_items(matter, request.user):
        powers.insist(matter, request.user, Power.ITEMS, otherwise=WHO_DRAFTS)
    return matter


def _insist_on_filer(request: AuthenticatedHttpRequest) -> None:
    if not policies.may_file(request.user):
        raise NotYours(_("Only members of a department can file a matter."))


def _sheet(
    title: Any, fields: Sequence[Field], offered: dict[str, Sequence[str]], number: str
) -> FileResponse:
    name = sheets.file_name(f"{title} {number}".strip(), today())
    return hand_out(sheets.blank(title, fields, offered), name, sheets.MEDIA_TYPE)


def _page(request: AuthenticatedHttpRequest, asked: Import) -> HttpResponse:
    """Choose, look at the preview, confirm; a refused confirmation shows the preview anew."""
    is_confirmed = request.method == "POST" and "rows" in request.POST
    form = (
        SheetForm(request.POST, request.FILES)
        if request.method == "POST" and not is_confirmed
        else SheetForm()
    )
    what, lines = f"{asked.what}:{request.user.pk}", []
    try:
        if is_confirmed:
            lines = sheets.kept(request.POST["rows"], what)
            number = asked.flow(lines)
            messages.success(
                request, ngettext("%(n)s row imported.", "%(n)s rows imported.", number) % {"n": number}
            )
            return redirect(asked.then)
        if form.is_bound and form.is_valid():
            lines = sheets.read(form.cleaned_data["upload"], asked.fields)
    except Refusal as refusal:
        apply_refusal(form, refusal)
    return answer(request, "requests/import.html", asked.context | _preview(asked, lines, what), form)


def _preview(asked: Import, lines: Sequence[Line], what: str) -> dict[str, Any]:
    headings = {field.name: field.heading for field in asked.fields}
    rows = asked.check(lines) if lines else []
    return {
        "rows": [
            (
                row.line.number,
                row.line.cells.get(asked.fields[0].name, ""),
                [
                    (headings[name], cell)
                    for name, cell in row.line.cells.items()
                    if cell and name != asked.fields[0].name
                ],
                [(headings[name], fault) for name, fault in row.faults.items()],
            )
            for row in rows
        ],
        "faulty": sum(1 for row in rows if row.faults),
        "envelope": sheets.keep(lines, what) if rows and not any(row.faults for row in rows) else "",
        "columns": [(field.heading, field.needed, field.hint) for field in asked.fields],
    }
