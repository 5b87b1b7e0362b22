"""The API of the process record (R096)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from audit.models import TransitionLog
from requests import process_record
from requests.looking import keep_look
from requests.models import CoordinationRequest


class RecordLine(serializers.ModelSerializer):
    """One line of the process record."""

    kind = serializers.CharField(read_only=True)
    text = serializers.SerializerMethodField()

    class Meta:
        model = TransitionLog
        fields = [
            "id", "at", "kind", "subject_type", "subject_id", "verb", "text", "reason", "actor_name", "department_name",
            "on_behalf_of", "from_state", "to_state",
        ]  # fmt: skip
        read_only_fields = fields

    def get_text(self, line: Any) -> str:
        return process_record.sentence_of(line)


class RecordList(generics.ListAPIView):
    """Decisions, minutes, changes and solutions of one matter in the order of time."""

    serializer_class = RecordLine

    def get_queryset(self) -> QuerySet[Any]:
        matters = CoordinationRequest.objects.inside(self.request.user)
        matter = generics.get_object_or_404(matters, pk=self.kwargs["pk"])
        keep_look(self.request.user, matter, "api")
        return process_record.lines_of(matter, process_record.kind_of(self.request.query_params))

    @extend_schema(
        parameters=[
            OpenApiParameter("kind", enum=list(process_record.KINDS), description="Only these lines.")
        ]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)
