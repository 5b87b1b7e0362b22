"""The shape of the API's input and output about levels, named readers and looks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from audit.models import Reading
from requests.models import Reader
from requests.serializers import PersonField, ReasonInput
from requests.states import Confidentiality


class LevelInput(ReasonInput):
    level = serializers.ChoiceField(choices=Confidentiality.choices)


class AnswerLoweringInput(serializers.Serializer):
    agree = serializers.BooleanField()
    answer = serializers.CharField(required=False, allow_blank=True, default="")


class NameReaderInput(ReasonInput):
    person = PersonField()
    until = serializers.DateField(
        required=False, allow_null=True, default=None, help_text=_("The last day; empty: until it is ended.")
    )


class EndReadingInput(ReasonInput):
    person = PersonField()


class ReaderRow(serializers.ModelSerializer):
    """One named reader: by whom, for what, from when until when; `ended_at` when it is over."""

    person = serializers.IntegerField(source="user_id")
    name = serializers.CharField(source="user.name")
    named_by = serializers.CharField(source="named_by.name")

    class Meta:
        model = Reader
        fields = ["id", "person", "name", "named_by", "reason", "since", "until", "ended_at"]
        read_only_fields = fields


class LookRow(serializers.ModelSerializer):
    """Who looked, when, at what."""

    detail = serializers.CharField(source="filters.detail", default="")

    class Meta:
        model = Reading
        fields = ["id", "reader_name", "at", "what", "detail"]
        read_only_fields = fields
