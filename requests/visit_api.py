"""The API of site visits (R046): the same flows and refusals as the pages. Photos are handed in on the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from requests import flows
from requests import serializers as shapes
from requests.api import Verb
from requests.looking import keep_look
from requests.models import CoordinationRequest, SiteVisit


class VisitRow(serializers.ModelSerializer):
    """One visit; `is_late`: entered on a later day than it took place."""

    is_late = serializers.BooleanField(read_only=True)
    recorded_by_name = serializers.CharField(source="recorded_by.name", read_only=True)

    class Meta:
        model = SiteVisit
        fields = [
            "id", "matter", "visited_on", "place", "people", "findings", "result", "is_late", "recorded_by",
            "recorded_by_name", "recorded_at", "withdrawn_at", "withdrawn_why",
        ]  # fmt: skip
        read_only_fields = fields


class VisitInput(serializers.Serializer):
    visited_on = serializers.DateField()
    place = serializers.CharField(allow_blank=True)
    people = serializers.CharField(allow_blank=True)
    findings = serializers.CharField(allow_blank=True)
    result = serializers.CharField(allow_blank=True)


class VisitList(generics.ListAPIView):
    """The site visits of one matter; recording one."""

    serializer_class = VisitRow

    def get_queryset(self) -> QuerySet[Any]:
        matters = CoordinationRequest.objects.inside(self.request.user)
        matter = generics.get_object_or_404(matters, pk=self.kwargs["pk"])
        keep_look(self.request.user, matter, "api")
        return SiteVisit.objects.filter(matter=matter).for_panel()

    @extend_schema(request=VisitInput, responses={201: VisitRow})
    def post(self, request: Request, pk: int) -> Response:
        """Record a visit; one of an earlier day is marked as entered later."""
        generics.get_object_or_404(CoordinationRequest.objects.inside(request.user), pk=pk)
        given = VisitInput(data=request.data)
        given.is_valid(raise_exception=True)
        visit = flows.record_visit(matter_id=pk, by=request.user, **given.validated_data)
        return Response(VisitRow(visit).data, status=status.HTTP_201_CREATED)


class VisitVerb(Verb):
    name_of_id = "visit_id"
    output = VisitRow

    def things(self) -> QuerySet[Any]:
        return SiteVisit.objects.visible_to(self.request.user)


VISIT_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "withdraw": (shapes.ShortReasonInput, flows.withdraw_visit),
}
