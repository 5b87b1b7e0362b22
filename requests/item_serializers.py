"""The shape of what is handed in on an action item, and of the wish for a later date. No rules: flows refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from requests.acceptance_states import Judgement, Severity
from requests.models import AcceptanceSheet, Defect, Extension, Obstacle, Release
from requests.serializers import DefectsInput, DepartmentField, PersonField, QuestionField, ReasonInput
from supervision.states import Urgency


class ItemInput(serializers.Serializer):
    text = serializers.CharField()
    standard = serializers.CharField(allow_blank=True)
    department = DepartmentField()
    assignee = PersonField()
    due_on = serializers.DateField()
    verifier = PersonField(required=False, allow_null=True, default=None)
    urgency = serializers.ChoiceField(choices=Urgency.choices, default=Urgency.NORMAL)
    question = QuestionField(required=False, allow_null=True, default=None)
    co_departments = DepartmentField(many=True, required=False, default=())
    is_interim = serializers.BooleanField(required=False, default=False)
    report_every = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        help_text=_("Working days from one report to the next."),
    )


class SettleInput(serializers.Serializer):
    """The decision on answers that all agree, with the one item that carries it out (R039)."""

    resolution = serializers.CharField(allow_blank=True)
    item = ItemInput()


class StartInput(serializers.Serializer):
    first_step = serializers.CharField(allow_blank=True)


class ReportInput(serializers.Serializer):
    percent = serializers.IntegerField()
    done = serializers.CharField(allow_blank=True)
    next_step = serializers.CharField(required=False, allow_blank=True, default="")
    next_on = serializers.DateField(required=False, allow_null=True, default=None)
    difficulty = serializers.CharField(
        required=False, allow_blank=True, default="", help_text=_("If there is none, write “none”.")
    )
    coordination = serializers.CharField(required=False, allow_blank=True, default="")
    expected_on = serializers.DateField(required=False, allow_null=True, default=None)
    risk_change = serializers.CharField(required=False, allow_blank=True, default="")
    lower_reason = serializers.CharField(required=False, allow_blank=True, default="")


class ResultInput(serializers.Serializer):
    result = serializers.CharField(allow_blank=True)
    evidence_note = serializers.CharField(
        required=False, allow_blank=True, default="",
        help_text=_("Where and how the result can be checked; needed unless files are attached to the item."),
    )  # fmt: skip


class DefectInput(serializers.Serializer):
    """One row of form F14's list of defects."""

    text = serializers.CharField(max_length=300)
    severity = serializers.ChoiceField(choices=Severity.choices, default=Severity.MINOR)
    person = PersonField(
        required=False, allow_null=True, default=None, help_text=_("Left out, the owner of the item.")
    )
    due_on = serializers.DateField()


class CloseInput(serializers.Serializer):
    note = serializers.CharField(required=False, allow_blank=True, default="")
    completeness = serializers.ChoiceField(choices=Judgement.choices, default=Judgement.MET)
    quality = serializers.ChoiceField(choices=Judgement.choices, default=Judgement.MET)
    defects = DefectInput(
        many=True, required=False, default=(), help_text=_("Needed when something is mostly met.")
    )


class SendBackInput(DefectsInput):
    due_on = serializers.DateField()
    completeness = serializers.ChoiceField(choices=Judgement.choices, default=Judgement.MISSED)
    quality = serializers.ChoiceField(choices=Judgement.choices, default=Judgement.MET)


class StageInput(serializers.Serializer):
    completeness = serializers.ChoiceField(choices=Judgement.choices)
    quality = serializers.ChoiceField(choices=Judgement.choices)
    note = serializers.CharField(allow_blank=True)
    defects = serializers.CharField(
        required=False, allow_blank=True, default="", help_text=_("One defect a line.")
    )


class MendedInput(serializers.Serializer):
    how = serializers.CharField(allow_blank=True)


class DefectRow(serializers.ModelSerializer):
    class Meta:
        model = Defect
        fields = [
            "id", "sheet", "text", "severity", "person", "due_on", "state", "how", "reported_at", "checked_at",
        ]  # fmt: skip
        read_only_fields = fields


class SheetRow(serializers.ModelSerializer):
    """An acceptance sheet (F14) with its defects."""

    defects = DefectRow(many=True, read_only=True)

    class Meta:
        model = AcceptanceSheet
        fields = [
            "id", "number", "item", "kind", "standard", "delivered_at", "completeness", "quality", "timeliness", "note",
            "conclusion", "accepted_by", "accepted_at", "defects",
        ]  # fmt: skip
        read_only_fields = fields


class ReassignInput(serializers.Serializer):
    assignee = PersonField()
    note = serializers.CharField(allow_blank=True)


class SuspendItemInput(ReasonInput):
    until = serializers.DateField(help_text=_("At most 20 working days ahead."))


class ResumeItemInput(serializers.Serializer):
    reason = serializers.CharField(required=False, allow_blank=True, default="")


class ExtendInput(ReasonInput):
    wished_on = serializers.DateField()
    progress = serializers.CharField(allow_blank=True)


class AnswerExtensionInput(serializers.Serializer):
    approve = serializers.BooleanField()
    answer = serializers.CharField(required=False, allow_blank=True, default="")


class ExtensionRow(serializers.ModelSerializer):
    class Meta:
        model = Extension
        fields = [
            "id", "item", "asked_at", "from_due_at", "wished_on", "working_days", "reason", "progress", "approver",
            "asked_late", "state", "answered_at", "answer",
        ]  # fmt: skip
        read_only_fields = fields


class ReleaseInput(serializers.Serializer):
    basis = serializers.CharField(allow_blank=True)
    right_owner = DepartmentField()


class RuleReleaseInput(serializers.Serializer):
    grant = serializers.BooleanField()
    answer = serializers.CharField(allow_blank=True)
    department = DepartmentField(
        required=False,
        allow_null=True,
        default=None,
        help_text=_("Left out, the one that the request named."),
    )
    assignee = PersonField(required=False, allow_null=True, default=None)


class ReleaseRow(serializers.ModelSerializer):
    """The wish of a department to be released from an item."""

    class Meta:
        model = Release
        fields = [
            "id", "item", "department_name", "asked_at", "basis", "right_owner", "state", "ruled_at", "answer", "passed_to",
        ]  # fmt: skip
        read_only_fields = fields


class ObstacleInput(serializers.Serializer):
    step = serializers.CharField(max_length=60, allow_blank=True)
    department = DepartmentField()
    text = serializers.CharField(allow_blank=True)
    since = serializers.DateField(required=False, allow_null=True, default=None)


class EndObstacleInput(serializers.Serializer):
    how_ended = serializers.CharField(allow_blank=True)


class ObstacleRow(serializers.ModelSerializer):
    """One hold-up of an item."""

    class Meta:
        model = Obstacle
        fields = [
            "id", "item", "step", "department", "department_name", "text", "since", "until", "how_ended", "is_early",
        ]  # fmt: skip
        read_only_fields = fields
