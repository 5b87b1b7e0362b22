"""Shapes of circulating papers and signatures in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from requests.circulation_states import ANSWER_CHOICES, SignOpinion, Silence
from requests.models import Circulation, Countersign, PaperKind
from requests.serializers import DepartmentField, NoInput, PersonField, QuestionField, ReasonInput
from supervision.states import Urgency

__all__ = ["CirculationRow", "CountersignRow", "NoInput", "ReasonInput"]


class PaperKindRow(serializers.ModelSerializer):
    """A kind of papers and what silence means for it."""

    class Meta:
        model = PaperKind
        fields = ["id", "name", "silence", "is_routine"]
        read_only_fields = fields


class CountersignRow(serializers.ModelSerializer):
    """One signature: what was said, by whom and for whom, and what became of it."""

    class Meta:
        model = Countersign
        fields = [
            "id", "department", "department_name", "person", "place", "version", "is_current", "state", "opinion", "reason",
            "signed_by", "on_behalf_of", "signed_at", "is_deemed", "proposed_department", "ruling", "ruling_reason",
            "answer_reason", "answered_at", "read_at",
        ]  # fmt: skip
        read_only_fields = fields

    def to_representation(self, instance: Any) -> Any:
        """What is written but not signed yet is the affair of that department alone."""
        shown = super().to_representation(instance)
        return (
            shown
            if instance.is_signed
            else {**shown, "opinion": "", "reason": "", "proposed_department": None}
        )


class CirculationRow(serializers.ModelSerializer):
    """A circulating paper with the signatures that count."""

    signatures = CountersignRow(many=True, read_only=True)

    class Meta:
        model = Circulation
        fields = [
            "id", "matter", "kind", "kind_name", "number", "title", "text", "version", "department", "department_name",
            "state", "urgency", "in_series", "silence", "touches_money", "touches_duty", "touches_personal_data",
            "decides", "question", "started_at", "pulled_reason", "signed_off_by", "signed_off_at", "issued_at",
            "signatures",
        ]  # fmt: skip
        read_only_fields = fields


class CirculationInput(serializers.Serializer):
    """A paper that is to go round (§3.5); the departments sign in the order in which they are named."""

    kind = serializers.PrimaryKeyRelatedField(queryset=PaperKind.objects.in_use())
    title = serializers.CharField(max_length=60)
    text = serializers.CharField()
    departments = DepartmentField(many=True)
    in_series = serializers.BooleanField(required=False)
    urgency = serializers.ChoiceField(choices=Urgency.choices, required=False)
    silence = serializers.ChoiceField(choices=Silence.choices, required=False)
    touches_money = serializers.BooleanField(required=False)
    touches_duty = serializers.BooleanField(required=False)
    touches_personal_data = serializers.BooleanField(required=False)
    decides = serializers.BooleanField(required=False)
    question = QuestionField(required=False, allow_null=True)


class TextInput(serializers.Serializer):
    text = serializers.CharField()
    note = serializers.CharField(max_length=200)
    is_editorial = serializers.BooleanField(required=False)
    version = serializers.IntegerField(required=False)


class AddDepartmentInput(serializers.Serializer):
    department = DepartmentField()


class SignOffInput(serializers.Serializer):
    version = serializers.IntegerField(required=False)


class CountersignInput(serializers.Serializer):
    """`version`: the text that was read; a newer one refuses the signature."""

    opinion = serializers.ChoiceField(choices=SignOpinion.choices)
    reason = serializers.CharField(required=False, allow_blank=True)
    proposed_department = DepartmentField(required=False, allow_null=True)
    version = serializers.IntegerField(required=False)


class PersonInput(serializers.Serializer):
    person = PersonField()


class OpinionAnswerInput(serializers.Serializer):
    result = serializers.ChoiceField(choices=ANSWER_CHOICES)
    reason = serializers.CharField(required=False, allow_blank=True)


class DutyRulingInput(serializers.Serializer):
    uphold = serializers.BooleanField()
    reason = serializers.CharField()
    department = DepartmentField(required=False, allow_null=True)
