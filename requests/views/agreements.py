"""Pages of an agreement: record it, read it, and the word of a head (R092)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.refusals import NotYours
from pages.acts import carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests import agreement_policies as policies
from requests import flows
from requests.agreement_states import AgreementState, HeadsWord
from requests.flows.effects import concerned_by
from requests.forms.agreements import AgreementForm, HeadsWordForm
from requests.looking import keep_look
from requests.models import Agreement
from requests.views.shared import page_of_matter, the_matter
from supervision.models import Obligation


@require_http_methods(["GET", "POST"])
@login_required
def record(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What was agreed, and who agreed for which department."""
    matter = the_matter(request, pk)
    if not policies.may_record_agreement(matter, request.user, concerned_by(matter)):
        raise NotYours(
            _("Those who work in a department that takes part, and the office, record what was agreed.")
        )
    then = page_of_matter(pk, "talks")
    return carry_out(
        request, AgreementForm(posted(request), matter=matter, by=request.user), flows.record_agreement,
        done=_("Recorded. Heads and those who do the work hear of it."), then=then, template="requests/agreement_form.html",
        context={"matter": matter, "back": then}, matter_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def agreement(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One agreement with its sides; the head who is asked answers here."""
    seen = Agreement.objects.visible_to(request.user).for_panel().select_related("matter__filed_by")
    found: Agreement = get_object_or_404(seen, pk=pk)
    keep_look(request.user, found.matter, "matter")
    asked = [side for side in found.sides.all() if not side.is_head]
    waiting = [side.department_id for side in asked if side.word == HeadsWord.WAITING]
    runs = found.state == AgreementState.TOLD and not found.matter.is_suspended
    may_answer = runs and policies.may_answer_agreement(request.user, waiting)
    if request.method == "POST" and not policies.may_answer_agreement(
        request.user, [side.department_id for side in asked]
    ):
        raise NotYours(_("Only the head of a department whose people agreed objects to it."))
    duty = Obligation.objects.of_case(found.matter_id).open().filter(
        subject_type="agreement_side", subject_id__in=[side.pk for side in found.sides.all()]
    )  # fmt: skip
    then = page_of_matter(found.matter_id, "talks")
    return carry_out(
        request, HeadsWordForm(posted(request)), flows.answer_agreement, done=_("Your word is recorded."), then=then,
        template="requests/agreement.html",
        context={"matter": found.matter, "agreement": found, "may_answer": may_answer, "duty": duty.first(), "back": then},
        agreement_id=pk,
    )  # fmt: skip
