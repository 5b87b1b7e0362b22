"""The API of definitive and interim measures (R054)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from requests import flows
from requests import serializers as shapes
from requests.api import Verb
from requests.loan_serializers import ItemField
from requests.looking import keep_look
from requests.models import CoordinationRequest, Loan, Measure


@extend_schema_field(OpenApiTypes.INT)
class LoanField(serializers.PrimaryKeyRelatedField):
    """A line of the ledger by id, if it exists for the caller."""

    def get_queryset(self) -> Any:
        return Loan.objects.visible_to(self.context["request"].user)


class MeasureRow(serializers.ModelSerializer):
    """A measure for good, with the interim one beside it."""

    class Meta:
        model = Measure
        fields = [
            "id", "matter", "question", "item", "definitive", "interim", "department", "department_name", "ends_on",
            "original_ends_on", "return_duty", "loan", "recorded_at", "ended_at", "how_ended",
        ]  # fmt: skip
        read_only_fields = fields


class MeasureInput(serializers.Serializer):
    definitive = serializers.CharField()
    interim = serializers.CharField(required=False, allow_blank=True)
    department = shapes.DepartmentField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    return_duty = serializers.CharField(required=False, allow_blank=True)
    loan = LoanField(required=False, allow_null=True)
    question = shapes.QuestionField(required=False, allow_null=True)
    item = ItemField(required=False, allow_null=True)


class EndMeasureInput(serializers.Serializer):
    how_ended = serializers.CharField()


class ProlongMeasureInput(serializers.Serializer):
    ends_on = serializers.DateField()
    reason = serializers.CharField()


class MeasureList(generics.ListAPIView):
    """The measures of one matter; recording one."""

    serializer_class = MeasureRow

    def get_queryset(self) -> QuerySet[Any]:
        matters = CoordinationRequest.objects.inside(self.request.user)
        matter = generics.get_object_or_404(matters, pk=self.kwargs["pk"])
        keep_look(self.request.user, matter, "api")
        return Measure.objects.filter(matter=matter).for_panel()

    @extend_schema(request=MeasureInput, responses={201: MeasureRow})
    def post(self, request: Request, pk: int) -> Response:
        """Record a measure for good and, until it holds, an interim one."""
        generics.get_object_or_404(CoordinationRequest.objects.inside(request.user), pk=pk)
        given = MeasureInput(data=request.data, context={"request": request})
        given.is_valid(raise_exception=True)
        measure = flows.record_measure(matter_id=pk, by=request.user, **given.validated_data)
        return Response(MeasureRow(measure).data, status=status.HTTP_201_CREATED)


class MeasureVerb(Verb):
    name_of_id = "measure_id"
    output = MeasureRow

    def things(self) -> QuerySet[Any]:
        return Measure.objects.visible_to(self.request.user)


MEASURE_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "end": (EndMeasureInput, flows.end_measure),
    "prolong": (ProlongMeasureInput, flows.prolong_measure),
}
