"""Merging (并案): announce it, carry it out, call it off; and what a matter's page says of it (Q11, R042)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from audit.refusals import NotYours
from organization.models import User
from pages.acts import Act, carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, panels, policies
from requests.forms import acts as shapes
from requests.models import CoordinationRequest, Merge
from requests.next_steps import next_steps
from requests.similar import similar_matters
from requests.states import MERGEABLE
from requests.views.shared import page_of_matter, the_matter

ACTS: dict[str, Act] = {
    "announce_merge": Act(
        policies.may_merge, shapes.AnnounceMergeForm, flows.announce_merge,
        _("Announce a merge"), _("Announce"), _("Announced; both applicants have been told."),
        _("Both applicants are told first. The merge itself is the next step; until then it can be called off."),
    ),
    "merge": Act(
        policies.may_merge, shapes.NothingForm, flows.merge,
        _("Merge into the main matter"), _("Merge"), _("Merged; all concerned have been told."),
        _("This matter ends here and can only be read from then on; it cannot be undone."), danger=True,
    ),
    "call_off_merge": Act(
        policies.may_merge, shapes.CallOffMergeForm, flows.call_off_merge,
        _("Call off the merge"), _("Call off"), _("Called off; both applicants have been told."),
        _("Both matters go on, each by itself."),
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def announce(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Choose the main matter among those that are alike, or by its number."""
    initial = {"main": request.GET.get("main", "")}
    return _page(
        request,
        pk,
        "announce_merge",
        template="requests/announce_merge.html",
        initial=initial,
        user=request.user,
    )


def page_of(name: str) -> Callable[..., HttpResponse]:
    """The page of carrying it out, and that of calling it off."""

    @require_http_methods(["GET", "POST"])
    @login_required
    def view(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
        return _page(request, pk, name, template="requests/merge.html")

    view.__name__ = name
    view.__doc__ = ACTS[name].flow.__doc__
    return view


def _page(
    request: AuthenticatedHttpRequest, pk: int, name: str, *, template: str, **given: Any
) -> HttpResponse:
    matter, act = the_matter(request, pk), ACTS[name]
    if not act.may(matter, request.user):
        raise NotYours(
            gettext("Only the coordination office merges matters, and nobody merges a matter of their own.")
        )
    case = panels.load_case(matter, request.user)
    steps = next_steps(case, request.user)
    if request.method == "GET" and name not in {step.key for step in [steps.main, *steps.others] if step}:
        messages.warning(request, gettext("This is not possible now: see where the matter stands."))
        return redirect("requests:detail", pk)
    context = {"matter": matter, "act": act, "name": name, "case": case, **_facts(matter, name, request.user)}
    form: Any = act.form(posted(request), matter=matter, **given)
    return carry_out(
        request, form, act.flow, done=act.done, then=page_of_matter(pk), template=template, context=context,
        matter_id=pk,
    )  # fmt: skip


def _facts(matter: CoordinationRequest, name: str, user: User) -> dict[str, Any]:
    if name == "announce_merge":
        return {"similar": similar_matters(user, matter.title, matter.pk), "may_merge": True}
    found = merges_of(matter, user)
    main = found["announced"].main if found["announced"] else None
    there = set(main.participants.values_list("department_id", flat=True)) if main else set()
    asked = matter.participants.exclude(department__in=there)
    return {**found, "left_out": list(asked.values_list("department_name", flat=True))}


def merges_of(matter: CoordinationRequest, user: User) -> dict[str, Any]:
    """What the page tells: the announcement, the main matter, what was merged into it or is going to be.

    Of a matter that this person may not see no more than its number; of one merged into it not even that.
    """
    rows = list(Merge.objects.of(matter.pk).select_related("matter", "main", "announced_by"))
    others = {row.main_id if row.matter_id == matter.pk else row.matter_id for row in rows}
    seen = set(
        CoordinationRequest.objects.visible_to(user).filter(pk__in=others).values_list("pk", flat=True)
    )
    own = next((row for row in rows if row.matter_id == matter.pk), None)
    coming = [row for row in rows if row.main_id == matter.pk and row.matter_id in seen]
    return {
        "announced": own if own and not own.merged_at and matter.stage in MERGEABLE else None,
        "merged": own if own and own.merged_at else None,
        "sees_main": own is not None and own.main_id in seen,
        "joined": [row for row in coming if row.merged_at],
        "joining": [row for row in coming if not row.merged_at and row.matter.stage in MERGEABLE],
    }
