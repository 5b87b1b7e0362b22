"""PDF from a Typst template of ours and plain facts. The same facts give the same pages, letter for letter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from django.conf import settings


@cache
def _font_folder() -> str:
    """A Chinese font for machines that have none; what the system has (仿宋, 小标宋) is taken before it."""
    return str(files("pylopdf_fonts_zh_cn"))


def template(name: str) -> Path:
    return Path(settings.BASE_DIR) / "templates" / name


def pdf(name: str, facts: Mapping[str, Any]) -> bytes:
    """Set the template with these facts. They are handed over as data, never pasted into the source: whatever a person
    wrote is text, not markup.
    """
    source = template(name)
    made: Any = typst.compile(  # type: ignore[misc]  # its stub cannot tell source from path
        source.read_bytes(), root=str(source.parent), font_paths=[_font_folder()],
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
    )  # fmt: skip
    if not isinstance(made, bytes):
        raise TypeError(f"{name}: one document was expected")
    return made
