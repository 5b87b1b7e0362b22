"""The shape of the API's answers about meetings. Read-only: meetings are held, not posted."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from meetings import reading
from meetings.models import AgendaItem, Meeting
from requests.looking import keep_looks
from requests.models import CoordinationRequest


class MeetingRow(serializers.ModelSerializer):
    """A meeting in a list."""

    chair = serializers.CharField(source="chair.name", read_only=True)
    recorder = serializers.CharField(source="recorder.name", read_only=True)

    class Meta:
        model = Meeting
        fields = [
            "id",
            "number",
            "title",
            "kind",
            "state",
            "urgency",
            "starts_at",
            "ends_at",
            "place",
            "chair",
            "recorder",
        ]
        read_only_fields = fields


class TopicRow(serializers.ModelSerializer):
    """A topic with its result; its matter is named only to somebody who may see that matter."""

    presenter = serializers.CharField(source="presenter.name", read_only=True, default=None)

    matter = serializers.SerializerMethodField()

    class Meta:
        model = AgendaItem
        fields = [
            "id", "order", "text", "kind", "matter", "question", "presenter", "length", "is_late", "result", "resolution", "common_ground",
            "deferred_until", "no_action_reason",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(int | None)
    def get_matter(self, topic: AgendaItem) -> Any:
        return topic.matter_id if topic.matter_id in self.context["visible_matters"] else None

    def to_representation(self, instance: AgendaItem) -> Any:
        row = super().to_representation(instance)
        is_hidden = (
            instance.matter_id is not None and instance.matter_id not in self.context["visible_matters"]
        )
        if is_hidden or self.context["is_closed"]:
            # A title above one's level leaks neither here (domain §5).
            hidden = dict.fromkeys(("text", "resolution", "common_ground", "no_action_reason"), "")
            row.update(hidden, question=None)
        return row


class MeetingDetail(MeetingRow):
    """A meeting with its agenda, and the number of its minutes once they are signed."""

    items = serializers.SerializerMethodField()
    contact = serializers.CharField(source="contact.name", read_only=True, default=None)
    minutes_number = serializers.CharField(source="minutes.number", read_only=True, default=None)

    class Meta(MeetingRow.Meta):
        fields = [
            *MeetingRow.Meta.fields,
            "link",
            "preparation",
            "leave_rules",
            "contact",
            "answer_by",
            "called_at",
            "opened_at",
            "closed_at",
            "minutes_number",
            "items",
        ]
        read_only_fields = fields

    @extend_schema_field(TopicRow(many=True))
    def get_items(self, meeting: Meeting) -> Any:
        topics = list(meeting.items.select_related("presenter"))
        named = [topic.matter_id for topic in topics if topic.matter_id]
        reader = self.context["request"].user
        visible = list(CoordinationRequest.objects.visible_to(reader).filter(pk__in=named).for_list_page())
        keep_looks(reader, [matter.pk for matter in visible if matter.is_closed], "api", meeting.number)
        context = {
            **self.context,
            "visible_matters": {matter.pk for matter in visible},
            "is_closed": reading.is_closed_to(reader, meeting),
        }
        return TopicRow(topics, many=True, context=context).data
