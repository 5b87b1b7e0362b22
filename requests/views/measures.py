"""Pages of definitive and interim measures (R054)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.refusals import NotYours
from pages.acts import carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows
from requests import measure_policies as policies
from requests.forms.consult import EndMeasureForm, MeasureForm, ProlongMeasureForm
from requests.looking import keep_look
from requests.models import Measure
from requests.views.shared import page_of_matter, the_matter

ACT = "requests/plain_act.html"


def _the_measure(request: AuthenticatedHttpRequest, pk: int) -> Measure:
    seen = Measure.objects.visible_to(request.user).for_panel()
    found: Measure = get_object_or_404(seen.select_related("matter__filed_by"), pk=pk)
    keep_look(request.user, found.matter, "matter")
    return found


@require_http_methods(["GET", "POST"])
@login_required
def record(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What is done for good, and meanwhile."""
    matter = the_matter(request, pk)
    if not policies.may_record_measure(matter, request.user):
        raise NotYours(_("Only the coordination office and the lead department record measures."))
    context = {
        "matter": matter, "heading": _("Record a measure"), "button": _("Record the measure"),
        "advice": _("An interim measure has its day and its return; the matter is not completed while one is open."),
    }  # fmt: skip
    return carry_out(
        request, MeasureForm(posted(request), matter=matter), flows.record_measure, done=_("The measure has been recorded."),
        then=page_of_matter(pk, "measures"), template=ACT, context=context, matter_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def end(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The interim measure is over, and what it was about is back. Whoever only reads comes to the tab."""
    found = _the_measure(request, pk)
    then = page_of_matter(found.matter_id, "measures")
    if not policies.may_end_measure(found, request.user):
        raise NotYours(_("The department that keeps it up ends it, or the coordination office."))
    if request.method == "GET" and not found.is_open:
        return redirect(then)
    context = {
        "matter": found.matter, "heading": _("End the interim measure"), "button": _("End it"),
        "advice": f"{found.interim}（{found.return_duty}）", "back": then,
    }  # fmt: skip
    return carry_out(
        request, EndMeasureForm(posted(request)), flows.end_measure, done=_("The interim measure has ended."), then=then,
        template=ACT, context=context, measure_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def prolong(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A later day, with the word of the office."""
    found = _the_measure(request, pk)
    then = page_of_matter(found.matter_id, "measures")
    if not policies.may_prolong_measure(found, request.user):
        raise NotYours(_("Only the coordination office agrees to a later day."))
    context = {
        "matter": found.matter, "heading": _("Let it run longer"), "button": _("Agree to a later day"),
        "advice": found.interim, "back": then,
    }  # fmt: skip
    return carry_out(
        request, ProlongMeasureForm(posted(request)), flows.prolong_measure, done=_("The later day holds now."),
        then=then, template=ACT, context=context, measure_id=pk,
    )  # fmt: skip
