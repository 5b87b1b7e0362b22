"""The API of the plan: the version of a matter, and one address for each verb of a version, a task, a stage, a risk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from organization.models import User
from requests import flows
from requests import plan_serializers as shapes
from requests.api import Verb
from requests.looking import keep_look
from requests.models import CoordinationRequest, Milestone, Plan, PlanRisk, PlanTask


class MatterPlan(generics.RetrieveAPIView):
    """The plan of one matter: the version in force, or the newest one that the caller may see."""

    serializer_class = shapes.PlanRow

    def get_object(self) -> Plan:
        matter = self._matter()
        keep_look(self.request.user, matter, "api")
        seen = Plan.objects.visible_to(self.request.user).filter(matter=matter)
        version = self.request.query_params.get("version", "")
        if version.isdecimal():
            found: Plan = generics.get_object_or_404(seen, version=int(version))
            return found
        return seen.in_force().first() or generics.get_object_or_404(seen.order_by("-version")[:1])

    def _matter(self) -> CoordinationRequest:
        found: CoordinationRequest = generics.get_object_or_404(
            CoordinationRequest.objects.inside(self.request.user), pk=self.kwargs["pk"]
        )
        return found

    @extend_schema(parameters=[OpenApiParameter("version", int, description="This version.")])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.retrieve(request, *args, **kwargs)

    @extend_schema(request=shapes.StartPlanInput, responses={201: shapes.PlanRow})
    def post(self, request: Request, pk: int) -> Response:
        """Begin a version; a later one says why."""
        self._matter()
        given = shapes.StartPlanInput(data=request.data)
        given.is_valid(raise_exception=True)
        plan = flows.start_plan(matter_id=pk, by=request.user, **given.validated_data)
        return Response(shapes.PlanRow(plan).data, status=status.HTTP_201_CREATED)


class PlanVerb(Verb):
    name_of_id = "plan_id"
    output = shapes.PlanRow

    def things(self) -> QuerySet[Any]:
        return Plan.objects.visible_to(self.request.user)


class PlanTaskVerb(Verb):
    name_of_id = "task_id"
    output = shapes.TaskRow

    def things(self) -> QuerySet[Any]:
        return PlanTask.objects.visible_to(self.request.user)


class MilestoneVerb(Verb):
    name_of_id = "milestone_id"
    output = shapes.MilestoneRow

    def things(self) -> QuerySet[Any]:
        return Milestone.objects.visible_to(self.request.user)


class PlanRiskVerb(Verb):
    name_of_id = "risk_id"
    output = shapes.RiskRow

    def things(self) -> QuerySet[Any]:
        return PlanRisk.objects.visible_to(self.request.user)


def write_task(*, plan_id: int, by: User, **given: Any) -> PlanTask:
    """One task with its measures; `task` names the one that is changed, `milestone` a stage of the same version."""
    measures, helpers, task_id = given.pop("measures"), given.pop("helpers", []), given.pop("task", None)
    if task_id is not None:
        generics.get_object_or_404(PlanTask.objects.filter(plan=plan_id), pk=task_id)
    if given.get("milestone") is not None:
        stages = Milestone.objects.filter(plan=plan_id)
        given["milestone"] = generics.get_object_or_404(stages, pk=given["milestone"])
    found: PlanTask = flows.write_plan_task(
        plan_id=plan_id, by=by, fields=given, measures=measures, helpers=helpers, task_id=task_id
    )
    return found


PLAN_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "goal": (shapes.PlanGoalInput, flows.write_plan_goal),
    "part": (shapes.PlanPartInput, flows.write_plan_part),
    "task": (shapes.PlanTaskInput, write_task),
    "submit": (shapes.NoInput, flows.submit_plan),
    "take-back": (shapes.NoInput, flows.take_back_plan),
    "return": (shapes.ReasonInput, flows.return_plan),
    "approve": (shapes.NoInput, flows.approve_plan),
    "answer": (shapes.PlanAnswerInput, flows.answer_tasks),
}
PLAN_TASK_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "uphold": (shapes.ReasonInput, flows.uphold_task),
}
MILESTONE_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "accept": (shapes.StageRemarkInput, flows.accept_milestone),
    "waive": (shapes.ReasonInput, flows.waive_milestone),
}
PLAN_RISK_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "update": (shapes.RiskWordInput, flows.update_risk),
}

# Verbs of the matter itself.
GROUP_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "set-up-group": (shapes.GroupInput, flows.set_up_group),
}
