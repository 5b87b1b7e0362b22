"""Shapes of the plan in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from audit.acting import now
from requests.approval_states import ResourceKind
from requests.models import (
    Deliverable,
    EscalationStep,
    Milestone,
    Plan,
    PlanChannel,
    PlanMember,
    PlanResource,
    PlanRisk,
    PlanTask,
    TaskMeasure,
)
from requests.plan_reading import progress, rows_of_plan
from requests.plan_states import DelayMeasure, Form, Frequency, RiskKind, RiskState, Side, TeamRole, Weekday
from requests.serializers import DepartmentField, NoInput, PersonField, ReasonInput

__all__ = ["NoInput", "PlanRow", "ReasonInput"]


class MemberRow(serializers.ModelSerializer):
    class Meta:
        model = PlanMember
        fields = ["id", "department", "person", "role", "duties"]


class MilestoneRow(serializers.ModelSerializer):
    class Meta:
        model = Milestone
        fields = [
            "id",
            "plan",
            "name",
            "standard",
            "due_on",
            "acceptor",
            "state",
            "answered_by",
            "answered_at",
            "remark",
        ]


class TaskMeasureRow(serializers.ModelSerializer):
    class Meta:
        model = TaskMeasure
        fields = ["side", "name", "target", "unit"]


class TaskRow(serializers.ModelSerializer):
    """A task as it was agreed; how far it has come is told of its item."""

    measures = TaskMeasureRow(many=True, read_only=True)

    class Meta:
        model = PlanTask
        fields = [
            "id", "plan", "wbs", "name", "owner", "department", "department_name", "helpers", "standard", "begins_on",
            "ends_on", "predecessors", "resources", "weight", "is_critical", "milestone", "item", "measures", "consent",
            "objection", "upheld_reason",
        ]  # fmt: skip


class DeliverableRow(serializers.ModelSerializer):
    class Meta:
        model = Deliverable
        fields = ["id", "name", "standard", "acceptor", "due_on"]


class ChannelRow(serializers.ModelSerializer):
    class Meta:
        model = PlanChannel
        fields = [
            "id",
            "form",
            "frequency",
            "weekday",
            "starts_at",
            "place",
            "attendees",
            "agenda",
            "recorder",
        ]


class PlanResourceRow(serializers.ModelSerializer):
    class Meta:
        model = PlanResource
        fields = ["id", "kind", "text", "department", "needed_on", "task", "amount"]


class EscalationRow(serializers.ModelSerializer):
    class Meta:
        model = EscalationStep
        fields = ["id", "level", "person", "days"]


class RiskRow(serializers.ModelSerializer):
    class Meta:
        model = PlanRisk
        fields = [
            "id", "plan", "text", "kind", "likelihood", "effect", "score", "owner", "response", "measure", "trigger",
            "state", "remark", "changed_at",
        ]  # fmt: skip


class PlanRow(serializers.ModelSerializer):
    """One version of the plan, whole; `percent` is the progress by weight (R087)."""

    team = MemberRow(many=True, read_only=True)
    milestones = MilestoneRow(many=True, read_only=True)
    tasks = TaskRow(many=True, read_only=True)
    resources = PlanResourceRow(many=True, read_only=True)
    deliverables = DeliverableRow(many=True, read_only=True)
    channels = ChannelRow(many=True, read_only=True)
    escalation = EscalationRow(many=True, read_only=True)
    risks = RiskRow(many=True, read_only=True)
    percent = serializers.SerializerMethodField()

    class Meta:
        model = Plan
        fields = [
            "id", "matter", "version", "number", "state", "goal", "reason", "return_reason", "reach", "approver", "change", "effective_on", "superseded_on",
            "percent", "team", "milestones", "tasks", "resources", "deliverables", "channels", "escalation", "risks",
        ]  # fmt: skip

    @extend_schema_field(int)
    def get_percent(self, plan: Plan) -> int:
        return progress(rows_of_plan(plan, now())).percent


class StartPlanInput(serializers.Serializer):
    reason = serializers.CharField(required=False, allow_blank=True, max_length=300)


class PlanGoalInput(serializers.Serializer):
    goal = serializers.CharField(allow_blank=True, max_length=2000)


class _Row(serializers.Serializer):
    id = serializers.IntegerField(required=False, allow_null=True)


class PlanMemberInput(_Row):
    department = DepartmentField()
    person = PersonField()
    role = serializers.ChoiceField(choices=TeamRole.choices)
    duties = serializers.CharField(max_length=300)


class PlanMilestoneInput(_Row):
    name = serializers.CharField(max_length=60)
    standard = serializers.CharField(max_length=300)
    due_on = serializers.DateField()
    acceptor = PersonField()


class PlanResourceInput(_Row):
    kind = serializers.ChoiceField(choices=ResourceKind.choices)
    text = serializers.CharField(max_length=120)
    department = DepartmentField()
    needed_on = serializers.DateField()
    task = serializers.CharField(max_length=12, required=False, allow_blank=True)
    amount = serializers.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, required=False, allow_null=True
    )


class PlanDeliverableInput(_Row):
    name = serializers.CharField(max_length=80)
    standard = serializers.CharField(max_length=300)
    acceptor = PersonField()
    due_on = serializers.DateField()


class PlanChannelInput(_Row):
    form = serializers.ChoiceField(choices=Form.choices)
    frequency = serializers.ChoiceField(choices=Frequency.choices)
    weekday = serializers.ChoiceField(choices=Weekday.choices, required=False, allow_null=True)
    starts_at = serializers.TimeField(required=False, allow_null=True)
    place = serializers.CharField(max_length=120)
    attendees = serializers.CharField(max_length=200)
    agenda = serializers.CharField(max_length=300)
    recorder = PersonField()


class PlanEscalationInput(_Row):
    level = serializers.CharField(max_length=40)
    person = PersonField()
    days = serializers.IntegerField(min_value=1, max_value=60)


class PlanRiskInput(_Row):
    text = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=RiskKind.choices)
    likelihood = serializers.IntegerField(min_value=1, max_value=5)
    effect = serializers.IntegerField(min_value=1, max_value=5)
    owner = PersonField()
    response = serializers.CharField(max_length=300)
    trigger = serializers.CharField(max_length=200)
    measure = serializers.ChoiceField(choices=DelayMeasure.choices, required=False, allow_blank=True)


PARTS: dict[str, type[_Row]] = {
    "team": PlanMemberInput,
    "milestones": PlanMilestoneInput,
    "resources": PlanResourceInput,
    "deliverables": PlanDeliverableInput,
    "channels": PlanChannelInput,
    "escalation": PlanEscalationInput,
    "risks": PlanRiskInput,
}


class PlanPartInput(serializers.Serializer):
    """All rows of one part as they are from now on; a row with its id is changed, one left out is struck out."""

    part = serializers.ChoiceField(choices=[(name, name) for name in PARTS])
    rows = serializers.ListField(child=serializers.DictField(), allow_empty=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        rows = PARTS[given["part"]](data=given["rows"], many=True)
        if not rows.is_valid():
            raise serializers.ValidationError({"rows": rows.errors})
        return {"part": given["part"], "rows": rows.validated_data}


class PlanMeasureInput(serializers.Serializer):
    side = serializers.ChoiceField(choices=Side.choices)
    name = serializers.CharField(max_length=60)
    target = serializers.CharField(max_length=30)
    unit = serializers.CharField(max_length=12)


class PlanTaskInput(serializers.Serializer):
    """A new task of the version, or with `task` another text of one that is there."""

    task = serializers.IntegerField(required=False, allow_null=True)
    wbs = serializers.CharField(max_length=12)
    name = serializers.CharField(max_length=60)
    owner = PersonField()
    helpers = PersonField(many=True, required=False)
    standard = serializers.CharField(max_length=300)
    begins_on = serializers.DateField()
    ends_on = serializers.DateField()
    predecessors = serializers.CharField(required=False, allow_blank=True, max_length=120)
    resources = serializers.CharField(max_length=300)
    weight = serializers.IntegerField(required=False, min_value=1, max_value=100)
    is_critical = serializers.BooleanField(required=False)
    milestone = serializers.IntegerField(required=False, allow_null=True)
    measures = PlanMeasureInput(many=True)


class PlanAnswerInput(serializers.Serializer):
    """Tasks by id: those that are accepted, and those that are disputed with the reason."""

    accepted = serializers.ListField(child=serializers.IntegerField(), required=False)
    disputed = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=500), required=False
    )

    def validate_disputed(self, given: dict[str, str]) -> dict[int, str]:
        if not all(key.isdecimal() for key in given):
            raise serializers.ValidationError("The keys are ids of tasks.")
        return {int(key): text for key, text in given.items()}


class GroupSeatInput(serializers.Serializer):
    department = DepartmentField()
    person = PersonField()


class GroupInput(serializers.Serializer):
    """A temporary group for a matter (R004)."""

    name = serializers.CharField(max_length=80)
    purpose = serializers.CharField(max_length=200)
    lead_department = DepartmentField()
    begins_on = serializers.DateField()
    end_condition = serializers.CharField(max_length=200)
    members = GroupSeatInput(many=True)


class StageRemarkInput(serializers.Serializer):
    remark = serializers.CharField(required=False, allow_blank=True, max_length=300)


class RiskWordInput(serializers.Serializer):
    likelihood = serializers.IntegerField()
    effect = serializers.IntegerField()
    state = serializers.ChoiceField(choices=RiskState.choices)
    remark = serializers.CharField(allow_blank=True, max_length=300)
