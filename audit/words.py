"""Words inside a sentence that are read in the reader's language too: labels of choices in `params`."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, override, pgettext


def word(text: str | Promise) -> dict[str, str]:
    """Keep a lazy label by its English source (and its gettext context), to be put into a sentence's `params`."""
    source: tuple[Any, ...] = getattr(text, "_args", ())
    if len(source) == 2:
        return {"context": str(source[0]), "word": str(source[1])}
    with override("en"):  # the language of the sources
        return {"word": str(text)}


def fill(params: dict[str, Any]) -> dict[str, Any]:
    """The values of a sentence, its words in the language of whoever reads now."""
    return {name: _told(value) for name, value in params.items()}


def _told(value: Any) -> Any:
    if isinstance(value, list):
        return "、".join(str(_told(part)) for part in value)
    if isinstance(value, dict) and "word" in value:
        return pgettext(value["context"], value["word"]) if "context" in value else gettext(value["word"])
    return value
