"""The list of goals (组织目标): read by everybody of the house, kept by the coordination office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.refusals import NotYours
from organization import flows, policies
from organization.flows.goals import KEEPERS
from organization.forms import GoalForm, ReasonForm
from organization.goal_tree import twigs
from organization.goals import Goal
from organization.views.doors import accepted, confirmed, ids, inside
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest


@inside("GET")
def listing(request: AuthenticatedHttpRequest) -> HttpResponse:
    goals = Goal.objects.visible_to(request.user).with_places()
    context = {
        "rows": twigs(goals.active()),
        "retired": goals.exclude(retired_at=None).order_by("-retired_at"),
        "may_keep": policies.may_keep_goals(request.user),
    }
    return render(request, "organization/goals.html", context)


@inside("GET", "POST")
def add(request: AuthenticatedHttpRequest) -> HttpResponse:
    _insist_on_keeper(request)
    form = GoalForm(posted(request), initial={"parent": request.GET.get("under")})
    if accepted(form, lambda data: flows.add_goal(by=request.user, **_placed(data))):
        messages.success(request, _("The goal has been added."))
        return redirect("organization:goals")
    return answer(request, "organization/goal_form.html", {"goal": None}, form)


@inside("GET", "POST")
def change(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    goal = _the_goal(request, pk)
    _insist_on_keeper(request)
    start = {
        "name": goal.name,
        "department": goal.department_id,
        "parent": goal.parent_id,
        "measure": goal.measure,
    }
    form = GoalForm(posted(request), initial=start, goal=goal)
    if accepted(form, lambda data: flows.change_goal(goal_id=pk, by=request.user, **_placed(data))):
        messages.success(request, _("The goal has been changed."))
        return redirect("organization:goals")
    return answer(request, "organization/goal_form.html", {"goal": goal}, form)


@inside("GET", "POST")
def retire(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    goal = _the_goal(request, pk)
    _insist_on_keeper(request)
    form = ReasonForm(posted(request))
    return confirmed(
        request,
        form,
        lambda data: flows.retire_goal(goal_id=pk, by=request.user, **data),
        done=_("The goal has been retired."),
        title=_("Retire the goal"),
        subject=goal.name,
        button=_("Retire"),
        danger=True,
        note=_("It is no longer offered on the form. Matters that serve it keep it."),
        back=reverse("organization:goals"),
    )


@inside("POST")
def take_up(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    flows.take_up_goal(goal_id=_the_goal(request, pk).pk, by=request.user)
    messages.success(request, _("The goal is in the list again."))
    return redirect("organization:goals")


def _the_goal(request: AuthenticatedHttpRequest, pk: int) -> Goal:
    found: Goal = get_object_or_404(Goal.objects.visible_to(request.user).with_places(), pk=pk)
    return found


def _placed(data: dict[str, Any]) -> dict[str, Any]:
    return ids(data, "department", "parent")


def _insist_on_keeper(request: AuthenticatedHttpRequest) -> None:
    if not policies.may_keep_goals(request.user):
        raise NotYours(KEEPERS)
