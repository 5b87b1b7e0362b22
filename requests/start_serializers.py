"""The shape of the API's input and output for templates, for what a form starts from, and for merging. No rules: flows
refuse."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from requests.models import CoordinationRequest, RequestTemplate
from requests.states import Category


@extend_schema_field(OpenApiTypes.INT)
class OfferedTemplateField(serializers.PrimaryKeyRelatedField):
    """A template by id, of those that the caller is offered."""

    def get_queryset(self) -> Any:
        return RequestTemplate.objects.visible_to(self.context["request"].user).active()


@extend_schema_field(OpenApiTypes.INT)
class MatterField(serializers.PrimaryKeyRelatedField):
    """A matter by id, of those that the caller may see: another one does not exist for them."""

    def get_queryset(self) -> Any:
        return CoordinationRequest.objects.inside(self.context["request"].user)


class AnnounceMergeInput(serializers.Serializer):
    main = MatterField(help_text=_("The matter that goes on."))
    reason = serializers.CharField(allow_blank=True, help_text=_("The applicants of both read it."))

    def to_internal_value(self, data: Any) -> Any:
        value = super().to_internal_value(data)
        return {"main_id": value["main"].pk, "reason": value["reason"]}


class StartFromInput(serializers.Serializer):
    """One of the three; with none of them the form is empty."""

    template = OfferedTemplateField(required=False)
    matter = MatterField(required=False, help_text=_("One that the caller has filed."))
    category = serializers.ChoiceField(choices=Category.choices, required=False)


class TemplateRow(serializers.ModelSerializer):
    """What a form of this kind starts with; 【…】 stands where the applicant's own words go."""

    class Meta:
        model = RequestTemplate
        fields = [
            "id", "category", "name", "purpose", "title", "background", "goal", "expected_result", "initial_scope",
            "departments", "working_days", "confidentiality",
        ]  # fmt: skip
        read_only_fields = fields
