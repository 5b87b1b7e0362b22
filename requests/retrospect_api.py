"""The API of the review and of the improvements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from requests import flows
from requests import retrospect_serializers as shapes
from requests.api import Verb
from requests.looking import keep_look
from requests.models import CoordinationRequest, Improvement, Review


class MatterReview(generics.RetrieveAPIView):
    """The review of one matter; keeping its draft."""

    serializer_class = shapes.ReviewRow

    def get_object(self) -> Review:
        found: Review = generics.get_object_or_404(
            Review.objects.visible_to(self.request.user).select_related("matter"), matter=self.kwargs["pk"]
        )
        keep_look(self.request.user, found.matter, "api")
        return found

    @extend_schema(request=shapes.RetrospectInput, responses={200: shapes.ReviewRow})
    def put(self, request: Request, pk: int) -> Response:
        """Keep the draft as it is given: what is left out is empty."""
        generics.get_object_or_404(CoordinationRequest.objects.inside(request.user), pk=pk)
        given = shapes.RetrospectInput(data=request.data)
        given.is_valid(raise_exception=True)
        fields = dict(given.validated_data)
        review = flows.write_review(
            matter_id=pk, by=request.user, people=fields.pop("people", []),
            improvements=fields.pop("improvements", []), fields=fields,
        )  # fmt: skip
        return Response(shapes.ReviewRow(review).data)


class IssueReview(Verb):
    name_of_id = "matter_id"
    output = shapes.ReviewRow

    def things(self) -> QuerySet[Any]:
        return CoordinationRequest.objects.inside(self.request.user)

    @extend_schema(request=None, responses={200: shapes.ReviewRow})
    def post(self, request: Request, pk: int) -> Response:
        """Give it its number; it never changes after that."""
        generics.get_object_or_404(self.things(), pk=pk)
        return Response(shapes.ReviewRow(flows.issue_review(matter_id=pk, by=request.user)).data)


class ImprovementList(generics.ListAPIView):
    """What reviews want bettered, soonest first."""

    serializer_class = shapes.ImprovementRow

    def get_queryset(self) -> QuerySet[Any]:
        return Improvement.objects.visible_to(self.request.user).for_list_page()


class ImprovementVerb(Verb):
    name_of_id = "improvement_id"
    output = shapes.ImprovementRow

    def things(self) -> QuerySet[Any]:
        return Improvement.objects.visible_to(self.request.user).for_list_page()


IMPROVEMENT_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "report": (shapes.EvidenceInput, flows.report_improvement),
    "confirm": (shapes.NoInput, flows.confirm_improvement),
    "send-back": (shapes.ReasonInput, flows.send_back_improvement),
}

RECURRING_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "better-system": (shapes.SystemImprovementInput, flows.better_system),
}
