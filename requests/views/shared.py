"""What the pages of the matter begin and end with: find it, do the verb, say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise

from audit.refusals import Refusal
from pages.answers import answer
from pages.forms import apply_refusal
from pages.typing import AuthenticatedHttpRequest
from requests.models import CoordinationRequest


def the_matter(request: AuthenticatedHttpRequest, pk: int) -> CoordinationRequest:
    """The matter, for whom it exists: what may not be seen is a 404, not a 403."""
    found: CoordinationRequest = get_object_or_404(
        CoordinationRequest.objects.visible_to(request.user).with_people(), pk=pk
    )
    return found


def the_public_one(request: AuthenticatedHttpRequest, pk: int) -> CoordinationRequest | None:
    """The matter as its summary, for somebody to whom only the level `public` opens it (§5)."""
    if CoordinationRequest.objects.visible_to(request.user).filter(pk=pk).exists():
        return None
    found: CoordinationRequest | None = (
        CoordinationRequest.objects.public_to(request.user).for_public_page().filter(pk=pk).first()
    )
    return found


def carry_out(
    request: AuthenticatedHttpRequest,
    form: BaseForm,
    flow: Callable[..., Any],
    *,
    done: str | Promise,
    template: str,
    context: dict[str, Any],
    then: str = "",
    **ids: int,
) -> HttpResponse:
    """Form, flow, back to the matter with a toast. A refusal stands beside the fields, with what was typed."""
    if form.is_valid():
        try:
            flow(by=request.user, **ids, **form.cleaned_data)
        except Refusal as refusal:
            apply_refusal(form, refusal)
        else:
            messages.success(request, str(done))
            return redirect(then) if then else redirect("requests:detail", context["matter"].pk)
    return answer(request, template, context, form)
