"""The API of public notices and objections (R053)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from requests import flows
from requests import serializers as shapes
from requests.api import Verb
from requests.looking import keep_look
from requests.models import CoordinationRequest, NoticeObjection, PublicNotice


class ObjectionRow(serializers.ModelSerializer):
    """An objection with its answer."""

    class Meta:
        model = NoticeObjection
        fields = [
            "id",
            "department",
            "department_name",
            "reason",
            "given_at",
            "is_followed",
            "answer",
            "answered_at",
        ]
        read_only_fields = fields


class NoticeRow(serializers.ModelSerializer):
    """A published draft result with the objections to it."""

    objections = ObjectionRow(many=True, read_only=True)

    class Meta:
        model = PublicNotice
        fields = [
            "id", "matter", "question", "text", "departments", "days", "published_at", "ended_at", "withdrawn_at",
            "withdrawn_reason", "objections",
        ]  # fmt: skip
        read_only_fields = fields


class NoticeInput(serializers.Serializer):
    text = serializers.CharField()
    departments = shapes.DepartmentField(many=True)
    days = serializers.IntegerField(min_value=1, max_value=30)
    question = shapes.QuestionField(required=False, allow_null=True)


class ObjectionInput(serializers.Serializer):
    reason = serializers.CharField()
    department = shapes.DepartmentField(required=False, allow_null=True)


class ObjectionAnswerInput(serializers.Serializer):
    is_followed = serializers.BooleanField()
    answer = serializers.CharField()


class NoticeList(generics.ListAPIView):
    """The notices of one matter; publishing one."""

    serializer_class = NoticeRow

    def get_queryset(self) -> QuerySet[Any]:
        matters = CoordinationRequest.objects.inside(self.request.user)
        matter = generics.get_object_or_404(matters, pk=self.kwargs["pk"])
        keep_look(self.request.user, matter, "api")
        return PublicNotice.objects.filter(matter=matter).for_panel()

    @extend_schema(request=NoticeInput, responses={201: NoticeRow})
    def post(self, request: Request, pk: int) -> Response:
        """Show a draft result to departments."""
        generics.get_object_or_404(CoordinationRequest.objects.inside(request.user), pk=pk)
        given = NoticeInput(data=request.data, context={"request": request})
        given.is_valid(raise_exception=True)
        notice = flows.publish_notice(matter_id=pk, by=request.user, **given.validated_data)
        return Response(NoticeRow(notice).data, status=status.HTTP_201_CREATED)


class NoticeVerb(Verb):
    name_of_id = "notice_id"
    output = NoticeRow

    def things(self) -> QuerySet[Any]:
        return PublicNotice.objects.visible_to(self.request.user).for_panel()


class ObjectionVerb(Verb):
    name_of_id = "objection_id"
    output = ObjectionRow

    def things(self) -> QuerySet[Any]:
        seen = PublicNotice.objects.visible_to(self.request.user).values("pk")
        return NoticeObjection.objects.filter(notice__in=seen)


NOTICE_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "object": (ObjectionInput, flows.object_to_notice),
    "withdraw": (shapes.ReasonInput, flows.withdraw_notice),
}

OBJECTION_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "answer": (ObjectionAnswerInput, flows.answer_objection),
}
