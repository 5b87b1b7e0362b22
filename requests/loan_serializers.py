"""Shapes of the ledger of loans in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from requests.loan_rules import MOST
from requests.loan_states import WayOfReturn
from requests.models import ActionItem, Loan
from requests.serializers import DepartmentField, NoInput, ReasonInput

__all__ = ["LoanInput", "LoanRow", "NoInput", "ProlongInput", "ReasonInput", "ReturnInput"]


class LoanRow(serializers.ModelSerializer):
    """One line of the ledger."""

    class Meta:
        model = Loan
        fields = [
            "id", "matter", "item", "thing", "quantity", "unit", "condition", "lender", "lender_name", "borrower",
            "borrower_name", "way", "lent_on", "due_on", "original_due_on", "state", "returned_on", "return_note",
            "confirmed_at",
        ]  # fmt: skip
        read_only_fields = fields


@extend_schema_field(OpenApiTypes.INT)
class ItemField(serializers.PrimaryKeyRelatedField):
    """An action item by id, if it exists for the caller."""

    def get_queryset(self) -> Any:
        return ActionItem.objects.visible_to(self.context["request"].user)


class LoanInput(serializers.Serializer):
    """Form F22, 借用."""

    thing = serializers.CharField(max_length=60)
    quantity = serializers.IntegerField(min_value=1, max_value=MOST)
    unit = serializers.CharField(max_length=10)
    lender = DepartmentField()
    borrower = DepartmentField()
    lent_on = serializers.DateField()
    due_on = serializers.DateField()
    way = serializers.ChoiceField(choices=WayOfReturn.choices)
    condition = serializers.CharField(required=False, allow_blank=True, max_length=200)
    item = ItemField(required=False, allow_null=True)


@extend_schema_serializer(component_name="LoanReturnInput")
class ReturnInput(serializers.Serializer):
    returned_on = serializers.DateField()
    note = serializers.CharField(required=False, allow_blank=True, max_length=200)


class ProlongInput(serializers.Serializer):
    due_on = serializers.DateField()
    reason = serializers.CharField(allow_blank=True)
