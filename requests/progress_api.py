"""The API of progress reviews (R088)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from requests import flows
from requests.loan_serializers import ItemField
from requests.looking import keep_look
from requests.models import CoordinationRequest, LateTask, PlanRisk, ProgressReview
from requests.plan_states import DelayMeasure
from requests.progress_states import DelayCause


@extend_schema_field(OpenApiTypes.INT)
class RiskField(serializers.PrimaryKeyRelatedField):
    """A risk of a plan by id, if it exists for the caller."""

    def get_queryset(self) -> Any:
        return PlanRisk.objects.visible_to(self.context["request"].user)


class LateTaskRow(serializers.ModelSerializer):
    """One late task with its cause and its measure."""

    class Meta:
        model = LateTask
        fields = [
            "item",
            "due_on",
            "days_late",
            "percent",
            "cause",
            "cause_text",
            "measure",
            "measure_text",
            "risk",
        ]
        read_only_fields = fields


class ProgressReviewRow(serializers.ModelSerializer):
    """One review of the progress with its late tasks."""

    late_tasks = LateTaskRow(many=True, read_only=True)

    class Meta:
        model = ProgressReview
        fields = ["id", "matter", "reviewed_by", "reviewed_at", "percent", "note", "late_tasks"]
        read_only_fields = fields


class LateTaskInput(serializers.Serializer):
    item = ItemField()
    cause = serializers.ChoiceField(choices=DelayCause.choices)
    cause_text = serializers.CharField(required=False, allow_blank=True, max_length=300)
    measure = serializers.ChoiceField(choices=DelayMeasure.choices, required=False, allow_blank=True)
    measure_text = serializers.CharField(allow_blank=True, max_length=300)
    risk = RiskField(required=False, allow_null=True)


class ProgressReviewInput(serializers.Serializer):
    note = serializers.CharField(allow_blank=True)
    tasks = LateTaskInput(many=True, default=list)


class ProgressReviewList(generics.ListAPIView):
    """The progress reviews of one matter, the newest first; holding one."""

    serializer_class = ProgressReviewRow

    def get_queryset(self) -> QuerySet[Any]:
        matters = CoordinationRequest.objects.inside(self.request.user)
        matter = generics.get_object_or_404(matters, pk=self.kwargs["pk"])
        keep_look(self.request.user, matter, "api")
        return ProgressReview.objects.filter(matter=matter).for_panel()

    @extend_schema(request=ProgressReviewInput, responses={201: ProgressReviewRow})
    def post(self, request: Request, pk: int) -> Response:
        """Review the progress: every late task with its cause and its measure."""
        generics.get_object_or_404(CoordinationRequest.objects.inside(request.user), pk=pk)
        given = ProgressReviewInput(data=request.data, context={"request": request})
        given.is_valid(raise_exception=True)
        review = flows.review_progress(matter_id=pk, by=request.user, **given.validated_data)
        return Response(ProgressReviewRow(review).data, status=status.HTTP_201_CREATED)
