"""The shape of the API's input and output for matters and action items. No rules: flows refuse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from audit.reasons import IN_A_LINE
from organization.goals import Goal
from organization.models import Department, User
from pages.prepared import Prepared
from requests.condition_serializers import CheckRow, FindingInput
from requests.loop_serializers import LoopsField
from requests.models import ActionItem, CoordinationRequest, Gap, Participant, Question, RefusalReview
from requests.states import OFFICE_GROUNDS, Answer, GapCode, Handling, Means, Opinion

ACTIVE = Prepared(lambda pk: Department.objects.active().filter(pk=pk))
LONGEST_ID = 2**63


class DepartmentField(serializers.PrimaryKeyRelatedField):
    """A department by id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Department.objects.active(), **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        found = ACTIVE.get(data) if type(data) is int and abs(data) < LONGEST_ID else None
        return found or super().to_internal_value(data)  # which says what is wrong


class GoalField(serializers.PrimaryKeyRelatedField):
    """A goal of the list by id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Goal.objects.active(), **kwargs)


class PersonField(serializers.PrimaryKeyRelatedField):
    """An active person by id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.active(), **kwargs)


@extend_schema_field(OpenApiTypes.INT)
class QuestionField(serializers.PrimaryKeyRelatedField):
    """A core question by id, of a matter that the caller may see: another one does not exist for them."""

    def get_queryset(self) -> Any:
        return Question.objects.visible_to(self.context["request"].user)


def shown(shape: Any, thing: Any) -> Any:
    """A thing in its shape. To make the shape's fields costs more than to fill them, so they are made once."""
    return _made(shape).to_representation(thing)


# What the office adds in its turn: a matter that was filed this moment has none of it, and nobody need ask.
ADDED_LATER = ("participants", "questions", "gaps", "checks")


def shown_as_filed(
    matter: CoordinationRequest, departments: Iterable[Department], talks: Sequence[Any]
) -> Any:
    """A matter with its parts, as it stands right after filing; `talks` are those that were handed in with it."""
    wished = sorted(set(departments), key=lambda row: (row.order, row.code))
    known: dict[str, Any] = {**dict.fromkeys(ADDED_LATER, ()), "wished_departments": wished}
    if not talks:
        known["attempts"] = ()
    vars(matter)["_prefetched_objects_cache"] = known
    matter._state.fields_cache["refusal_review"] = None
    return shown(MatterDetail, matter)


def taken(shape: Any, data: Any) -> dict[str, Any]:
    """What was handed in, in the right shape; raises ValidationError with every value that has another one."""
    return dict(_made(shape).run_validation(data))


@cache
def _made(shape: Any) -> serializers.Serializer:
    return shape()


class MatterRow(serializers.ModelSerializer):
    """A matter in a list."""

    filed_by = serializers.CharField(source="filed_by.name", read_only=True)
    lead_department = serializers.CharField(source="lead_department.name", read_only=True, default=None)

    class Meta:
        model = CoordinationRequest
        fields = [
            "id", "number", "title", "stage", "urgency", "category", "confidentiality", "filed_by",
            "department_name", "lead_department", "submitted_at", "decided_at", "ended_at",
        ]  # fmt: skip
        read_only_fields = fields


class ParticipantRow(serializers.ModelSerializer):
    class Meta:
        model = Participant
        fields = [
            "id", "department", "department_name", "role", "notified_at", "material_read_at", "opinion",
            "opinion_reason", "opined_at",
        ]  # fmt: skip
        read_only_fields = fields


class QuestionRow(serializers.ModelSerializer):
    class Meta:
        model = Question
        fields = ["id", "order", "text", "outcome", "resolution", "common_ground", "source_number"]
        read_only_fields = fields


class GapRow(serializers.ModelSerializer):
    """What the office named as missing, and what the applicant said to it."""

    class Meta:
        model = Gap
        fields = ["id", "round", "code", "text", "named_at", "answer", "answered_at"]
        read_only_fields = fields


class ReviewRow(serializers.ModelSerializer):
    """The review of a refusal, with the refusal as it stood."""

    class Meta:
        model = RefusalReview
        fields = [
            "ground", "refusal", "refused_at", "reason", "asked_at", "level", "outcome", "answer", "answered_at",
        ]  # fmt: skip
        read_only_fields = fields


