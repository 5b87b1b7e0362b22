"""The checklist of a matter, and the conditions of acceptance that the office has written (R028)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.refusals import NotYours
from audit.transitions import why_not
from pages.acts import carry_out, hand_in
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, policies
from requests.forms.conditions import ConditionForm, ConditionsForm
from requests.models import AcceptanceCondition
from requests.views.shared import may_reject_now, the_matter
from supervision.policies import may_read_arrangements

# Where the checklist leads on to, by the button that sent it.
ON_TO = {"return": "requests:return", "reject": "requests:reject"}


@require_http_methods(["GET", "POST"])
@login_required
def check(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Keep the checklist, then on to the answer that it calls for."""
    matter = the_matter(request, pk)
    if not policies.may_accept(matter, request.user):
        raise NotYours(_("Only the coordination office checks the conditions of acceptance."))
    if request.method == "GET" and (refusal := why_not(matter.accept)):
        messages.warning(request, refusal)
        return redirect("requests:detail", pk)
    form = ConditionsForm(posted(request), matter=matter)
    on_to = ON_TO.get(request.POST.get("go", ""))
    if on_to and form.is_untouched:
        return redirect(on_to, pk)
    if hand_in(form, lambda: flows.check_conditions(matter_id=pk, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The checklist has been saved."))
        return redirect(on_to or "requests:detail", pk)
    context = {"matter": matter, "may_reject": may_reject_now(matter, request.user)}
    return answer(request, "requests/check.html", context, form)


@require_GET
@login_required
def conditions(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All conditions, those out of use last: everybody of the house may know what a form is held against."""
    if not may_read_arrangements(request.user):
        raise PermissionDenied
    return render(
        request,
        "requests/conditions.html",
        {
            "rows": AcceptanceCondition.objects.order_by("-is_used", "order", "pk"),
            "may_arrange": policies.may_write_conditions(request.user),
        },
    )


@require_http_methods(["GET", "POST"])
@login_required
def condition(request: AuthenticatedHttpRequest, pk: int | None = None) -> HttpResponse:
    """Write a condition, or change one."""
    if not policies.may_write_conditions(request.user):
        raise PermissionDenied
    row = get_object_or_404(AcceptanceCondition, pk=pk) if pk else None
    names = ("text", "hint", "code", "is_used")
    form = ConditionForm(posted(request), initial={name: getattr(row, name) for name in names} if row else {})
    return carry_out(
        request,
        form,
        flows.write_condition,
        done=_("The conditions of acceptance have been changed. They hold from now on."),
        then=reverse("requests:conditions"),
        template="requests/condition.html",
        context={"condition": row},
        condition_id=pk,
    )
