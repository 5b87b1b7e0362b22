"""What the pages of the matter begin and end with: find it, do the verb, say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from audit.refusals import Refusal
from pages.answers import answer
from pages.forms import apply_refusal
from pages.typing import AuthenticatedHttpRequest
from requests.models import CoordinationRequest
from requests.reads import matter_for


def the_matter(request: AuthenticatedHttpRequest, pk: int) -> CoordinationRequest:
    """The matter, for whom it exists: what may not be seen is a 404, not a 403."""
    found = matter_for(request.user, pk)
    if found is None:
        raise Http404
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
