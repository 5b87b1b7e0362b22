"""Errors of the API as problem details (RFC 9457): a code, a sentence, the fields."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from audit.refusals import Refusal

MEDIA_TYPE = "application/problem+json"


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn a refusal, or one of DRF's own errors, into problem details. Receiver of EXCEPTION_HANDLER."""
    if isinstance(error, Refusal):
        set_rollback()
        fields = {name: [str(sentence) for sentence in found] for name, found in error.fields.items()}
        return _details(error.status, error.code, str(error), fields)
    if isinstance(error, exceptions.ValidationError):
        return _details(422, "invalid", _("Some values cannot be taken."), _flatten(error.detail))
    answer = exception_handler(error, context)
    if answer is None:
        return None
    if isinstance(error, Http404 | exceptions.NotFound):
        return _details(404, "not_found", _("There is nothing here, or it is not for you."), {})
    if isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        return _details(403, "not_yours", _("You cannot do this here."), {})
    code = str(getattr(error, "default_code", "error"))
    details = _details(answer.status_code, code, str(getattr(error, "detail", error)), {})
    if "WWW-Authenticate" in answer.headers:
        details["WWW-Authenticate"] = answer.headers["WWW-Authenticate"]
    return details


def _details(number: int, code: str, detail: str, fields: dict[str, list[str]]) -> Response:
    body = {
        "type": "about:blank",
        "title": code,
        "status": number,
        "code": code,
        "detail": detail,
        "fields": fields,
    }
    return Response(body, status=number, content_type=MEDIA_TYPE)


def _flatten(detail: Any, prefix: str = "") -> dict[str, list[str]]:
    """Errors of nested lists as `attempts.0.reason`."""
    if isinstance(detail, dict):
        rows = [(f"{prefix}.{name}" if prefix else str(name), value) for name, value in detail.items()]
    elif isinstance(detail, list) and any(isinstance(part, dict | list) for part in detail):
        rows = [(f"{prefix}.{index}" if prefix else str(index), value) for index, value in enumerate(detail)]
    else:
        found = detail if isinstance(detail, list) else [detail]
        return {prefix: [str(part) for part in found]} if found else {}
    flat: dict[str, list[str]] = {}
    for name, value in rows:
        flat.update(_flatten(value, name))
    return flat
