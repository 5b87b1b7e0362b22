"""The supervision register: the list, with what can be done to several items at once."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from audit.acting import now, today
from organization.models import User
from pages.figures import figures
from pages.lists import Filter, paginate
from pages.typing import AuthenticatedHttpRequest
from requests import bulk, inline, policies, register, saved_filters
from requests.resource_policies import may_read_conflicts
from requests.saved_filters import SavedTab
from requests.states import ListPage


@require_GET
@login_required
def items(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The register (督办台账): what is open, with its light, the most urgent first."""
    moment, every, given = now(), register.items_for(request.user), register.filters_of(request.GET)
    page = paginate(request, register.filtered(every, given, moment).for_list_page())
    shown = list(page.object_list)
    duties, words = register.duties_of(shown), register.last_words(shown)
    executions, reports = register.executions_and_reports(shown)
    offers = inline.assignees(shown, request.user)
    counts = register.counts_by_tab(every)
    lights = register.counts_by_light(every, moment)
    departments = [(str(pk), name) for pk, name in register.departments_of(every)]
    here = saved_filters.canonical(ListPage.ITEMS, request.GET, request.user)
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
                    offers.get(item.pk),
                )
                for item in shown
            ],
            "given": given,
            "tab": given.tab,
            "find": _("Number, text or person"),
            "filters": [
                Filter("department", _("All departments"), departments, given.department),
                Filter("source", _("All sources"), register.SOURCES.items(), given.source),
                Filter("light", _("All lights"), register.LIGHTS.items(), given.light),
            ],
            "is_filtered": given.are_set,
            **saved_filters.context(ListPage.ITEMS, _saved(request, here), here, request.user),
            "tabs": [(key, label, counts[key]) for key, label in register.TABS.items()],
            "lights": [(shape, label, lights[shape]) for shape, label in register.LIGHTS.items()],
            "open_count": counts["open"],
            "today": today(),
            "bulk": bulk.ITEMS.offered(request.user),
            "may_export": policies.may_export_register(request.user),
            "may_read_conflicts": may_read_conflicts(request.user),
        },
    )


def _saved(request: AuthenticatedHttpRequest, here: str) -> list[SavedTab]:
    """The saved tabs of this person, counted in one query where there are any."""
    saved = saved_filters.of_list(ListPage.ITEMS, request.user)
    if not saved:
        return []

    def count() -> dict[str, int]:
        rows = saved_filters.counters(saved, request.user, now())
        found: dict[str, int] = User.objects.filter(pk=request.user.pk).values(**rows).get()
        return found

    counts = figures(request, f"items-saved:{saved_filters.stamp(saved)}", count)
    return saved_filters.tabs(saved, counts, here, request.user)
