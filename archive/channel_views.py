"""The page of the six channels (R047)."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from archive.channels import lines
from archive.forms import PeriodFilter
from audit.acting import today
from audit.refusals import NotYours
from pages.answers import answer
from pages.typing import AuthenticatedHttpRequest

DAYS = 90


@require_GET
@login_required
def channels(request: AuthenticatedHttpRequest) -> HttpResponse:
    """How many steps of coordination went through each channel, in a period."""
    if not request.user.authority.reads_all:
        raise NotYours(_("These figures are for the office, the leaders and the auditor."))
    form = PeriodFilter(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    until = wanted.get("until") or today()
    since = wanted.get("since") or until - timedelta(days=DAYS)
    context = {"form": form, "since": since, "until": until, "lines": lines(request.user, since, until)}
    return answer(request, "archive/channels.html", context)
