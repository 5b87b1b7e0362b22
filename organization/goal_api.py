"""The API of the list of goals (R031, R083): the same flows, policies and refusals as its pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from organization import flows
from organization import serializers as shapes
from organization.goals import Goal


class GoalList(generics.ListAPIView):
    """The goals in use and those retired; adding one."""

    serializer_class = shapes.OrganizationGoalRow

    def get_queryset(self) -> QuerySet[Any]:
        return Goal.objects.visible_to(self.request.user).with_places()

    @extend_schema(request=shapes.OrganizationGoalInput, responses={201: shapes.OrganizationGoalRow})
    def post(self, request: Request) -> Response:
        """Add a goal of the organization, or of a department below the goal that it serves."""
        given = shapes.OrganizationGoalInput(data=request.data)
        given.is_valid(raise_exception=True)
        goal = flows.add_goal(by=request.user, **given.validated_data)
        return Response(shapes.OrganizationGoalRow(goal).data, status=status.HTTP_201_CREATED)


class GoalVerb(generics.GenericAPIView):
    """One act on a goal."""

    flow: Callable[..., Any]

    def post(self, request: Request, pk: int) -> Response:
        goal = generics.get_object_or_404(Goal.objects.visible_to(request.user), pk=pk)
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        changed = self.flow(goal_id=goal.pk, by=request.user, **given.validated_data)
        return Response(shapes.OrganizationGoalRow(changed).data)


GOAL_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "change": (shapes.OrganizationGoalInput, flows.change_goal),
    "retire": (shapes.GoalReasonInput, flows.retire_goal),
    "take-up": (shapes.NoInput, flows.take_up_goal),
}


def goal_verb(verb: str) -> Any:
    """Its view, described in the reference under a name of its own."""
    shape, flow = GOAL_VERBS[verb]

    def post(self: GoalVerb, request: Request, pk: int) -> Response:
        return GoalVerb.post(self, request, pk)  # a function of its own: the description is kept on it

    described = extend_schema(
        request=shape, responses=shapes.OrganizationGoalRow, operation_id=f"goal_{verb.replace('-', '_')}",
        description=(flow.__doc__ or "").strip(),
    )(post)  # fmt: skip
    members = {"flow": staticmethod(flow), "serializer_class": shape, "post": described}
    view: Any = type(f"Goal{verb.title().replace('-', '')}", (GoalVerb,), members)
    return view.as_view()
