"""The shape of the API's input and output for saved filters. No rules: flows refuse."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from requests.models import SavedFilter
from requests.states import ListPage


class FilterRow(serializers.ModelSerializer):
    """`query` is what stands after the ? in the address of the list."""

    class Meta:
        model = SavedFilter
        fields = ["id", "page", "name", "query", "owner", "department"]
        read_only_fields = fields


class FilterChangeInput(serializers.Serializer):
    name = serializers.CharField(allow_blank=True)
    is_shared = serializers.BooleanField(
        required=False, help_text=_("With the caller's department; left out, it stays as it is.")
    )


class FilterInput(FilterChangeInput):
    is_shared = serializers.BooleanField(default=False, help_text=_("With the caller's department."))
    page = serializers.ChoiceField(choices=ListPage.choices)
    query = serializers.CharField(
        allow_blank=True, help_text=_("As in the address of the list: stage=execution&light=bad.")
    )

    def to_internal_value(self, data: Any) -> Any:
        value = super().to_internal_value(data)
        params = QueryDict(value.pop("query"))
        return {**value, "params": params}


class FilterMoveInput(serializers.Serializer):
    up = serializers.BooleanField(help_text=_("To the front, else to the back."))
