"""The page of a verb that is never done without its reason (R048), on a paper of a matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise

from pages.acts import carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests.forms.letters import ReasonForm
from requests.models import CoordinationRequest

# The flow, then the heading, the button, the toast and the advice.
Words = tuple[Callable[..., Any], str | Promise, str | Promise, str | Promise, str | Promise]


def ask_reason(
    request: AuthenticatedHttpRequest,
    words: Words,
    matter: CoordinationRequest,
    *,
    back: str,
    danger: bool,
    **given: Any,
) -> HttpResponse:
    flow, heading, button, done, advice = words
    context = {
        "matter": matter, "heading": heading, "button": button, "advice": advice, "danger": danger, "back": back,
    }  # fmt: skip
    return carry_out(
        request, ReasonForm(posted(request)), flow, done=done, then=back, template="requests/plain_act.html",
        context=context, **given,
    )  # fmt: skip
