"""The ticked rows of a list as a workbook or on paper: what this person sees of them, and on record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audit.acting import now
from audit.flows import note_read
from audit.refusals import NotReady, NotYours, Refusal
from documents.sheets import Column
from organization.models import User
from pages.addresses import way_back
from pages.answers import answer
from pages.typing import AuthenticatedHttpRequest
from requests import bulk, exports, policies
from requests.views.exports import workbook

Read = Callable[[User, list[int], Any], tuple[int, Iterable[Sequence[Any]]]]


@dataclass(frozen=True)
class Table:
    """What is taken away of a list: its rows, its columns, and those that are printed."""

    name: str
    page: str
    title: Any
    read: Read
    columns: Sequence[Column]
    printed: Sequence[int]


MATTERS = Table(
    "matters", "requests:list", exports.MATTERS_TITLE, exports.chosen_matters, exports.MATTERS,
    exports.PRINTED_MATTERS,
)  # fmt: skip
ITEMS = Table(
    "items", "requests:items", exports.ITEMS_TITLE, exports.chosen_items, exports.ITEMS, exports.PRINTED_ITEMS
)


@require_POST
@login_required
def export_matters(request: AuthenticatedHttpRequest) -> HttpResponseBase:
    return _taken_away(request, MATTERS, policies.may_export_matters, _as_workbook, "export")


@require_POST
@login_required
def print_matters(request: AuthenticatedHttpRequest) -> HttpResponseBase:
    return _taken_away(request, MATTERS, policies.may_export_matters, _as_page, "print")


@require_POST
@login_required
def export_items(request: AuthenticatedHttpRequest) -> HttpResponseBase:
    return _taken_away(request, ITEMS, policies.may_export_register, _as_workbook, "export")


@require_POST
@login_required
def print_items(request: AuthenticatedHttpRequest) -> HttpResponseBase:
    return _taken_away(request, ITEMS, policies.may_export_matters, _as_page, "print")


def _taken_away(
    request: AuthenticatedHttpRequest, table: Table, may: Callable[[User], bool],
    shape: Callable[..., HttpResponseBase], what: str,
) -> HttpResponseBase:  # fmt: skip
    """Who took which rows away is kept before they leave: no note, no table (trust.md §3.2)."""
    if not may(request.user):
        raise NotYours(
            _("You cannot take these rows away. Ask the coordination office if you think you should.")
        )
    try:
        ids = bulk.chosen(request.POST.getlist("ids"))
        number, rows = table.read(request.user, ids, now())
        if not number:
            raise NotReady(
                _("None of the chosen rows can be taken away: confidential ones stay in the house.")
            )
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect(way_back(request, reverse(table.page)))
    kept = {"list": table.name, "rows": str(number), "query": ",".join(map(str, ids))[:300]}
    note_read(what=what, by=request.user, filters=kept)
    return shape(request, table, rows, len(ids) - number)


def _as_workbook(
    request: AuthenticatedHttpRequest, table: Table, rows: Iterable[Sequence[Any]], left_out: int
) -> HttpResponseBase:
    return workbook(table.title, table.columns, rows)


def _as_page(
    request: AuthenticatedHttpRequest, table: Table, rows: Iterable[Sequence[Any]], left_out: int
) -> HttpResponse:
    context = {
        "heading": table.title,
        "back": way_back(request, reverse(table.page)),
        "columns": [table.columns[at].heading for at in table.printed],
        "rows": [[row[at] for at in table.printed] for row in rows],
        "left_out": left_out,
        "printed_at": now(),
    }
    return answer(request, "requests/chosen.html", context)
