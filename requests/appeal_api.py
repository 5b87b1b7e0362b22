"""The API of appeals against a decision (R060)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from organization.models import Department
from requests import flows
from requests.api import Verb
from requests.appeal_states import AppealGround
from requests.looking import keep_look
from requests.models import CoordinationRequest, DecisionAppeal
from requests.serializers import ReasonInput


class AppealRow(serializers.ModelSerializer):
    """One appeal, the decision that it is about, and its ruling."""

    class Meta:
        model = DecisionAppeal
        fields = [
            "id", "matter", "decided_at", "decision_document", "department", "department_name", "ground", "reason", "wish",
            "asked_by", "asked_at", "ruler", "outcome", "answered_by", "answered_at", "answer",
        ]  # fmt: skip
        read_only_fields = fields


class AppealInput(serializers.Serializer):
    ground = serializers.ChoiceField(choices=AppealGround.choices)
    reason = serializers.CharField(allow_blank=True, max_length=1000)
    wish = serializers.CharField(allow_blank=True, max_length=500)
    department = serializers.PrimaryKeyRelatedField(
        queryset=Department.objects.all(), required=False, allow_null=True
    )


class RuleAppealInput(serializers.Serializer):
    uphold = serializers.BooleanField()
    answer = serializers.CharField(allow_blank=True, max_length=1000)


class AppealList(generics.ListAPIView):
    """The appeals against the decision of one matter; asking for one."""

    serializer_class = AppealRow

    def get_queryset(self) -> QuerySet[Any]:
        matters = CoordinationRequest.objects.inside(self.request.user)
        matter = generics.get_object_or_404(matters, pk=self.kwargs["pk"])
        keep_look(self.request.user, matter, "api")
        return DecisionAppeal.objects.filter(matter=matter)

    @extend_schema(request=AppealInput, responses={201: AppealRow})
    def post(self, request: Request, pk: int) -> Response:
        """Appeal against the decision; it holds until somebody one level above has ruled."""
        generics.get_object_or_404(CoordinationRequest.objects.inside(request.user), pk=pk)
        given = AppealInput(data=request.data)
        given.is_valid(raise_exception=True)
        appeal = flows.ask_appeal(matter_id=pk, by=request.user, **given.validated_data)
        return Response(AppealRow(appeal).data, status=status.HTTP_201_CREATED)


class AppealVerb(Verb):
    name_of_id = "appeal_id"
    output = AppealRow

    def things(self) -> QuerySet[Any]:
        return DecisionAppeal.objects.visible_to(self.request.user)


APPEAL_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "rule": (RuleAppealInput, flows.rule_appeal),
    "withdraw": (ReasonInput, flows.withdraw_appeal),
}
