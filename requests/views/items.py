"""The supervision register: list, export, reminders for several items at once."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from audit.acting import now, today
from audit.refusals import NotYours, Refusal
from pages.lists import chosen, paginate
from pages.typing import AuthenticatedHttpRequest
from requests import flows, policies, register
from supervision.clock import light


@require_GET
@login_required
def items(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The register (督办台账): what is open, with its light, the most urgent first."""
    moment, every, given = now(), register.items_for(request.user), _filters(request)
    page = paginate(request, register.filtered(every, given, moment).for_list_page())
    shown = list(page.object_list)
    duties, executions = register.duties_of(shown), register.executions_of(shown)
    reports, words = register.reports_due(shown), register.last_words(shown)
    counts = register.counts_by_tab(every)
    lights = register.counts_by_light(every, moment)
    return render(
        request,
        "requests/items.html",
        {
            "page": page,
            "rows": [
                (
                    item,
                    duties.get(item.duty_id),
                    executions.get(item.pk),
                    reports.get(item.pk),
                    words.get(item.pk),
                )
                for item in shown
            ],
            "given": given,
            "tabs": [(key, label, counts[key]) for key, label in register.TABS.items()],
            "lights": [(shape, label, lights[shape]) for shape, label in register.LIGHTS.items()],
            "open_count": counts["open"],
            "departments": register.departments_of(every),
            "sources": register.SOURCES.items(),
            "today": today(),
            "may_remind": policies.may_remind(request.user) and given.tab != "ended",
            "may_export": policies.may_export_register(request.user),
        },
    )


@require_GET
@login_required
def export(request: AuthenticatedHttpRequest) -> StreamingHttpResponse:
    """The filtered list as a table (CSV that spreadsheets open with Chinese intact)."""
    if not policies.may_export_register(request.user):
        raise NotYours(_("Only the coordination office, the chair and the auditor export the register."))
    found = register.filtered(register.items_for(request.user), _filters(request), now()).for_list_page()
    response = StreamingHttpResponse(_lines(list(found)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="register-{today():%Y-%m-%d}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
def remind_several(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Remind of the ticked items (催办); the flow does the refusing."""
    ids = [int(one) for one in request.POST.getlist("ids") if one.isdecimal()]
    visible = register.items_for(request.user).filter(pk__in=ids).values_list("pk", flat=True)
    try:
        reminded = flows.remind(item_ids=list(visible), by=request.user)
    except NotYours:
        raise
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request,
            ngettext("Reminded of %(n)d item.", "Reminded of %(n)d items.", reminded) % {"n": reminded},
        )
    query = request.GET.urlencode()
    return redirect(f"/items/?{query}" if query else "requests:items")


def _filters(request: AuthenticatedHttpRequest) -> register.Filters:
    return register.Filters(
        tab=chosen(request, "tab", register.TABS, "open"),
        department=request.GET.get("department", ""),
        source=chosen(request, "source", register.SOURCES),
        light=chosen(request, "light", register.LIGHTS),
        q=request.GET.get("q", "").strip()[:60],
    )


class _Echo:
    """A file that hands back what is written to it, so that rows go out one by one."""

    def write(self, value: str) -> str:
        return value


def _lines(found: list[Any]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    duties, executions, moment = register.duties_of(found), register.executions_of(found), now()
    reports, words = register.reports_due(found), register.last_words(found)
    # The mark at the start tells spreadsheets that this is UTF-8.
    yield "\ufeff" + str(writer.writerow([
        _("Number"), _("What is to be done"), _("Standard of delivery"), _("Department"), _("Responsible person"),
        _("State"), _("Due"), _("Originally due"), pgettext("item", "Light"), _("Progress"), _("Next report"), _("Last word"), _("Matter"), _("Source"),
    ]))  # fmt: skip
    for item in found:
        duty, execution = duties.get(item.duty_id), executions.get(item.pk)
        report, word = reports.get(item.pk), words.get(item.pk)
        yield str(writer.writerow([_plain(cell) for cell in (
            item.number, item.text, item.standard, item.department_name, item.assignee.name, item.state_words(),
            _day(duty.due_at if duty else None), _day(execution.original_due_at if execution else None),
            light(duty, moment).words if duty else "", f"{item.percent}%",
            _day(report.due_at if report else None), word.done if word else "", item.matter.number, item.source_number,
        )]))  # fmt: skip


def _day(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d}" if moment else ""


def _plain(cell: Any) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    text = str(cell or "")
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
