"""The shape of the API's input and output for templates, for what a form starts from, and for merging. No rules: flows
refuse."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from requests.models import CoordinationRequest, RequestTemplate
from requests.serializers import DepartmentField
from requests.states import Category, Confidentiality


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
            "departments", "working_days", "confidentiality", "order", "is_active", "revision",
        ]  # fmt: skip
        read_only_fields = fields


class TemplateInput(serializers.Serializer):
    """Everything but category, name and purpose may stay empty: the applicant writes it then."""

    category = serializers.ChoiceField(choices=Category.choices)
    name = serializers.CharField(allow_blank=True)
    purpose = serializers.CharField(allow_blank=True, help_text=_("One sentence, by which one chooses it."))
    title = serializers.CharField(allow_blank=True, default="")
    background = serializers.CharField(allow_blank=True, default="")
    goal = serializers.CharField(allow_blank=True, default="")
    expected_result = serializers.CharField(allow_blank=True, default="")
    initial_scope = serializers.CharField(allow_blank=True, default="")
    departments = serializers.ListField(child=DepartmentField(), default=list)
    working_days = serializers.IntegerField(allow_null=True, default=None)
    confidentiality = serializers.ChoiceField(
        choices=Confidentiality.choices, default=Confidentiality.INTERNAL
    )
    order = serializers.IntegerField(min_value=1, max_value=10_000, default=100)

    def to_internal_value(self, data: Any) -> Any:
        value = super().to_internal_value(data)
        given = {name: value.pop(name) for name in ("departments", "revision") if name in value}
        return {"fields": dict(value), **given}


class TemplateChangeInput(TemplateInput):
    """The whole template anew, with the revision that was read: whoever comes second is told."""

    revision = serializers.IntegerField()


class SwitchInput(serializers.Serializer):
    is_active = serializers.BooleanField(help_text=_("Offered again, else out of use."))
