"""The page of the plan: its six parts in the version that is looked at, and the verbs of a version (F3, R074)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.acting import now
from audit.refusals import NotYours
from audit.transitions import is_allowed
from organization.models import User
from pages.acts import carry_out
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, plan_diff, plan_rules
from requests import plan_policies as policies
from requests.flows.plan_approval import insist_on_level
from requests.flows.plan_shared import leads_of
from requests.flows.resources import unasked
from requests.forms.plan import ReturnForm, StartForm
from requests.looking import keep_look
from requests.models import CoordinationRequest, Plan
from requests.plan_reach import asks_for_change, reach_of, settled_by_decision
from requests.plan_reading import PARTS_EDITED, matrix, progress, rows_of_plan
from requests.plan_states import BEING_WRITTEN, Consent, PlanState
from requests.resource_answers import with_answers, without_need
from requests.views.shared import the_matter

VERBS: dict[str, tuple[Callable[..., Any], str | Promise]] = {
    "submit": (flows.submit_plan, gettext_lazy("Handed in for approval.")),
    "take_back": (flows.take_back_plan, gettext_lazy("Taken back; it is a draft again.")),
    "approve": (flows.approve_plan, gettext_lazy("The plan is in force. Its tasks go to their owners.")),
}


def the_plan(request: AuthenticatedHttpRequest, pk: int) -> Plan:
    """A version, for whom it exists."""
    found: Plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("matter"), pk=pk)
    keep_look(request.user, found.matter, "plan")
    return found


@require_GET
@login_required
def plan(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The version that is asked for; else the one that waits for this person, the one in force, or the newest."""
    matter = the_matter(request, pk)
    if request.user.is_external:
        raise Http404
    versions = list(
        Plan.objects.visible_to(request.user)
        .filter(matter=matter)
        .select_related("approved_by", "submitted_by", "approver", "change")
    )
    for version in versions:
        version.matter = matter
    shown = _chosen(versions, request.GET.get("version", ""), request.user)
    writes = policies.may_write_plan(matter, request.user, leads_of(matter))
    context: dict[str, Any] = {"matter": matter, "plan": shown, "versions": versions, "may_write": writes}
    if shown is not None:
        context |= _parts(shown) | _acts(shown, versions, request, writes=writes)
    context["may_start"] = writes and matter.stage in plan_rules.PLANNABLE and not any(
        version.state in BEING_WRITTEN for version in versions
    )  # fmt: skip
    return answer(request, "requests/plan.html", context)


def _chosen(versions: list[Plan], wanted: str, user: User) -> Plan | None:
    if wanted:
        found = next((one for one in versions if str(one.version) == wanted), None)
        if found is None:
            raise Http404
        return found
    # The duty to decide on a version leads here, and so does the notice that one was returned: whoever has to act on a
    # version sees it first.
    waits = (
        one for one in versions if one.state == PlanState.SUBMITTED and policies.may_approve_plan(one, user)
    )
    returned = (
        one
        for one in versions
        if one.state == PlanState.DRAFT and one.return_reason and one.submitted_by == user
    )
    in_force = (one for one in versions if one.state == PlanState.IN_FORCE)
    return next(waits, None) or next(returned, None) or next(in_force, versions[0] if versions else None)


def _parts(shown: Plan) -> dict[str, Any]:
    rows = rows_of_plan(shown, now())
    risks = list(shown.risks.select_related("owner"))
    return {
        "rows": rows, "progress": progress(rows), "last_review": shown.matter.progress_reviews.select_related("reviewed_by").first(),
        "team": shown.team.select_related("department", "person"),
        "milestones": shown.milestones.select_related("acceptor", "answered_by"),
        "resources": with_answers(shown), "idle_requests": without_need(shown),
        "deliverables": shown.deliverables.select_related("acceptor"),
        "channels": shown.channels.select_related("recorder"), "escalation": shown.escalation.select_related("person"),
        "risks": risks, "matrix": matrix(risks), "high_risks": sum(risk.is_high for risk in risks), "parts": PARTS_EDITED,
    }  # fmt: skip


