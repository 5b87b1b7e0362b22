"""Pages of site visits (R046): made for the phone of whoever is on the spot."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.refusals import NotYours
from pages.acts import carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows
from requests import visit_policies as policies
from requests.flows.effects import concerned_by
from requests.flows.visits import TAKERS
from requests.forms.visits import PhotosForm, VisitForm, WithdrawVisitForm
from requests.looking import keep_look
from requests.models import SiteVisit
from requests.views.shared import page_of_matter, the_matter

ACT = "requests/visit_act.html"


def _the_visit(request: AuthenticatedHttpRequest, pk: int) -> SiteVisit:
    seen = SiteVisit.objects.visible_to(request.user).standing().for_panel()
    found: SiteVisit = get_object_or_404(seen.select_related("matter__filed_by"), pk=pk)
    keep_look(request.user, found.matter, "matter")
    return found


@require_http_methods(["GET", "POST"])
@login_required
def record(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Where one was, with whom, what was found and what came of it."""
    matter = the_matter(request, pk)
    if not policies.may_record_visit(matter, request.user, concerned_by(matter)):
        raise NotYours(_(TAKERS))
    then = page_of_matter(pk, "visits")
    context = {
        "matter": matter, "heading": _("Record a site visit"), "button": _("Record the visit"), "back": then,
        "advice": _("It stands as a step on site in the history and goes into the dossier. Photos can follow later."),
    }  # fmt: skip
    return carry_out(
        request, VisitForm(*_sent(request)), flows.record_visit, done=_("The site visit has been recorded."), then=then,
        template=ACT, context=context, matter_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def photos(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Photos that were taken and not sent at once."""
    found = _the_visit(request, pk)
    if not policies.may_add_photos(found, request.user):
        raise NotYours(_("Whoever recorded the visit adds its photos, until the matter has ended."))
    return _acted(
        request, found, PhotosForm(*_sent(request)), flows.add_visit_photos,
        heading=_("Add photos"), button=_("Add"), done=_("The photos have been added."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """It did not take place like that: taken back with its reason."""
    found = _the_visit(request, pk)
    if not policies.may_withdraw_visit(found, request.user):
        raise NotYours(_("Whoever recorded the visit takes it back, or the coordination office."))
    return _acted(
        request, found, WithdrawVisitForm(posted(request)), flows.withdraw_visit,
        heading=_("Take it back"), button=_("Take it back"), done=_("It has been taken back."),
    )  # fmt: skip


def _sent(request: AuthenticatedHttpRequest) -> tuple[Any, Any]:
    return posted(request), request.FILES or None


def _acted(
    request: AuthenticatedHttpRequest,
    found: SiteVisit,
    form: Any,
    flow: Any,
    *,
    heading: str,
    button: str,
    done: str,
) -> HttpResponse:
    then = page_of_matter(found.matter_id, "visits")
    context = {
        "matter": found.matter,
        "heading": heading,
        "button": button,
        "advice": str(found),
        "back": then,
    }
    return carry_out(
        request, form, flow, done=done, then=then, template=ACT, context=context, visit_id=found.pk
    )
