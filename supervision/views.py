"""Pages of the arrangements of time: the limits, and the working calendar."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.acting import today
from pages.acts import carry_out, hand_in
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from supervision import flows, policies
from supervision.calendar import unpublished_years, working_days
from supervision.forms import DayForm, HoursForm, LimitForm
from supervision.models import CalendarDay, TimeLimit
from supervision.states import Kind

YEARS = range(2004, 2100)


@require_GET
@login_required
def settings(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All limits, one row a kind, one column an urgency."""
    _insist_on_reading(request)
    rows: dict[str, list[TimeLimit]] = {}
    for limit in TimeLimit.objects.all():
        rows.setdefault(limit.kind, []).append(limit)
    order = {"normal": 0, "urgent": 1, "extra": 2}
    table = [
        (Kind(kind).label, sorted(rows[kind], key=lambda limit: order[limit.urgency]))
        for kind in Kind.values
        if kind in rows
    ]
    return render(
        request,
        "supervision/limits.html",
        {
            "rows": table,
            "may_arrange": policies.may_arrange(request.user),
            "unpublished": unpublished_years(today()),
        },
    )


@require_http_methods(["GET", "POST"])
@login_required
def limit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Change one limit."""
    _insist_on_arranging(request)
    row = get_object_or_404(TimeLimit, pk=pk)
    form = LimitForm(posted(request), initial={"amount": row.amount, "unit": row.unit})
    return carry_out(
        request,
        form,
        flows.set_limit,
        done=_("The limit has been changed. It holds for what is owed from now on."),
        then=reverse("supervision:settings"),
        template="supervision/limit.html",
        context={"limit": row},
        limit_id=pk,
    )


@require_GET
@login_required
def year(request: AuthenticatedHttpRequest, number: int | None = None) -> HttpResponse:
    """The working calendar of a year, month by month."""
    _insist_on_reading(request)
    shown = number or today().year
    if shown not in YEARS:
        raise Http404
    return render(
        request,
        "supervision/calendar.html",
        {
            "year": shown,
            "months": _months(shown),
            "unpublished": sorted({shown} - working_days().known_years | set(unpublished_years(today()))),
            "may_arrange": policies.may_arrange(request.user),
            "today": today(),
            "weekdays": [date_format(date(2024, 1, 1 + index), "D") for index in range(7)],
        },
    )


@require_http_methods(["GET", "POST"])
@login_required
def day(request: AuthenticatedHttpRequest, day: str) -> HttpResponse:
    """Make one day a working day or a day off."""
    _insist_on_arranging(request)
    chosen = _day(day)
    row = CalendarDay.objects.filter(day=chosen).first()
    works = working_days().is_working(chosen)
    form = DayForm(
        posted(request), initial={"is_working": "1" if works else "0", "note": row.note if row else ""}
    )
    if hand_in(form, lambda: flows.set_day(day=chosen, by=request.user, **form.given())):
        messages.success(request, _("The calendar has been changed."))
        return redirect("supervision:calendar", number=chosen.year)
    return answer(request, "supervision/day.html", {"day": chosen, "works": works}, form)


@require_http_methods(["GET", "POST"])
@login_required
def hours(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The office hours, by which limits in hours are counted and at whose end limits in days end."""
    _insist_on_arranging(request)
    names = ("morning_opens", "morning_closes", "afternoon_opens", "afternoon_closes")
    kept = [f"{moment:%H:%M}" for span in working_days().hours for moment in span]
    form = HoursForm(posted(request), initial=dict(zip(names, kept, strict=False)))
    if hand_in(form, lambda: flows.set_hours(spans=form.spans(), by=request.user)):
        messages.success(request, _("The office hours have been changed."))
        return redirect("supervision:this_year")
    return answer(request, "supervision/hours.html", {}, form)


def _months(number: int) -> list[dict[str, Any]]:
    """Each month as weeks of (day, does it work, note); days of other months are None."""
    notes = dict(CalendarDay.objects.filter(day__year=number).values_list("day", "note"))
    works = working_days().is_working
    return [
        {
            "first": date(number, month, 1),
            "weeks": [
                [(one, works(one), notes.get(one, "")) if one.month == month else None for one in week]
                for week in calendar.Calendar().monthdatescalendar(number, month)
            ],
        }
        for month in range(1, 13)
    ]


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if found.year not in YEARS:
        raise Http404
    return found


def _insist_on_reading(request: AuthenticatedHttpRequest) -> None:
    if not policies.may_read_arrangements(request.user):
        raise PermissionDenied


def _insist_on_arranging(request: AuthenticatedHttpRequest) -> None:
    if not policies.may_arrange(request.user):
        raise PermissionDenied
