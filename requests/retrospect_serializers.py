"""Shapes of the review and of the improvements in the API."""

from __future__ import annotations

from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from requests.models import Improvement, Review
from requests.retrospect_states import Grade, ImprovementKind
from requests.serializers import NoInput, PersonField, ReasonInput

GRADES = gettext_lazy("A grade for each of: goal, resources, process, information, output, satisfaction.")

__all__ = [
    "EvidenceInput",
    "ImprovementRow",
    "NoInput",
    "ReasonInput",
    "RetrospectInput",
    "ReviewRow",
    "SystemImprovementInput",
]


class SystemImprovementInput(serializers.Serializer):
    """What recurring matters call for (R109)."""

    text = serializers.CharField(allow_blank=True, max_length=200)
    owner = PersonField()
    due_on = serializers.DateField()


class ImprovementRow(serializers.ModelSerializer):
    class Meta:
        model = Improvement
        fields = [
            "id", "matter", "text", "kind", "owner", "department", "department_name", "due_on", "state", "evidence",
            "reported_at", "checked_at",
        ]  # fmt: skip
        read_only_fields = fields


@extend_schema_serializer(component_name="RetrospectRow")
class ReviewRow(serializers.ModelSerializer):
    """The review with what is to be bettered; `facts` are counted by the house at the issue."""

    improvements = ImprovementRow(many=True, read_only=True)

    class Meta:
        model = Review
        fields = [
            "id", "matter", "number", "state", "comparison", "key_points", "went_well", "fell_short", "root_causes",
            "is_transferable", "experience", "no_improvement_reason", "chair", "people", "grades", "facts", "issued_at", "improvements",
        ]  # fmt: skip
        read_only_fields = fields


class ImprovementInput(serializers.Serializer):
    text = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=ImprovementKind.choices)
    owner = PersonField()
    due_on = serializers.DateField()


class RetrospectInput(serializers.Serializer):
    """Form F19."""

    comparison = serializers.CharField(required=False, allow_blank=True)
    key_points = serializers.CharField(required=False, allow_blank=True)
    went_well = serializers.CharField(required=False, allow_blank=True)
    fell_short = serializers.CharField(required=False, allow_blank=True)
    root_causes = serializers.CharField(required=False, allow_blank=True)
    is_transferable = serializers.BooleanField(required=False)
    experience = serializers.CharField(required=False, allow_blank=True)
    no_improvement_reason = serializers.CharField(required=False, allow_blank=True, max_length=200)
    chair = PersonField(required=False, allow_null=True)
    people = PersonField(many=True, required=False)
    grades = serializers.DictField(
        child=serializers.ChoiceField(choices=Grade.choices), required=False, help_text=GRADES
    )
    improvements = ImprovementInput(many=True, required=False)


class EvidenceInput(serializers.Serializer):
    evidence = serializers.CharField(allow_blank=True)
