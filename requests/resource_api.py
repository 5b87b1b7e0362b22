"""The API of requests for resources and of their conflicts (R079, R081)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from audit.refusals import NotYours
from requests import flows
from requests import resource_policies as policies
from requests import serializers as shapes
from requests.api import Verb
from requests.looking import keep_look
from requests.models import CoordinationRequest, Plan, ResourceRequest
from requests.resource_conflicts import conflicts
from requests.resource_states import ANSWERS


class ResourceRequestRow(serializers.ModelSerializer):
    """One need as it was asked, and what the department that has it says."""

    class Meta:
        model = ResourceRequest
        fields = [
            "id", "matter", "department", "department_name", "kind", "text", "task", "needed_on", "amount", "asked_by",
            "asked_at", "state", "granted", "reason", "answered_by", "answered_at",
            "withdrawn_by", "withdrawn_at", "withdrawn_why",
        ]  # fmt: skip
        read_only_fields = fields


class AnswerResourceInput(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=[(one.value, one.label) for one in ANSWERS])
    granted = serializers.CharField(required=False, allow_blank=True, default="", max_length=200)
    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)


class WantRow(serializers.Serializer):
    matter = serializers.IntegerField(source="matter.pk")
    number = serializers.CharField(source="matter.number")
    priority = serializers.IntegerField()
    is_critical = serializers.BooleanField()
    text = serializers.CharField(source="need.text")
    task = serializers.CharField(source="need.task")
    since = serializers.DateField()
    until = serializers.DateField()
    answer = ResourceRequestRow(allow_null=True)


class ConflictRow(serializers.Serializer):
    """What several matters want of one department in overlapping time, the most important first."""

    department = serializers.CharField()
    kind = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField()
    wants = WantRow(many=True)


class MatterResources(generics.ListAPIView):
    """The requests for resources of one matter."""

    serializer_class = ResourceRequestRow

    def get_queryset(self) -> QuerySet[Any]:
        matters = CoordinationRequest.objects.inside(self.request.user)
        matter = generics.get_object_or_404(matters, pk=self.kwargs["pk"])
        keep_look(self.request.user, matter, "api")
        return ResourceRequest.objects.filter(matter=matter)


class AskResources(APIView):
    """Ask for every need of a version that was not asked for yet."""

    @extend_schema(request=None, responses={201: ResourceRequestRow(many=True)})
    def post(self, request: Request, pk: int) -> Response:
        plan = generics.get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)
        asked = flows.ask_resources(plan_id=plan.pk, by=request.user)
        return Response(ResourceRequestRow(asked, many=True).data, status=status.HTTP_201_CREATED)


class ConflictList(APIView):
    """What several plans want of one department at the same time, the most important first."""

    @extend_schema(responses=ConflictRow(many=True))
    def get(self, request: Request) -> Response:
        if not policies.may_read_conflicts(request.user):
            raise NotYours(
                _("The list is for the office, the leaders, the auditor and whoever speaks for a department.")
            )
        return Response(ConflictRow(conflicts(request.user), many=True).data)


class ResourceVerb(Verb):
    name_of_id = "request_id"
    output = ResourceRequestRow

    def things(self) -> QuerySet[Any]:
        return ResourceRequest.objects.visible_to(self.request.user)


RESOURCE_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "answer": (AnswerResourceInput, flows.answer_resource),
    "withdraw": (shapes.ShortReasonInput, flows.withdraw_resource),
}
