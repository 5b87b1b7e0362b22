"""Pages of recurring problems: their list, and the system improvement that one of them calls for (R109)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.refusals import NotYours
from pages.acts import carry_out
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows
from requests.forms.recurring import SystemImprovementForm
from requests.recurring import DAYS, FLAG, recurring
from requests.retrospect_policies import may_better_system, may_read_recurring
from requests.views.shared import the_matter


@require_GET
@login_required
def listing(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The same departments, the same category, again."""
    if not may_read_recurring(request.user):
        raise NotYours(_("The list is for the coordination office, the leaders and the auditor."))
    context = {
        "rows": recurring(request.user), "days": DAYS, "flag": FLAG, "may_better": may_better_system(request.user),
    }  # fmt: skip
    return answer(request, "requests/recurring.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def better(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What is behind the cases is given to somebody, with a day."""
    matter = the_matter(request, pk)
    if not may_better_system(request.user):
        raise NotYours(_("The coordination office starts a system improvement."))
    back = reverse("requests:recurring")
    context = {
        "matter": matter, "heading": _("Start a system improvement"), "button": _("Start"), "back": back,
        "advice": _("It stands among the improvements, with its day on the ladder, until the office has checked it."),
    }  # fmt: skip
    return carry_out(
        request, SystemImprovementForm(posted(request)), flows.better_system, done=_("The system improvement has been started."),
        then=back, template="requests/plain_act.html", context=context, matter_id=pk,
    )  # fmt: skip
