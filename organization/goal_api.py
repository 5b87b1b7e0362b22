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

    serializer_class = shapes.GoalRow

    def get_queryset(self) -> QuerySet[Any]:
        return Goal.objects.visible_to(self.request.user).with_places()

    @extend_schema(request=shapes.GoalInput, responses={201: shapes.GoalRow})
    def post(self, request: Request) -> Response:
        """Add a goal of the organization, or of a department below the goal that it serves."""
        given = shapes.GoalInput(data=request.data)
        given.is_valid(raise_exception=True)
        goal = flows.add_goal(by=request.user, **given.validated_data)
        return Response(shapes.GoalRow(goal).data, status=status.HTTP_201_CREATED)


class GoalVerb(generics.GenericAPIView):
    """One act on a goal."""

    verb = ""

    def get_serializer_class(self) -> type[serializers.Serializer]:
        return GOAL_VERBS[self.verb][0]

    def post(self, request: Request, pk: int) -> Response:
        goal = generics.get_object_or_404(Goal.objects.visible_to(request.user), pk=pk)
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        changed = GOAL_VERBS[self.verb][1](goal_id=goal.pk, by=request.user, **given.validated_data)
        return Response(shapes.GoalRow(changed).data)


GOAL_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "change": (shapes.GoalInput, flows.change_goal),
    "retire": (shapes.GoalReasonInput, flows.retire_goal),
    "take-up": (shapes.NoInput, flows.take_up_goal),
}


def goal_verb(verb: str) -> Any:
    """Its view, described in the reference under a name of its own."""
    shape, flow = GOAL_VERBS[verb]
    summary = (flow.__doc__ or "").strip().partition("\n")[0]
    described = extend_schema(
        request=shape,
        responses=shapes.GoalRow,
        operation_id=f"goal_{verb.replace('-', '_')}",
        description=summary,
    )
    view: Any = described(type(f"Goal{verb.title().replace('-', '')}", (GoalVerb,), {}))
    return view.as_view(verb=verb)
