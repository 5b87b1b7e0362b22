"""Who comes in, and what a form does when a flow refuses."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from audit.refusals import NotYours
from organization import policies
from organization.flows.steps import NOT_ADMINISTRATOR
from pages.acts import hand_in
from pages.answers import answer
from pages.typing import AuthenticatedHttpRequest

P = ParamSpec("P")
View = Callable[Concatenate[AuthenticatedHttpRequest, P], HttpResponse]


def inside(*methods: str) -> Callable[[View[P]], View[P]]:
    """A page for every person of the house; for somebody from outside it does not exist."""

    def door(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def enter(request: AuthenticatedHttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not policies.may_read(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        guarded: View[P] = require_http_methods(list(methods))(login_required(enter))  # type: ignore[assignment]  # functools.wraps names the first argument
        return guarded

    return door


def only(*, allowed: bool) -> None:
    """Do not even show the form to somebody whom the flow would refuse."""
    if not allowed:
        raise NotYours(NOT_ADMINISTRATOR)


def accepted(form: Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Hand the cleaned data to a flow; False when the form or the flow refuses, the sentences then stand in the form."""
    return bool(hand_in(form, lambda: act(form.cleaned_data)))


def confirmed(
    request: AuthenticatedHttpRequest, form: Form, act: Callable[[dict[str, Any]], object], *,
    title: str, subject: str, note: str, button: str, done: str, back: str, then: str = "", posts: Any = (),
    person: Any = None, danger: bool = False,
) -> HttpResponse:  # fmt: skip
    """An act that is asked about once more on a page of its own: what follows from it, the reason, one button.

    `danger` marks what ends something; `person` is the one among the people whose page leads here.
    """
    if accepted(form, act):
        messages.success(request, done)
        return redirect(then or back)
    context = {
        "title": title,
        "subject": subject,
        "note": note,
        "button": button,
        "back": back,
        "posts": posts,
        "person": person,
        "danger": danger,
    }
    return answer(request, "organization/confirm.html", context, form)


def ids(data: dict[str, Any], *names: str) -> dict[str, Any]:
    """The chosen things by id, as flows take them: `parent` becomes `parent_id`."""
    chosen = {f"{name}_id": data[name].pk if data[name] else None for name in names}
    return {**{name: value for name, value in data.items() if name not in names}, **chosen}
