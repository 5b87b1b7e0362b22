"""The API of the change requests: those of a matter, and one address for each verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from requests import change_serializers as shapes
from requests import flows
from requests.api import Verb
from requests.looking import keep_look
from requests.models import ChangeRequest, CoordinationRequest
from requests.serializers import NoInput, ReasonInput


class MatterChanges(generics.ListAPIView):
    """The change requests of one matter, the latest first; asking for one."""

    serializer_class = shapes.ChangeRow

    def get_queryset(self) -> QuerySet[Any]:
        matters = CoordinationRequest.objects.inside(self.request.user)
        matter = generics.get_object_or_404(matters, pk=self.kwargs["pk"])
        keep_look(self.request.user, matter, "api")
        return ChangeRequest.objects.filter(matter=matter)

    @extend_schema(request=shapes.ChangeInput, responses={201: shapes.ChangeRow})
    def post(self, request: Request, pk: int) -> Response:
        """Ask for a change of what was decided."""
        generics.get_object_or_404(CoordinationRequest.objects.inside(request.user), pk=pk)
        given = shapes.ChangeInput(data=request.data, context={"request": request})
        given.is_valid(raise_exception=True)
        change = flows.ask_change(matter_id=pk, by=request.user, **given.validated_data)
        return Response(shapes.ChangeRow(change).data, status=status.HTTP_201_CREATED)


class ChangeVerb(Verb):
    name_of_id = "change_id"
    output = shapes.ChangeRow

    def things(self) -> QuerySet[Any]:
        return ChangeRequest.objects.visible_to(self.request.user)


CHANGE_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "assess": (shapes.AssessInput, flows.assess_change),
    "order": (shapes.ConfirmOrderInput, flows.confirm_order),
    "answer": (shapes.AnswerChangeInput, flows.answer_change),
    "apply": (NoInput, flows.apply_change),
    "read": (NoInput, flows.read_change),
    "verify": (NoInput, flows.verify_change),
    "withdraw": (ReasonInput, flows.withdraw_change),
}
