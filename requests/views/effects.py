"""Pages of gains and losses (R083)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.refusals import NotYours
from pages.acts import carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests import effect_policies as policies
from requests import flows
from requests.flows.effects import concerned_by
from requests.forms.effects import CompensateForm, EffectForm, WithdrawEffectForm
from requests.looking import keep_look
from requests.models import Effect
from requests.views.shared import page_of_matter, the_matter

ACT = "requests/plain_act.html"


def _the_effect(request: AuthenticatedHttpRequest, pk: int) -> Effect:
    seen = Effect.objects.visible_to(request.user).standing().for_panel()
    found: Effect = get_object_or_404(seen.select_related("matter__filed_by"), pk=pk)
    keep_look(request.user, found.matter, "matter")
    return found


@require_http_methods(["GET", "POST"])
@login_required
def state(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What a department wins or loses by this matter."""
    matter = the_matter(request, pk)
    if not policies.may_state_effect(matter, request.user, concerned_by(matter)):
        raise NotYours(_("Only a department that is concerned and the office state gains and losses."))
    context = {
        "matter": matter, "heading": _("State a gain or loss"), "button": _("Put it down"),
        "advice": _("It stands beside the opinions, so that the others see what the decision costs whom."),
    }  # fmt: skip
    form = EffectForm(posted(request), matter=matter, user=request.user)
    return carry_out(
        request, form, flows.state_effect, done=_("It has been put down."), then=page_of_matter(pk, "effects"),
        template=ACT, context=context, matter_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """It is not so: taken back with its reason."""
    found = _the_effect(request, pk)
    if not policies.may_withdraw_effect(found, request.user):
        raise NotYours(_("The department takes it back, or the office what it wrote itself."))
    context = {
        "matter": found.matter,
        "heading": _("Take it back"),
        "button": _("Take it back"),
        "advice": found.text,
    }
    return _acted(request, found, WithdrawEffectForm(posted(request)), flows.withdraw_effect, context)


@require_http_methods(["GET", "POST"])
@login_required
def compensate(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What was decided to make up for a loss."""
    found = _the_effect(request, pk)
    if not policies.may_compensate(found, request.user):
        raise NotYours(_("The office records it, never the department that gets it."))
    context = {
        "matter": found.matter, "heading": _("Record what makes up for it"), "button": _("Put it down"),
        "advice": f"{found.department_name}：{found.text}",
    }  # fmt: skip
    start = {"text": found.compensation, "amount": found.compensation_amount}
    return _acted(request, found, CompensateForm(posted(request), initial=start), flows.compensate, context)


def _acted(
    request: AuthenticatedHttpRequest,
    found: Effect,
    form: BaseForm,
    flow: Callable[..., Any],
    context: dict[str, Any],
) -> HttpResponse:
    then = page_of_matter(found.matter_id, "effects")
    return carry_out(
        request, form, flow, done=_("It has been put down."), then=then, template=ACT, context={**context, "back": then},
        effect_id=found.pk,
    )  # fmt: skip
