"""The word of a choice, `get_stage_display()`, looked up once a language: lists ask for several in every row."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import Choices, Field
from django.utils.translation import get_language

from audit.rows import FromRow


class Labels(FromRow):
    """Stands before `models.Model`. Django builds the table of a field's choices anew for every call."""

    def _get_FIELD_display(self, field: Field[Any, Any]) -> str:  # noqa: N802 - Django's name
        value = getattr(self, field.attname)
        return _words(field, get_language()).get(value) or str(value)


@cache
def _words(field: Field[Any, Any], _language: str | None) -> dict[Any, str]:
    return {value: str(words) for value, words in field.flatchoices}


def choices(kind: type[Choices]) -> list[tuple[Any, str]]:
    """All values of a kind with their words in the language that is spoken now."""
    return list(_choices(kind, get_language()))


@cache
def _choices(kind: type[Choices], _language: str | None) -> list[tuple[Any, str]]:
    return [(value, str(words)) for value, words in kind.choices]
