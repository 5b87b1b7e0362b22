"""The page of a progress review (R088)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.acting import now
from audit.refusals import NotReady, NotYours
from pages.acts import carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows
from requests.flows.plan_shared import leads_of
from requests.forms.progress import ProgressReviewForm
from requests.late_items import late_items
from requests.progress_policies import may_review_progress
from requests.states import Stage
from requests.views.shared import page_of_matter, the_matter


@require_http_methods(["GET", "POST"])
@login_required
def review(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Everything that is late stands here, each with room for its cause and its measure."""
    matter = the_matter(request, pk)
    if not may_review_progress(matter, request.user, leads_of(matter)):
        raise NotYours(_("The office, the lead department and the project lead review the progress."))
    if matter.stage != Stage.EXECUTION or matter.is_suspended:
        raise NotReady(_("Progress is reviewed while the matter is carried out."))
    plan = flows.plan_in_force(matter)
    late = late_items(matter, now())
    risks = list(plan.risks.all()) if plan is not None else []
    then = page_of_matter(pk, "items")
    return carry_out(
        request, ProgressReviewForm(posted(request), late=late, risks=risks), flows.review_progress,
        done=_("The review is on record; whoever works on a late task has been told."), then=then,
        template="requests/progress_review.html",
        context={"matter": matter, "back": then}, matter_id=pk,
    )  # fmt: skip
