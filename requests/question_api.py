"""The API of core questions: which way each goes, what a department says of it, its decision by the office (R051)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from requests import flows
from requests import serializers as shapes
from requests.api import Verb
from requests.models import Question
from requests.states import Opinion, Track


class QuestionShape(serializers.ModelSerializer):
    """A core question with its way and its outcome."""

    class Meta:
        model = Question
        fields = ["id", "matter", "order", "text", "track", "outcome", "resolution", "settled_at"]
        read_only_fields = fields


class TrackInput(serializers.Serializer):
    track = serializers.ChoiceField(choices=Track.choices)


class QuestionOpinionInput(serializers.Serializer):
    """`department`: needed by whoever speaks for several that take part."""

    opinion = serializers.ChoiceField(choices=Opinion.choices)
    reason = serializers.CharField(required=False, allow_blank=True)
    department = shapes.DepartmentField(required=False, allow_null=True)


class QuestionVerb(Verb):
    name_of_id = "question_id"
    output = QuestionShape

    def things(self) -> QuerySet[Any]:
        return Question.objects.visible_to(self.request.user)


QUESTION_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "mark": (TrackInput, flows.mark_question),
    "opinion": (QuestionOpinionInput, flows.opine_on_question),
    "decide": (shapes.ResolutionInput, flows.decide_question),
}
