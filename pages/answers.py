"""The answer of a form page: the same page with what was typed, under the status that tells what happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

Asked: TypeAlias = "BaseForm | BaseFormSet[Any]"
UNPROCESSABLE = 422


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, or None for a form that is only shown: also a lone button is a form that was sent."""
    return request.POST if request.method == "POST" else None


def answer(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    form: Asked | Iterable[Asked] | None = None,
) -> HttpResponse:
    """Render the page: 200, 422 when a form has errors, 409 or 403 when a flow refused (`apply_refusal`).

    `form` (a form, a formset or several of both) is in the context as `form` when it is a single form; the number of
    errors is there as `errors_found`, for the title.
    """
    asked = _all(form)
    given = {"form": form} if isinstance(form, BaseForm) else {}
    found = sum(count_errors(part) for part in asked)
    return render(
        request, template, {**given, **(context or {}), "errors_found": found}, status=_status(asked, found)
    )


def count_errors(part: Asked) -> int:
    """How many places have to be mended."""
    if isinstance(part, BaseFormSet):
        return sum(len(errors) for errors in part.errors) + len(part.non_form_errors())
    return len(part.errors)


def _all(form: Asked | Iterable[Asked] | None) -> list[Asked]:
    if form is None:
        return []
    return [form] if isinstance(form, BaseForm | BaseFormSet) else list(form)


def _status(asked: list[Asked], found: int) -> int:
    refused = [refusal.status for part in asked if (refusal := getattr(part, "refusal", None))]
    if refused:
        return int(refused[0])
    return UNPROCESSABLE if found else 200
