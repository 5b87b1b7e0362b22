"""The API of meetings: reading only."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import generics

from meetings.models import Meeting
from meetings.serializers import MeetingDetail, MeetingRow


class MeetingList(generics.ListAPIView):
    """Meetings that the caller may see, newest first."""

    serializer_class = MeetingRow

    def get_queryset(self) -> QuerySet[Any]:
        return Meeting.objects.visible_to(self.request.user).select_related("chair", "recorder")


class MeetingOne(generics.RetrieveAPIView):
    """One meeting with its agenda and results."""

    serializer_class = MeetingDetail

    def get_queryset(self) -> QuerySet[Any]:
        return Meeting.objects.visible_to(self.request.user).select_related(
            "chair", "recorder", "contact", "minutes"
        )
