"""Shapes of comments and kept messages in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from requests.models import Comment, KeptMessage
from requests.serializers import NoInput
from requests.states import Channel

__all__ = ["CommentInput", "CommentRow", "MessageInput", "MessageRow", "NoInput"]


class CommentRow(serializers.ModelSerializer):
    """A comment. One that was taken back has no text any more."""

    author = serializers.CharField(source="author.name", read_only=True)
    text = serializers.SerializerMethodField()
    mentioned = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields = [
            "id", "matter", "author", "department_name", "text", "mentioned", "written_at", "edited_at", "withdrawn_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_text(self, row: Any) -> str:
        return "" if row.withdrawn_at else str(row.text)

    def get_mentioned(self, row: Any) -> list[str]:
        return [] if row.withdrawn_at else [person.name for person in row.mentioned.all()]


class CommentInput(serializers.Serializer):
    text = serializers.CharField()


class MessageRow(serializers.ModelSerializer):
    """A message from elsewhere, as it was put on record."""

    kept_by = serializers.CharField(source="kept_by.name", read_only=True)

    class Meta:
        model = KeptMessage
        fields = ["id", "matter", "channel", "said_by", "said_at", "text", "kept_by", "kept_at"]
        read_only_fields = fields


class MessageInput(serializers.Serializer):
    channel = serializers.ChoiceField(choices=Channel.choices)
    said_by = serializers.CharField(max_length=60)
    said_at = serializers.DateTimeField()
    text = serializers.CharField()
