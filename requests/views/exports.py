"""The lists as tables to take away: what this person sees there, by the filters of the address, and on record."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from audit.acting import now, today
from audit.flows import note_read
from audit.refusals import NotYours
from documents import sheets
from documents.serving import hand_out
from pages.typing import AuthenticatedHttpRequest
from requests import exports, matter_list, policies, register


@require_GET
@login_required
def matters(request: AuthenticatedHttpRequest) -> FileResponse:
    """The list of matters as a workbook."""
    if not policies.may_export_matters(request.user):
        raise NotYours(_("Only members of the house take the list of matters away."))
    given = matter_list.filters_of(request.GET, request.user)
    number, rows = exports.matters(request.user, given, now())
    _note(request, "matters", number)
    columns = exports.PUBLIC_MATTERS if given.tab == "public" else exports.MATTERS
    return workbook(exports.MATTERS_TITLE, columns, rows)


@require_GET
@login_required
def items(request: AuthenticatedHttpRequest) -> FileResponse:
    """The register as a workbook."""
    _insist_on_register(request)
    number, rows = exports.items(request.user, register.filters_of(request.GET), now())
    _note(request, "items", number)
    return workbook(exports.ITEMS_TITLE, exports.ITEMS, rows)


@require_GET
@login_required
def items_csv(request: AuthenticatedHttpRequest) -> StreamingHttpResponse:
    """The register as plain text for other programs (CSV that spreadsheets open with Chinese intact)."""
    _insist_on_register(request)
    number, rows = exports.items(request.user, register.filters_of(request.GET), now())
    _note(request, "items", number)
    response = StreamingHttpResponse(_lines(exports.ITEMS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="register-{today():%Y-%m-%d}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _insist_on_register(request: AuthenticatedHttpRequest) -> None:
    if not policies.may_export_register(request.user):
        raise NotYours(_("Only the coordination office, the chair and the auditor export the register."))


def _note(request: AuthenticatedHttpRequest, what: str, number: int) -> None:
    """Who took which rows away, kept before they leave (trust.md §3.2): no note, no table."""
    note_read(
        what="export",
        by=request.user,
        filters={"list": what, "rows": str(number), "query": request.GET.urlencode()[:300]},
    )


def workbook(title: Any, columns: Sequence[sheets.Column], rows: Iterable[Sequence[Any]]) -> FileResponse:
    data = sheets.table(title, columns, rows)
    return hand_out(data, sheets.file_name(title, today()), sheets.MEDIA_TYPE)


class _Echo:
    """A file that hands back what is written to it, so that rows go out one by one."""

    def write(self, value: str) -> str:
        return value


def _lines(columns: Sequence[sheets.Column], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # The mark at the start tells spreadsheets that this is UTF-8.
    yield "\ufeff" + str(writer.writerow([str(column.heading) for column in columns]))
    for row in rows:
        yield str(writer.writerow([_plain(cell) for cell in row]))


def _plain(cell: Any) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    text = f"{cell:%Y-%m-%d}" if isinstance(cell, date) else str(cell or "")
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