class MatterDetail(MatterRow):
    """A matter with its parts."""

    checks = CheckRow(many=True, read_only=True)
    refusal_review = ReviewRow(read_only=True, default=None)
    participants = ParticipantRow(many=True, read_only=True)
    questions = QuestionRow(many=True, read_only=True)
    gaps = GapRow(many=True, read_only=True)
    loops = LoopsField()

    class Meta(MatterRow.Meta):
        fields = [
            *MatterRow.Meta.fields, "background", "goal", "expected_result", "initial_scope", "organization_goal",
            "served_goal", "goal_reason",
            "wished_departments", "wished_on", "amount", "has_personal_data", "facts", "scope", "expected_goal",
            "resolution", "decision_way", "decision_document", "merged_into", "suspended_since", "suspended_until", "is_confirmed",
            "feedback", "accepted_at", "completed_at", "feedback_ended_at", "participants", "questions", "gaps", "checks",
            "rejection_ground", "ending_reason", "refusal_review", "urgency_wish", "handling", "handling_reason",
            "handling_left_at", "handling_left_why", "steps_taken", "loops",
        ]  # fmt: skip
        read_only_fields = fields


class ItemRow(serializers.ModelSerializer):
    """An action item."""

    matter_number = serializers.CharField(source="matter.number", read_only=True)
    assignee = serializers.CharField(source="assignee.name", read_only=True)

    class Meta:
        model = ActionItem
        fields = [
            "id", "number", "matter", "matter_number", "question", "text", "standard", "department_name", "assignee",
            "urgency", "state", "percent", "agreed_due_on", "report_every", "source_number", "issued_at", "acknowledged_at", "receipt",
            "submitted_at", "result", "evidence_note", "closed_at", "is_on_time", "rework_count", "suspended_since",
            "suspended_until", "suspension_reason",
        ]  # fmt: skip
        read_only_fields = fields


class AttemptInput(serializers.Serializer):
    department = DepartmentField()
    person_name = serializers.CharField(max_length=40)
    held_at = serializers.DateTimeField()
    means = serializers.ChoiceField(choices=Means.choices)
    our_goal = serializers.CharField(max_length=200)
    answer = serializers.ChoiceField(choices=Answer.choices)
    reason = serializers.CharField(required=False, allow_blank=True, default="")
    next_step = serializers.CharField(required=False, allow_blank=True, default="", max_length=200)


class FormInput(serializers.ModelSerializer):
    """Form F1. Nothing is required here: the flow names every gap at once."""

    departments = DepartmentField(many=True, required=False)
    attempts = AttemptInput(many=True, required=False)
    suggested_lead = DepartmentField(required=False, allow_null=True)
    served_goal = GoalField(required=False, allow_null=True)
    is_draft = serializers.BooleanField(
        required=False, default=False, help_text=_("Keep it as a draft instead of handing it in.")
    )

    class Meta:
        model = CoordinationRequest
        fields = [
            "title", "phone", "category", "urgency", "urgency_reason", "background", "goal", "expected_result",
            "initial_scope", "suggested_lead", "organization_goal", "served_goal", "goal_reason", "wished_on", "amount", "has_personal_data",
            "route", "confidentiality", "departments", "attempts", "is_draft",
        ]  # fmt: skip
        extra_kwargs = {name: {"required": False} for name in fields[:18]}


class NoInput(serializers.Serializer):
    """A verb that needs nothing but the person."""


class ReasonInput(serializers.Serializer):
    reason = serializers.CharField(allow_blank=True, default="")


class ShortReasonInput(serializers.Serializer):
    """A reason that stands in one line of a register."""

    reason = serializers.CharField(allow_blank=True, default="", max_length=IN_A_LINE)


