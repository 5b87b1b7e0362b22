"""Returning a form: the gaps are rows, all named at once (Q2)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.refusals import NotYours
from audit.transitions import why_not
from pages.acts import hand_in
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, policies
from requests.flows.conditions import unmet_checks
from requests.forms.acts import GapFormSet, MoreGapsFormSet, NothingForm
from requests.views.shared import the_matter


@require_http_methods(["GET", "POST"])
@login_required
def return_for_revision(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Name every gap beside those of the checklist; the flow sends the form back and stops the clock."""
    matter = the_matter(request, pk)
    if not policies.may_accept(matter, request.user):
        raise NotYours(_("Only the coordination office returns a form."))
    if request.method == "GET" and (refusal := why_not(matter.return_for_revision)):
        messages.warning(request, refusal)
        return redirect("requests:detail", pk)
    unmet = [check for check in unmet_checks(matter) if check.can_be_completed]
    formset = MoreGapsFormSet if unmet else GapFormSet
    rows = formset(posted(request), prefix="gaps")
    context = {"matter": matter, "unmet": unmet}
    form = NothingForm(posted(request), matter=matter)
    if request.POST.get("go") == "row":
        rows = formset(_one_row_more(request.POST), prefix="gaps")
        return answer(request, "requests/return.html", {**context, "rows": rows, "form": form})
    if form.is_valid() and rows.is_valid():
        gaps = [(row["code"], row["text"]) for row in rows.cleaned_data if row and not row.get("DELETE")]
        if hand_in(form, lambda: flows.return_for_revision(matter_id=pk, by=request.user, gaps=gaps)):
            messages.success(request, _("Returned for completion."))
            return redirect("requests:detail", pk)
    return answer(request, "requests/return.html", {**context, "rows": rows, "form": form}, [form, rows])


def _one_row_more(data: Any) -> Any:
    more = data.copy()
    more["gaps-TOTAL_FORMS"] = int(data.get("gaps-TOTAL_FORMS") or 0) + 1
    return more