def _acts(
    shown: Plan, versions: list[Plan], request: AuthenticatedHttpRequest, *, writes: bool
) -> dict[str, Any]:
    """What this person may do with this version now."""
    is_draft = shown.state == PlanState.DRAFT
    answers = shown.state == PlanState.IN_FORCE and any(
        policies.may_answer_task(task, request.user)
        for task in shown.tasks.filter(consent__in=(Consent.WAITING, Consent.SILENT))
    )
    labels = dict(plan_rules.PARTS)
    gaps = plan_rules.gaps(shown) if is_draft and writes else {}
    return {
        "may_ask_resources": writes and shown.state != PlanState.SUPERSEDED and bool(unasked(shown)),
        "may_edit": is_draft and writes, "gaps": [(labels[part], said) for part, said in gaps.items()],
        "may_approve": is_allowed(shown.approve, request.user), "may_answer": answers,
        "may_take_back": writes and shown.state == PlanState.SUBMITTED and shown.change is None,
        "may_uphold": shown.state == PlanState.IN_FORCE and request.user.authority.is_officer,
        "before": next((one for one in versions if one.version == shown.version - 1), None),
        **(_reach(shown, versions) if is_draft and writes else {}),
    }  # fmt: skip


def _reach(shown: Plan, versions: list[Plan]) -> dict[str, Any]:
    """Who will have to agree to this version, said before it is handed in."""
    in_force = next((one for one in versions if one.state == PlanState.IN_FORCE), None)
    if in_force is None:
        return {}
    reach = reach_of(in_force, shown)
    return {
        "reach": reach,
        "settled": settled_by_decision(in_force, shown),
        "asks_for_change": asks_for_change(shown.matter, reach),
    }


@require_http_methods(["GET", "POST"])
@login_required
def start(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Begin the first version at once; a later one says why."""
    matter = the_matter(request, pk)
    if not policies.may_write_plan(matter, request.user, leads_of(matter)):
        raise NotYours(_("The lead department, the project lead and the coordination office write the plan."))
    in_force = flows.plan_in_force(matter)
    if in_force is None:
        if request.method == "POST":
            flows.start_plan(matter_id=pk, by=request.user)
            messages.success(request, _("The plan is begun. Write its parts one by one."))
        return redirect("requests:plan", pk)
    return carry_out(
        request, StartForm(posted(request)), flows.start_plan, done=_("A new version is begun as a copy of the one in force."),
        then=f"{reverse('requests:plan', args=[pk])}?version={in_force.version + 1}", template="requests/plan_base.html",
        context={"matter": matter, "heading": _("Begin a new version"), "button": _("Begin the version"),
                 "advice": _("The version in force stays in force until the new one is approved.")},
        matter_id=pk,
    )  # fmt: skip


def verb(name: str) -> Callable[..., HttpResponse]:
    """The page of a verb that is a single button."""
    flow, done = VERBS[name]

    @require_POST
    @login_required
    def page(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
        found = the_plan(request, pk)
        result = flow(plan_id=pk, by=request.user)
        adjusted = name == "submit" and result.state == PlanState.IN_FORCE
        said = _("In force; the dates before and after are logged.") if adjusted else done
        messages.success(request, str(said))
        return redirect(page_of_version(found))

    return page


@require_POST
@login_required
def discard(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = the_plan(request, pk)
    flows.discard_plan(plan_id=pk, by=request.user)
    messages.success(request, _("The version has been thrown away."))
    return redirect("requests:plan", found.matter_id)


@require_http_methods(["GET", "POST"])
@login_required
def send_back(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Not approved as it stands."""
    found = the_plan(request, pk)
    if not policies.may_approve_plan(found, request.user):
        insist_on_level(found, request.user)
        raise NotYours(_("The coordination office approves a plan, never whoever handed it in."))
    return carry_out(
        request, ReturnForm(posted(request)), flows.return_plan, done=_("Returned to its writers."),
        then=reverse("requests:plan", args=[found.matter_id]), template="requests/plan_base.html",
        context=act_of(found.matter, _("Return the plan"), _("Return"), plan=found), plan_id=pk,
    )  # fmt: skip


@require_GET
@login_required
def changes(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What differs from the version before, or from the one that is named."""
    found = the_plan(request, pk)
    wanted = request.GET.get("from", "")
    seen = Plan.objects.visible_to(request.user).filter(matter=found.matter_id)
    version = int(wanted) if wanted.isdecimal() else found.version - 1
    before = get_object_or_404(seen, version=version)
    return answer(
        request, "requests/plan_changes.html",
        {"matter": found.matter, "plan": found, "before": before, "rows": plan_diff.changes(before, found)},
    )  # fmt: skip


def page_of_version(plan: Plan) -> str:
    return f"{reverse('requests:plan', args=[plan.matter_id])}?version={plan.version}"


def act_of(matter: CoordinationRequest, heading: str, button: str, **more: Any) -> dict[str, Any]:
    """What the page of a small act needs."""
    return {"matter": matter, "heading": heading, "button": button, **more}
