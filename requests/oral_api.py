"""The API of the oral start (Q23)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from audit.refusals import NotYours
from requests import flows
from requests import oral_policies as policies
from requests import serializers as shapes
from requests.flows.oral import AT_ONCE, PAPERS
from requests.models import CoordinationRequest, OralOrder
from requests.states import ORAL, Category


class OralOrderRow(serializers.ModelSerializer):
    """An oral order, what was said to it, and when its papers came in."""

    number = serializers.CharField(source="matter.number", read_only=True)
    ordered_by_name = serializers.CharField(source="ordered_by.name", read_only=True)

    class Meta:
        model = OralOrder
        fields = [
            "id", "matter", "number", "ordered_by", "ordered_by_name", "ordered_at", "means", "text", "recorded_at", "answer",
            "answer_note", "answered_at", "papers_at",
        ]  # fmt: skip
        read_only_fields = fields


class StartOnOrderInput(serializers.Serializer):
    applicant = shapes.PersonField()
    title = serializers.CharField(allow_blank=True, max_length=60)
    category = serializers.ChoiceField(choices=Category.choices)
    goal = serializers.CharField(allow_blank=True)
    urgency_reason = serializers.CharField(allow_blank=True, max_length=200)
    lead_department = shapes.DepartmentField()
    co_departments = shapes.DepartmentField(many=True, required=False, default=())
    ordered_by = shapes.PersonField()
    ordered_at = serializers.DateTimeField()
    means = serializers.ChoiceField(choices=ORAL)
    order = serializers.CharField(allow_blank=True)

    def to_internal_value(self, data: Any) -> Any:
        value = dict(super().to_internal_value(data))
        return {"fields": {name: value.pop(name) for name in AT_ONCE}, **value}


class AnswerOrderInput(shapes.ReasonInput):
    confirm = serializers.BooleanField()


class PapersInput(serializers.ModelSerializer):
    """What form F1 asks for beyond the order; the flow names every gap at once."""

    served_goal = shapes.GoalField(required=False, allow_null=True)

    class Meta:
        model = CoordinationRequest
        fields = list(PAPERS)
        extra_kwargs = {name: {"required": False} for name in PAPERS}

    def to_internal_value(self, data: Any) -> Any:
        return {"fields": super().to_internal_value(data)}


class OralOrderList(generics.ListAPIView):
    """Everything that began on an oral order; taking one down."""

    serializer_class = OralOrderRow

    def get_queryset(self) -> QuerySet[Any]:
        if not policies.may_read_orders(self.request.user):
            raise NotYours(_("The list is for the coordination office, the leaders and the auditor."))
        return OralOrder.objects.visible_to(self.request.user).for_list_page()

    @extend_schema(request=StartOnOrderInput, responses={201: shapes.MatterDetail})
    def post(self, request: Request) -> Response:
        """Take down an oral order; the matter runs from then on."""
        given = StartOnOrderInput(data=request.data)
        given.is_valid(raise_exception=True)
        matter = flows.start_on_order(by=request.user, **given.validated_data)
        return Response(shapes.shown(shapes.MatterDetail, matter), status=status.HTTP_201_CREATED)


ORAL_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "answer-order": (AnswerOrderInput, flows.answer_order),
    "hand-in-papers": (PapersInput, flows.hand_in_papers),
}
