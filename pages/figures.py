"""Figures beside words (tabs, navigation): counted again after an act of this person, and else every few seconds.

What others do shows after COUNT_AGAIN_SECONDS at the latest; the rows of a list are never kept, only their counts.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

COUNT_AGAIN_SECONDS = 15  # 0 counts for every page
ACTED = "office_acted"
SAFE = {"GET", "HEAD", "OPTIONS"}


def figures(request: HttpRequest, name: str, count: Callable[[], dict[str, int]]) -> dict[str, int]:
    """The figures of this name for the person of this request."""
    if not COUNT_AGAIN_SECONDS:
        return count()
    key = f"figures:{name}:{request.session.session_key}:{request.COOKIES.get(ACTED, '')[:32]}"
    kept: dict[str, int] | None = cache.get(key)
    if kept is None:
        kept = count()
        cache.set(key, kept, COUNT_AGAIN_SECONDS)
    return kept


def acted(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: whoever does something sees its effect in the figures at once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in SAFE and SESSION_KEY in request.session:
            # A cookie, for all processes know it at once and no session has to be written for every act.
            response.set_cookie(ACTED, uuid4().hex, httponly=True, samesite="Lax", secure=settings.HTTPS)
        return response

    return middleware
