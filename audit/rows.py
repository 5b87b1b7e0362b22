"""An instance out of a row of the database, without the detours for instances that are made by hand."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self

from django.db.models.base import ModelState


class FromRow:
    """Stands before `models.Model`: what was read is put in its place at once.

    Django gives each column to `__init__`, which weighs defaults, relations and listeners; a list reads two hundred rows, and
    nobody listens. What was not read stays deferred, as always.
    """

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], *, fetch_mode: Any = None
    ) -> Self:
        # `fetch_mode` is what a later Django says of the whole query set; this one never gives it.
        new: Any = cls.__new__(cls)
        vars(new).update(zip(field_names, values, strict=True), _state=ModelState())
        new._state.adding, new._state.db = False, db
        return new
