"""The shape of the API's input and output for stock phrases. No rules: flows refuse."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from organization.goals import Goal
from organization.models import Department
from organization.phrases import Phrase


class PhraseRow(serializers.ModelSerializer):
    """Of one person, or of everybody in a department."""

    class Meta:
        model = Phrase
        fields = ["id", "text", "owner", "department"]
        read_only_fields = fields


class PhraseTextInput(serializers.Serializer):
    text = serializers.CharField(allow_blank=True)


class PhraseInput(PhraseTextInput):
    department = serializers.PrimaryKeyRelatedField(
        queryset=Department.objects.active(), required=False, allow_null=True
    )


class OrganizationGoalRow(serializers.ModelSerializer):
    """A goal of the organization, or of a department with the goal that it serves."""

    department_name = serializers.CharField(source="owner", read_only=True)

    class Meta:
        model = Goal
        fields = [
            "id", "name", "department", "department_name", "parent", "measure", "added_at", "retired_at", "retired_why",
        ]  # fmt: skip
        read_only_fields = fields


class OrganizationGoalInput(serializers.Serializer):
    name = serializers.CharField(allow_blank=True, max_length=120)
    department = serializers.PrimaryKeyRelatedField(
        queryset=Department.objects.active(), required=False, allow_null=True, default=None
    )
    parent = serializers.PrimaryKeyRelatedField(
        queryset=Goal.objects.active(), required=False, allow_null=True, default=None
    )
    measure = serializers.CharField(required=False, allow_blank=True, default="", max_length=200)

    def to_internal_value(self, data: Any) -> Any:
        """By id, as the flows take them."""
        value = dict(super().to_internal_value(data))
        placed = {name: value.pop(name) for name in ("department", "parent")}
        return value | {f"{name}_id": row.pk if row else None for name, row in placed.items()}


class GoalReasonInput(serializers.Serializer):
    reason = serializers.CharField(allow_blank=True, default="", max_length=200)


class NoInput(serializers.Serializer):
    """A verb that needs nothing but the person."""
