"""Every HTTP request has an id; every event that it causes carries it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from audit.acting import in_request


def request_id(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request an id of our own making (never one from outside) and return it in a header."""

    def middleware(request: HttpRequest) -> HttpResponse:
        name = uuid.uuid4().hex
        with in_request(name):
            response = get_response(request)
        response["X-Request-ID"] = name
        return response

    return middleware
