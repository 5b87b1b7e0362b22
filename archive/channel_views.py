"""The page of the six channels (R047)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from archive.channels import WHO_READS, lines, may_read_channels, period
from archive.forms import PeriodFilter
from audit.refusals import NotYours
from pages.answers import answer
from pages.typing import AuthenticatedHttpRequest


@require_GET
@login_required
def channels(request: AuthenticatedHttpRequest) -> HttpResponse:
    """How many steps of coordination went through each channel, in a period."""
    if not may_read_channels(request.user):
        raise NotYours(WHO_READS)
    form = PeriodFilter(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    since, until = period(wanted.get("since"), wanted.get("until"))
    context = {"form": form, "since": since, "until": until, "rows": lines(request.user, since, until)}
    return answer(request, "archive/channels.html", context)
