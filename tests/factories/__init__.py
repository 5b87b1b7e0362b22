"""One valid row of every model: a line for each in the module of its app.

    @line(Department, change=("name", "一科", "二科"))
    def department(cast, n):
        return Department(code=f"D{n}", name="一科")

The function returns an unsaved instance, different for each `n`; what it needs besides the cast it saves itself.
`change` names a plain field with the value before and after (a function of `cast, n` where it must differ). `refuses` lists "update" or "delete" where the
database allows neither. A model without a line fails tests/audit/test_write_paths.py.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.db import models

Maker = Callable[[SimpleNamespace, int], Any]


@dataclass(frozen=True)
class Line:
    model: type[models.Model]
    maker: Maker
    change: tuple[str, Any, Any]
    refuses: frozenset[str] = frozenset()
    bump: Any = field(default=None, compare=False)

    def make(self, cast: SimpleNamespace, n: int) -> Any:
        """An unsaved row with the first value of its change."""
        instance = self.maker(cast, n)
        setattr(instance, self.change[0], self.value(1, cast, n))
        return instance

    def value(self, which: int, cast: SimpleNamespace, n: int) -> Any:
        """Value 1 or 2 of the change."""
        given = self.change[which]
        return given(cast, n) if callable(given) else given


LINES: dict[type[models.Model], Line] = {}


def line(
    model: type[models.Model],
    *,
    change: tuple[str, Any, Any],
    refuses: tuple[str, ...] = (),
    bump: Any = None,
) -> Callable[[Maker], Maker]:
    """Register the factory of one model. `bump(cast)` is the F() expression where the field's type has no usual one."""

    def register(maker: Maker) -> Maker:
        LINES[model] = Line(model, maker, change, frozenset(refuses), bump)
        return maker

    return register


def lines() -> dict[type[models.Model], Line]:
    """The lines of all apps."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return LINES
