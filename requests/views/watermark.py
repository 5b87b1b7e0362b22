"""The watermark: who reads this page and when, drawn by the server so that no page needs a style of its own."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_GET

from audit.acting import now
from organization.models import User
from pages.typing import AuthenticatedHttpRequest

# A grey that stands on light and dark alike, faint enough to read through.
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%">'
    '<pattern id="w" width="340" height="210" patternUnits="userSpaceOnUse" patternTransform="rotate(-24)">'
    '<g fill="#808080" fill-opacity=".16" font-family="sans-serif" text-anchor="middle">'
    '<text x="170" y="100" font-size="18">{}</text><text x="170" y="122" font-size="13">{}</text></g></pattern>'
    '<rect width="100%" height="100%" fill="url(#w)"/></svg>'
)


@require_GET
@login_required
def watermark(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The reader's name and the minute, over the whole page."""
    moment = f"{timezone.localtime(now()):%Y-%m-%d %H:%M}"
    response = HttpResponse(format_html(DRAWING, request.user.name, moment), content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-store"
    return response


def words(user: User) -> str:
    """What a printed paper bears: 保密　宋雅琴　2026-09-14 09:00."""
    return f"保密　{user.name}　{timezone.localtime(now()):%Y-%m-%d %H:%M}"
