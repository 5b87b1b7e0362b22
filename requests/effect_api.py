"""The API of gains and losses (R083)."""

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
from requests.effect_states import Direction, EffectKind
from requests.looking import keep_look
from requests.models import CoordinationRequest, Effect


class EffectRow(serializers.ModelSerializer):
    """What a department wins or loses by a matter, and what makes up for it."""

    goal_name = serializers.CharField(source="goal.name", read_only=True, default=None)

    class Meta:
        model = Effect
        fields = [
            "id", "matter", "department", "department_name", "direction", "kind", "text", "amount", "unit", "goal", "goal_name", "is_own",
            "stated_at", "withdrawn_at", "withdrawn_why", "compensation", "compensation_amount", "compensated_at",
        ]  # fmt: skip
        read_only_fields = fields


class EffectInput(serializers.Serializer):
    department = shapes.DepartmentField()
    direction = serializers.ChoiceField(choices=Direction.choices)
    kind = serializers.ChoiceField(choices=EffectKind.choices)
    text = serializers.CharField(allow_blank=True, max_length=300)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, required=False, allow_null=True)
    unit = serializers.CharField(required=False, allow_blank=True, max_length=10)
    goal = shapes.GoalField(required=False, allow_null=True)


class CompensateInput(serializers.Serializer):
    text = serializers.CharField(allow_blank=True, max_length=300)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, required=False, allow_null=True)


class WithdrawInput(serializers.Serializer):
    reason = serializers.CharField(allow_blank=True, max_length=300, default="")


class EffectList(generics.ListAPIView):
    """The gains and losses on one matter; stating one."""

    serializer_class = EffectRow

    def get_queryset(self) -> QuerySet[Any]:
        matters = CoordinationRequest.objects.inside(self.request.user)
        matter = generics.get_object_or_404(matters, pk=self.kwargs["pk"])
        keep_look(self.request.user, matter, "api")
        return Effect.objects.filter(matter=matter).for_panel()

    @extend_schema(request=EffectInput, responses={201: EffectRow})
    def post(self, request: Request, pk: int) -> Response:
        """State a gain or loss of a department."""
        generics.get_object_or_404(CoordinationRequest.objects.inside(request.user), pk=pk)
        given = EffectInput(data=request.data)
        given.is_valid(raise_exception=True)
        effect = flows.state_effect(matter_id=pk, by=request.user, **given.validated_data)
        return Response(EffectRow(effect).data, status=status.HTTP_201_CREATED)


class EffectVerb(Verb):
    name_of_id = "effect_id"
    output = EffectRow

    def things(self) -> QuerySet[Any]:
        return Effect.objects.visible_to(self.request.user)


EFFECT_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "withdraw": (WithdrawInput, flows.withdraw_effect),
    "compensate": (CompensateInput, flows.compensate),
}
