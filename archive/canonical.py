"""One way to write a thing down, so that its hash means something: sorted keys, NFC, no floats (trust.md §3.3)."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import models


def picture(row: models.Model) -> dict[str, Any]:
    """Every column of a row, references with the name that they had at that moment."""
    found: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        found[field.attname] = plain(getattr(row, field.attname))
        if isinstance(field, models.ForeignKey) and getattr(row, field.attname) is not None:
            found[f"{field.name}_name"] = plain(str(getattr(row, field.name)))
    return found


def plain(value: Any) -> Any:
    """Text, whole numbers, truth, nothing, and lists and tables of these; times in UTC with microseconds."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", str(key)): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    if isinstance(value, float):
        value = Decimal(str(value))
    return unicodedata.normalize("NFC", str(value))


def text_of(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def sha256_of(value: Any) -> str:
    return hashlib.sha256(text_of(value).encode("utf-8")).hexdigest()
