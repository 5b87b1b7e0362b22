"""The API of the digest for the leaders (R067)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rest_framework import generics, serializers

from requests import flows
from requests import serializers as shapes
from requests.digest_text import LONGEST
from requests.looking import keep_look
from requests.models import CoordinationRequest, Digest


class DigestRow(serializers.ModelSerializer):
    """The one page: question, positions, options, recommendation."""

    class Meta:
        model = Digest
        fields = [
            "matter", "question", "positions", "options", "recommendation", "written_by", "written_at", "presented_at",
            "presented_to",
        ]  # fmt: skip
        read_only_fields = fields


class DigestInput(serializers.Serializer):
    question = serializers.CharField(allow_blank=True, max_length=LONGEST["question"])
    positions = serializers.CharField(allow_blank=True, max_length=LONGEST["positions"])
    options = serializers.CharField(allow_blank=True, max_length=LONGEST["options"])
    recommendation = serializers.CharField(allow_blank=True, max_length=LONGEST["recommendation"])


class PresentInput(serializers.Serializer):
    leaders = shapes.PersonField(many=True)


class MatterDigest(generics.RetrieveAPIView):
    """The digest as the office worded it; a matter without one answers 404."""

    serializer_class = DigestRow

    def get_object(self) -> Any:
        matters = CoordinationRequest.objects.inside(self.request.user)
        matter = generics.get_object_or_404(matters, pk=self.kwargs["pk"])
        keep_look(self.request.user, matter, "api")
        return generics.get_object_or_404(Digest.objects.filter(matter=matter))


DIGEST_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "write-digest": (DigestInput, flows.write_digest),
    "present-digest": (PresentInput, flows.present_digest),
}
