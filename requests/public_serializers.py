"""What those read of a matter who do not take part in it: summary and decision, and no word said on the way (§5, R018)."""

from __future__ import annotations

from rest_framework import serializers

from requests.models import CoordinationRequest, Participant, Question
from requests.serializers import MatterRow


class PublicQuestion(serializers.ModelSerializer):
    class Meta:
        model = Question
        fields = ["order", "text", "outcome", "resolution"]
        read_only_fields = fields


class PublicDepartment(serializers.ModelSerializer):
    class Meta:
        model = Participant
        fields = ["department_name", "role"]
        read_only_fields = fields


class PublicMatter(serializers.ModelSerializer):
    """Summary and decision of a public matter: all that those hear who are not concerned (§5)."""

    departments = PublicDepartment(source="participants", many=True, read_only=True)
    questions = PublicQuestion(many=True, read_only=True)

    class Meta:
        model = CoordinationRequest
        fields = [
            "id",
            "number",
            "title",
            "stage",
            "department_name",
            "departments",
            "questions",
            "decided_at",
        ]
        read_only_fields = fields


class SharedMatter(MatterRow):
    """A matter for whoever it is shared with from outside: what it is about and what was decided, and no word said on the
    way (R018)."""

    departments = PublicDepartment(source="participants", many=True, read_only=True)
    questions = PublicQuestion(many=True, read_only=True)

    class Meta(MatterRow.Meta):
        fields = [
            *MatterRow.Meta.fields, "background", "goal", "expected_result", "scope", "expected_goal", "departments",
            "questions", "resolution", "decision_document", "accepted_at", "completed_at",
        ]  # fmt: skip
        read_only_fields = fields
