"""Pages of the oral start: the list of them, the record of one, and what the two others do on it (Q23)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.acting import now
from audit.refusals import NotYours
from pages.acts import hand_in
from pages.answers import answer, posted
from pages.lists import paginate
from pages.typing import AuthenticatedHttpRequest
from requests import flows
from requests import oral_policies as policies
from requests.forms.oral import StartOnOrderForm
from requests.models import OralOrder
from requests.views.shared import page_of_matter
from supervision.models import Obligation
from supervision.states import Kind


@require_GET
@login_required
def orders(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Everything that began on an oral order, whether it was confirmed and whether its papers are in."""
    if not policies.may_read_orders(request.user):
        raise NotYours(_("The list is for the coordination office, the leaders and the auditor."))
    page = paginate(request, OralOrder.objects.visible_to(request.user).for_list_page())
    rows = list(page.object_list)
    duties = Obligation.objects.filter(case_id__in=[row.matter_id for row in rows], kind=Kind.PAPERS).open()
    owed = {duty.case_id: duty for duty in duties}
    context = {
        "page": page,
        "orders": [(row, owed.get(row.matter_id)) for row in rows],
        "may_record": policies.may_record_order(request.user),
    }
    return answer(request, "requests/oral_orders.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def start(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The office takes down an order; the matter runs from then on."""
    if not policies.may_record_order(request.user):
        raise NotYours(_("Only the coordination office takes down an oral order."))
    form = StartOnOrderForm(posted(request), initial={"ordered_at": now()})
    if taken := hand_in(form, lambda: flows.start_on_order(by=request.user, **form.cleaned_data)):
        number = taken.result.number
        messages.success(
            request, _("%(number)s has been started. Hand out the first action item.") % {"number": number}
        )
        return redirect(page_of_matter(taken.result.pk))
    return answer(request, "requests/oral_start.html", {}, form)
