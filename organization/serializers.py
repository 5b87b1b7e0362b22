"""The shape of the API's input and output for stock phrases. No rules: flows refuse."""

from __future__ import annotations

from rest_framework import serializers

from organization.models import Department, Phrase


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
