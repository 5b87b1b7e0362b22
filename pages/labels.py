"""The word of a choice, `get_stage_display()`, looked up in one step: lists ask for several in every row."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import Field


class Labels:
    """Stands before `models.Model`. Django builds the table of a field's choices anew for every call."""

    def _get_FIELD_display(self, field: Field[Any, Any]) -> str:  # noqa: N802 - Django's name
        value = getattr(self, field.attname)
        return str(_choices(field).get(value, value))


@cache
def _choices(field: Field[Any, Any]) -> dict[Any, Any]:
    return dict(field.flatchoices)
