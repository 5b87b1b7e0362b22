"""The shape of the conditions of acceptance and of what was found on them (R028)."""

from __future__ import annotations

from rest_framework import serializers

from requests.models import AcceptanceCondition, ConditionCheck
from requests.states import UNMET_CODES


class ConditionRow(serializers.ModelSerializer):
    """A condition that every form is held against."""

    class Meta:
        model = AcceptanceCondition
        fields = ["id", "text", "hint", "code", "order"]
        read_only_fields = fields


class CheckRow(serializers.ModelSerializer):
    """What the office found on one condition of acceptance; null: to be looked at again."""

    class Meta:
        model = ConditionCheck
        fields = ["condition", "text", "is_met", "code", "reason", "checked_at"]
        read_only_fields = fields


class FindingInput(serializers.Serializer):
    condition = serializers.PrimaryKeyRelatedField(queryset=AcceptanceCondition.objects.in_use())
    is_met = serializers.BooleanField()
    code = serializers.ChoiceField(choices=UNMET_CODES, required=False, allow_blank=True, default="")
    reason = serializers.CharField(required=False, allow_blank=True, default="")


class ChecksInput(serializers.Serializer):
    conditions = FindingInput(many=True)
