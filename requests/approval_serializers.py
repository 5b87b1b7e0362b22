"""Shapes of the approvals in the API (R035–R038)."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from requests.approval_states import Check, ResourceKind, StepOutcome, Willingness
from requests.flows.applications import seen_of_application
from requests.models import ApprovalRule, ApprovalStep, ProjectApplication
from requests.powers import powers_of
from requests.serializers import DepartmentField, PersonField


class RuleRow(serializers.ModelSerializer):
    """A row of the office's table: all its conditions have to hold."""

    class Meta:
        model = ApprovalRule
        fields = ["id", "category", "amount_from", "departments_from", "levels"]
        read_only_fields = fields


class StepRow(serializers.ModelSerializer):
    """One level in one round."""

    class Meta:
        model = ApprovalStep
        fields = [
            "round", "level", "asked", "on_behalf_of", "asked_at", "outcome", "checks", "opinion", "budget_line",
            "answered_by", "answered_at",
        ]  # fmt: skip
        read_only_fields = fields


class ApplicationRow(serializers.ModelSerializer):
    """Form F2 with the steps of its approvals."""

    steps = StepRow(many=True, read_only=True)
    powers = serializers.SerializerMethodField()
    seen = serializers.SerializerMethodField()

    class Meta:
        model = ProjectApplication
        fields = [
            "id", "matter", "number", "state", "chain", "round", "title", "goals", "content", "benefit", "departments",
            "lead_person", "lead_department", "powers", "may_call_meetings", "may_assign_items", "may_use_resources",
            "money_up_to", "days_up_to", "starts_on", "ends_on", "milestones", "resources", "budget", "risks",
            "submitted_at", "approved_at", "steps", "seen",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_powers(self, application: ProjectApplication) -> list[str]:
        return powers_of(application)

    def get_seen(self, application: ProjectApplication) -> str:
        """To be sent along when the paper is written: whoever was quicker is then not overwritten."""
        return seen_of_application(application)


class GoalInput(serializers.Serializer):
    indicator = serializers.CharField(max_length=100)
    target = serializers.CharField(max_length=40)
    unit = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    due_on = serializers.DateField()


class WillingnessInput(serializers.Serializer):
    department = DepartmentField()
    answer = serializers.ChoiceField(choices=Willingness.choices)
    condition = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    person = serializers.CharField(max_length=40)
    day = serializers.DateField()


class MilestoneInput(serializers.Serializer):
    text = serializers.CharField(max_length=100)
    day = serializers.DateField()


class ResourceInput(serializers.Serializer):
    kind = serializers.ChoiceField(choices=ResourceKind.choices)
    text = serializers.CharField(max_length=100)
    source = serializers.CharField(max_length=100)


class RiskInput(serializers.Serializer):
    text = serializers.CharField(max_length=200)
    measure = serializers.CharField(max_length=200)


MONEY: dict[str, Any] = {
    "max_digits": 14, "decimal_places": 2, "min_value": 0, "required": False, "allow_null": True,
}  # fmt: skip


class ApplicationInput(serializers.Serializer):
    """What is left out stands as it is; the first time, as the request gives it."""

    title = serializers.CharField(max_length=60, required=False)
    goals = GoalInput(many=True, required=False)
    content = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    benefit = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    departments = WillingnessInput(many=True, required=False)
    lead_person = PersonField(required=False, allow_null=True)
    lead_department = DepartmentField(required=False, allow_null=True)
    may_call_meetings = serializers.BooleanField(required=False)
    may_assign_items = serializers.BooleanField(required=False)
    may_use_resources = serializers.BooleanField(required=False)
    money_up_to = serializers.DecimalField(**MONEY)
    days_up_to = serializers.IntegerField(min_value=1, max_value=30, required=False, allow_null=True)
    starts_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    milestones = MilestoneInput(many=True, required=False)
    resources = ResourceInput(many=True, required=False)
    budget = serializers.DecimalField(**MONEY)
    risks = RiskInput(many=True, required=False)
    # What whoever writes had before them (`seen` of the paper), and that its approvals shall no longer count.
    seen = serializers.CharField(max_length=64, required=False, allow_blank=True)
    takes_back = serializers.BooleanField(required=False)

    def to_internal_value(self, data: Any) -> Any:
        """The flow takes the paper as one thing."""
        given = super().to_internal_value(data)
        beside = {name: given.pop(name) for name in ("seen", "takes_back") if name in given}
        return {"fields": given, **beside}


class CheckInput(serializers.Serializer):
    is_so = serializers.BooleanField()
    comment = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


@extend_schema_field(OpenApiTypes.OBJECT)
class ChecksField(serializers.DictField):
    """The five checks by name, each whether it is so and a comment."""

    child = CheckInput()

    def to_internal_value(self, data: Any) -> Any:
        found = super().to_internal_value(data)
        return {name: row for name, row in found.items() if name in Check.values}


class AnswerApprovalInput(serializers.Serializer):
    """`approved`, `returned` (one level) or `rejected`; the last two with their reason as opinion."""

    outcome = serializers.ChoiceField(choices=StepOutcome.choices)
    checks = ChecksField(required=False)
    opinion = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")
    budget_line = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
