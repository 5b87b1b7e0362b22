"""The three loops of a matter in the API (R105): what its page shows as tick marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from requests.loops import LOOP_STATES, loops_of, talked_before

if TYPE_CHECKING:
    from requests.models import CoordinationRequest

LOOPS = ("before", "during", "after")


class LoopsShape(serializers.Serializer):
    """Talks before, coordination meanwhile, feedback afterwards."""

    before = serializers.ChoiceField(choices=LOOP_STATES)
    during = serializers.ChoiceField(choices=LOOP_STATES)
    after = serializers.ChoiceField(choices=LOOP_STATES)


@extend_schema_field(LoopsShape(allow_null=True))
class LoopsField(serializers.Field):
    """Null for a matter that left the main line: there is nothing to tick."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True)

    def to_representation(self, matter: CoordinationRequest) -> dict[str, str] | None:
        found = loops_of(matter, talked_before=talked_before(matter))
        return dict(zip(LOOPS, (loop.state for loop in found), strict=True)) if found else None
