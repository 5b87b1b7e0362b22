"""The API of agreements (R092)."""

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
from requests.loan_serializers import ItemField
from requests.looking import keep_look
from requests.models import Agreement, AgreementSide, CoordinationRequest


class AgreementSideRow(serializers.ModelSerializer):
    """One department of an agreement, and the word of its head."""

    class Meta:
        model = AgreementSide
        fields = [
            "department",
            "department_name",
            "person",
            "is_head",
            "word",
            "said_by",
            "said_at",
            "objection",
        ]
        read_only_fields = fields


class AgreementRow(serializers.ModelSerializer):
    """What people of several departments agreed on."""

    sides = AgreementSideRow(many=True, read_only=True)

    class Meta:
        model = Agreement
        fields = ["id", "matter", "item", "text", "agreed_on", "state", "recorded_by", "recorded_at", "sides"]
        read_only_fields = fields


class AgreementSideInput(serializers.Serializer):
    department = shapes.DepartmentField()
    person = shapes.PersonField()


class AgreementInput(serializers.Serializer):
    text = serializers.CharField(allow_blank=True)
    agreed_on = serializers.DateField()
    sides = AgreementSideInput(many=True)
    item = ItemField(required=False, allow_null=True)


class HeadsWordInput(serializers.Serializer):
    agree = serializers.BooleanField()
    objection = serializers.CharField(required=False, allow_blank=True, max_length=500)


class AgreementList(generics.ListAPIView):
    """The agreements of one matter, the newest first; recording one."""

    serializer_class = AgreementRow

    def get_queryset(self) -> QuerySet[Any]:
        matters = CoordinationRequest.objects.inside(self.request.user)
        matter = generics.get_object_or_404(matters, pk=self.kwargs["pk"])
        keep_look(self.request.user, matter, "api")
        return Agreement.objects.filter(matter=matter).for_panel()

    @extend_schema(request=AgreementInput, responses={201: AgreementRow})
    def post(self, request: Request, pk: int) -> Response:
        """Record what was agreed, and by whom for which department."""
        generics.get_object_or_404(CoordinationRequest.objects.inside(request.user), pk=pk)
        given = AgreementInput(data=request.data, context={"request": request})
        given.is_valid(raise_exception=True)
        agreement = flows.record_agreement(matter_id=pk, by=request.user, **given.validated_data)
        return Response(AgreementRow(agreement).data, status=status.HTTP_201_CREATED)


class AgreementVerb(Verb):
    name_of_id = "agreement_id"
    output = AgreementRow

    def things(self) -> QuerySet[Any]:
        return Agreement.objects.visible_to(self.request.user)


AGREEMENT_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "answer": (HeadsWordInput, flows.answer_agreement),
}
