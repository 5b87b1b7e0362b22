"""What people say to a plan in force: to their tasks, to a stage, to a risk (R073, R078, R093)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from audit.acting import now
from audit.refusals import NotReady, NotYours
from pages.acts import carry_out
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows
from requests import plan_policies as policies
from requests.flows.plan_consent import ANSWERABLE
from requests.flows.plan_shared import leads_of
from requests.forms.plan import AcceptStageForm, AnswerForm, RiskForm, UpholdForm, WaiveForm
from requests.looking import keep_look
from requests.models import Milestone, PlanRisk, PlanTask
from requests.plan_reading import rows_of_plan
from requests.plan_states import MilestoneState, PlanState
from requests.views.plan import act_of, the_plan


def _page(matter_id: int) -> str:
    return reverse("requests:plan", args=[matter_id])


def _part(request: AuthenticatedHttpRequest, model: Any, pk: int) -> Any:
    """A stage, a task or a risk of a version that exists for this person."""
    found = get_object_or_404(model.objects.visible_to(request.user).select_related("plan__matter"), pk=pk)
    keep_look(request.user, found.plan.matter, "plan")
    return found


@require_http_methods(["GET", "POST"])
@login_required
def answer_tasks(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """All tasks that wait for this person's word, on one page: accept them all, or say what is wrong with some."""
    found = the_plan(request, pk)
    rows = found.tasks.for_plan_page().filter(consent__in=ANSWERABLE)
    mine = [task for task in rows if policies.may_answer_task(task, request.user)]
    if not mine:
        if request.method == "POST":
            raise NotYours(_("No task of this plan waits for your word."))
        return answer(
            request, "requests/plan_answer.html", {"matter": found.matter, "plan": found, "form": None}
        )
    return carry_out(
        request, AnswerForm(posted(request), tasks=mine), flows.answer_tasks, done=_("Your word is recorded."),
        then=_page(found.matter_id), template="requests/plan_answer.html", context={"matter": found.matter, "plan": found},
        plan_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def uphold(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    task: PlanTask = _part(request, PlanTask, pk)
    if not policies.may_uphold_task(task, request.user):
        raise NotYours(_("The coordination office settles disputed tasks, nobody the own one."))
    context = act_of(task.plan.matter, _("Uphold %(task)s") % {"task": task}, _("Uphold"), plan=task.plan)
    said = _("%(name)s says: %(objection)s") % {"name": task.owner.name, "objection": task.objection}
    return carry_out(
        request, UpholdForm(posted(request)), flows.uphold_task, done=_("The task stays as planned."),
        then=_page(task.plan.matter_id), template="requests/plan_base.html", context={**context, "advice": said}, task_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def milestone(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The stage with its tasks; whoever accepts it does it here."""
    stage: Milestone = _part(request, Milestone, pk)
    rows = [row for row in rows_of_plan(stage.plan, now()) if row.task and row.task.milestone_id == pk]
    is_open = stage.state == MilestoneState.OPEN and stage.plan.state == PlanState.IN_FORCE
    owners = {row.task.owner_id for row in rows if row.task}
    may = is_open and policies.may_accept_stage(stage, request.user, owners)
    if request.method == "POST" and not may:
        if not is_open:
            raise NotReady(_("This stage has been answered for already, or belongs to another version."))
        raise NotYours(_("The named acceptor or the office accepts a stage, never who did the work."))
    context = {
        "matter": stage.plan.matter, "plan": stage.plan, "stage": stage, "rows": rows, "may_accept": may,
        "may_waive": is_open and policies.may_waive_stage(stage, request.user),
    }  # fmt: skip
    return carry_out(
        request, AcceptStageForm(posted(request)), flows.accept_milestone, done=_("The stage is accepted; the next one begins."),
        then=_page(stage.plan.matter_id), template="requests/plan_stage.html", context=context, milestone_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def waive(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    stage: Milestone = _part(request, Milestone, pk)
    if not policies.may_waive_stage(stage, request.user):
        raise NotYours(_("Only the head of the office lets the next stage begin without acceptance."))
    heading = _("Go on without acceptance: %(stage)s") % {"stage": stage.name}
    return carry_out(
        request, WaiveForm(posted(request)), flows.waive_milestone, done=_("The next stage begins."),
        then=_page(stage.plan.matter_id), template="requests/plan_base.html",
        context=act_of(stage.plan.matter, heading, pgettext("milestone", "Waive"), plan=stage.plan), milestone_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def risk(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A risk with its contingency, and how it stands."""
    found: PlanRisk = _part(request, PlanRisk, pk)
    may = found.plan.state == PlanState.IN_FORCE and policies.may_update_risk(
        found, request.user, leads_of(found.plan.matter)
    )
    if request.method == "POST" and not may:
        raise NotYours(_("The owner of a risk, and whoever writes the plan, say how it stands."))
    return carry_out(
        request, RiskForm(posted(request), risk=found), flows.update_risk, done=_("Saved."),
        then=_page(found.plan.matter_id), template="requests/plan_risk.html",
        context={"matter": found.plan.matter, "plan": found.plan, "risk": found, "may_update": may}, risk_id=pk,
    )  # fmt: skip
