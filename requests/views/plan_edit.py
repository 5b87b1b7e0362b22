"""Writing a version of the plan: its goal, the rows of its parts, its tasks one by one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from audit.refusals import NotYours
from pages.acts import carry_out, hand_in
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, plan_rules
from requests import plan_policies as policies
from requests.flows.plan_shared import leads_of
from requests.forms.plan import ROW_FORMS, GoalForm, SeenForm, TaskForm, measures_of, rows_of
from requests.models import Plan, PlanTask
from requests.plan_reading import PARTS_EDITED
from requests.views.plan import act_of, page_of_version, the_plan


def own_draft(request: AuthenticatedHttpRequest, pk: int) -> Plan:
    """A version that this person may change now."""
    found = the_plan(request, pk)
    if not policies.may_write_plan(found.matter, request.user, leads_of(found.matter)):
        raise NotYours(_("The lead department, the project lead and the coordination office write the plan."))
    plan_rules.insist_on_draft(found)
    return found


@require_http_methods(["GET", "POST"])
@login_required
def goal(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = own_draft(request, pk)
    return carry_out(
        request, GoalForm(posted(request), plan=found), flows.write_plan_goal, done=_("Saved."),
        then=page_of_version(found), template="requests/plan_base.html",
        context=act_of(found.matter, _("Goal of the plan"), _("Save"), plan=found), plan_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def part(request: AuthenticatedHttpRequest, pk: int, part: str) -> HttpResponse:
    """The rows of one part."""
    found = own_draft(request, pk)
    if part not in ROW_FORMS:
        raise Http404
    form = SeenForm(posted(request), plan=found, part=part)
    rows = rows_of(found, part, posted(request))

    def keep() -> Plan:
        return flows.write_plan_part(
            plan_id=pk, by=request.user, part=part, rows=rows.complete, seen=form.cleaned_data["seen"]
        )

    if hand_in(form, keep, rows):
        messages.success(request, _("Saved."))
        return redirect(page_of_version(found))
    context = {
        "matter": found.matter,
        "plan": found,
        "part": part,
        "heading": PARTS_EDITED[part],
        "rows": rows,
    }
    return answer(request, "requests/plan_rows.html", {**context, "form": form}, [form, rows])


@require_http_methods(["GET", "POST"])
@login_required
def new_task(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _task(request, own_draft(request, pk), None)


@require_http_methods(["GET", "POST"])
@login_required
def task(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PlanTask.objects.visible_to(request.user), pk=pk)
    return _task(request, own_draft(request, found.plan_id), found)


def _task(request: AuthenticatedHttpRequest, plan: Plan, task: PlanTask | None) -> HttpResponse:
    form = TaskForm(posted(request), plan=plan, task=task)
    rows = measures_of(task, posted(request))

    def keep() -> PlanTask:
        given = dict(form.cleaned_data)
        helpers = list(given.pop("helpers"))
        return flows.write_plan_task(
            plan_id=plan.pk, by=request.user, fields=given, measures=rows.complete, helpers=helpers,
            task_id=task.pk if task else None,
        )  # fmt: skip

    if taken := hand_in(form, keep, rows):
        messages.success(request, _("Task %(task)s has been saved.") % {"task": taken.result.wbs})
        if "next" in request.POST:
            return redirect("requests:plan_task_new", plan.pk)
        return redirect(page_of_version(plan))
    context: dict[str, Any] = {"matter": plan.matter, "plan": plan, "task": task, "form": form, "rows": rows}
    return answer(request, "requests/plan_task.html", context, [form, rows])


@require_POST
@login_required
def remove_task(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PlanTask.objects.visible_to(request.user), pk=pk)
    plan = the_plan(request, found.plan_id)
    flows.remove_plan_task(task_id=pk, by=request.user)
    messages.success(request, _("Task %(task)s has been struck out.") % {"task": found.wbs})
    return redirect(page_of_version(plan))