class AcceptInput(serializers.Serializer):
    conditions = FindingInput(
        many=True, required=False, default=(), help_text=_("What was checked before may be left out.")
    )
    lead_department = DepartmentField()
    co_departments = DepartmentField(many=True)
    fit = serializers.IntegerField()
    feasibility = serializers.IntegerField()
    complexity = serializers.IntegerField()
    risk = serializers.IntegerField()
    resource_limits = serializers.IntegerField()
    assessment = serializers.CharField(allow_blank=True)
    priority = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        help_text=_("Left out, what the formula comes to (R030)."),
    )
    priority_reason = serializers.CharField(required=False, allow_blank=True, default="")
    handling = serializers.ChoiceField(
        choices=Handling.choices, required=False, default=Handling.FULL,
        help_text=_("On the simple track with its reason, the facts checked and the one question (R039)."),
    )  # fmt: skip
    handling_reason = serializers.CharField(required=False, allow_blank=True, default="")
    facts = serializers.CharField(required=False, allow_blank=True, default="")
    question = serializers.CharField(required=False, allow_blank=True, default="", max_length=200)


class GapInput(serializers.Serializer):
    code = serializers.ChoiceField(choices=GapCode.choices)
    text = serializers.CharField()


class ReturnInput(serializers.Serializer):
    gaps = GapInput(
        many=True, required=False, default=(),
        help_text=_("Beside the conditions of acceptance that are not met, which go along by themselves."),
    )  # fmt: skip

    def to_internal_value(self, data: Any) -> Any:
        value = super().to_internal_value(data)
        return {"gaps": [(gap["code"], gap["text"]) for gap in value["gaps"]]}


class GapAnswerInput(serializers.Serializer):
    gap = serializers.IntegerField()
    answer = serializers.CharField(allow_blank=True)


class ResubmitInput(FormInput):
    """What changes in the returned form, and what is said to each gap; what stands already may be left out."""

    is_draft = None
    answers = GapAnswerInput(many=True, required=False, default=())

    class Meta(FormInput.Meta):
        fields = [*FormInput.Meta.fields[:-1], "answers"]

    def to_internal_value(self, data: Any) -> Any:
        value = dict(super().to_internal_value(data))
        answers = {row["gap"]: row["answer"] for row in value.pop("answers", ())}
        rows = {name: value.pop(name) for name in ("departments", "attempts") if name in value}
        return {"fields": value, "answers": answers, **rows}


class RejectInput(ReasonInput):
    ground = serializers.ChoiceField(
        choices=OFFICE_GROUNDS, required=False, allow_blank=True, default="",
        help_text=_("Left out, the unmet conditions of acceptance give it."),
    )  # fmt: skip
    instead = serializers.CharField(allow_blank=True)


class UrgencyInput(ReasonInput):
    confirm = serializers.BooleanField()


class ReviewInput(ReasonInput):
    overturn = serializers.BooleanField()


class KeeperInput(ReasonInput):
    keeper = PersonField()


class SuspendInput(ReasonInput):
    until = serializers.DateField()
    interim_measure = serializers.CharField(allow_blank=True)


class PreparationInput(serializers.Serializer):
    facts = serializers.CharField()
    scope = serializers.CharField()
    expected_goal = serializers.CharField()
    questions = serializers.ListField(child=serializers.CharField(max_length=200))


class ParticipantsInput(serializers.Serializer):
    lead_department = DepartmentField()
    co_departments = DepartmentField(many=True)


class OpinionInput(serializers.Serializer):
    opinion = serializers.ChoiceField(choices=Opinion.choices)
    reason = serializers.CharField(required=False, allow_blank=True, default="")


class StartDecisionInput(serializers.Serializer):
    override_reason = serializers.CharField(required=False, allow_blank=True, default="")


class ResolutionInput(serializers.Serializer):
    resolution = serializers.CharField(allow_blank=True)


class SummaryInput(serializers.Serializer):
    summary = serializers.CharField(allow_blank=True)


class FeedbackInput(serializers.Serializer):
    feedback = serializers.CharField(required=False, allow_blank=True, default="")


class DefectsInput(serializers.Serializer):
    defects = serializers.CharField(allow_blank=True)


class SurveyInput(serializers.Serializer):
    marks = serializers.DictField(child=serializers.IntegerField())
    reason = serializers.CharField(required=False, allow_blank=True, default="")
    suggestion = serializers.CharField(required=False, allow_blank=True, default="")
