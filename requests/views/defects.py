"""Defects of an acceptance sheet: mended, looked at, not mended yet (F14)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.refusals import NotYours
from pages.acts import Act, carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests import acceptance_policies as policies
from requests import flows
from requests.forms import items as shapes
from requests.models import Defect
from requests.views.item import facts_of, the_item

REPORT = Act(
    policies.may_report_mended, shapes.MendedForm, flows.report_mended,
    gettext_lazy("The defect is mended"), pgettext_lazy("defect", "Report it mended"),
    gettext_lazy("Reported; who accepted the item looks at it."),
)  # fmt: skip
REFUSE = Act(
    policies.may_check_mended, shapes.NotMendedForm, flows.refuse_mended,
    gettext_lazy("Not mended yet"), pgettext_lazy("defect", "Not mended"),
    gettext_lazy("Sent back; it is owed by the same day."), danger=True,
)  # fmt: skip


def _the_defect(request: AuthenticatedHttpRequest, pk: int) -> Defect:
    found: Defect = get_object_or_404(Defect.objects.visible_to(request.user).for_page(), pk=pk)
    found.sheet.item = the_item(request, found.sheet.item_id)
    return found


def _page(request: AuthenticatedHttpRequest, pk: int, act: Act) -> HttpResponse:
    found = _the_defect(request, pk)
    if not act.may(found, request.user):
        raise NotYours(_("Somebody else does this."))
    item = found.sheet.item
    words: dict[str, Any] = {
        "heading": act.heading,
        "advice": found.text,
        "button": act.button,
        "danger": act.danger,
    }
    return carry_out(
        request, act.form(posted(request), item=item), act.flow, done=act.done,
        then=reverse("requests:item", args=[item.pk]), template="requests/item_act.html",
        context={**facts_of(item), "act": words}, defect_id=pk,
    )  # fmt: skip


@require_GET
@login_required
def defect(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Where it stands: on the acceptance sheet, on the page of its item."""
    found = _the_defect(request, pk)
    return redirect(f"{reverse('requests:item', args=[found.sheet.item_id])}#acceptances")


@require_http_methods(["GET", "POST"])
@login_required
def report(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say how it was mended."""
    return _page(request, pk, REPORT)


@require_http_methods(["GET", "POST"])
@login_required
def refuse(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say what is still wrong."""
    return _page(request, pk, REFUSE)


@require_POST
@login_required
def confirm(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """It is mended."""
    found = _the_defect(request, pk)
    flows.confirm_mended(defect_id=pk, by=request.user)
    messages.success(request, _("It counts as mended."))
    return redirect("requests:item", found.sheet.item_id)
