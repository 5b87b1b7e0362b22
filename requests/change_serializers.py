"""Shapes of the change requests in the API (F13)."""

from __future__ import annotations

from rest_framework import serializers

from requests.change_states import IMPACTS, ChangeCause, ChangeObject
from requests.loan_serializers import ItemField
from requests.models import ChangeRequest, DecisionAppeal
from requests.serializers import PersonField


class ChangeRow(serializers.ModelSerializer):
    """One change with its values before and after."""

    class Meta:
        model = ChangeRequest
        fields = [
            "id", "matter", "number", "object", "item", "before", "after", "cause", "cause_text", *IMPACTS, "alternatives",
            "is_urgent", "ordered_by", "order_confirmed_at", "asked_by", "asked_at", "appeal", "way", "approver", "state", "assessment", "answer",
            "answered_by", "answered_at", "applied_at", "verified_at",
        ]  # fmt: skip
        read_only_fields = fields


class ImpactsInput(serializers.Serializer):
    """All five, each a text or “no impact”."""

    impact_goal = serializers.CharField(allow_blank=True)
    impact_scope = serializers.CharField(allow_blank=True)
    impact_resource = serializers.CharField(allow_blank=True)
    impact_time = serializers.CharField(allow_blank=True)
    impact_risk = serializers.CharField(allow_blank=True)


class ChangeInput(serializers.Serializer):
    object = serializers.ChoiceField(choices=ChangeObject.choices)
    item = ItemField(required=False, allow_null=True)
    value = serializers.CharField(allow_blank=True)
    cause = serializers.ChoiceField(choices=ChangeCause.choices)
    cause_text = serializers.CharField(allow_blank=True)
    impacts = ImpactsInput()
    alternatives = serializers.CharField(required=False, allow_blank=True)
    ordered_by = PersonField(required=False, allow_null=True)
    appeal = serializers.PrimaryKeyRelatedField(
        queryset=DecisionAppeal.objects.all(), required=False, allow_null=True
    )


class AssessInput(serializers.Serializer):
    assessment = serializers.CharField(allow_blank=True)


class ConfirmOrderInput(serializers.Serializer):
    is_given = serializers.BooleanField()
    note = serializers.CharField(required=False, allow_blank=True)


class AnswerChangeInput(serializers.Serializer):
    approve = serializers.BooleanField()
    answer = serializers.CharField(required=False, allow_blank=True)
