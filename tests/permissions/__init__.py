"""Who gets which answer: one list of rows per app in `tests/permissions/<app>.py`, read by tests/test_permissions.py.

    ROWS = [
        row("GET", "organization:people", 200, external=404),
        row("POST", "organization:person_deactivate", 403, external=404, system_admin=302,
            kwargs=lambda world: {"pk": world.clerk.pk}, data={"reason": "调离"}),
    ]

A row gives the status for everybody (`default`) and, by keyword, for single roles or groups (the later one counts).
Anonymous visitors get 302 (the way to the login) unless said otherwise. `kwargs` and `data` may be functions of the
world. A POST row needs data that a permitted person gets through with: an empty form says nothing about rights.

Roles are the people of tests/cast.py; towards the matters of the world they stand like this:
asker `clerk` (with repair_head, repair_liaison) · lead supplies_* · member staffing_* · nobody's planning_* ·
`observer` from outside with a share in the matters · `outsider` without one.

An app whose pages need more than the world has defines `build(world)` beside its ROWS. A table of plain tuples
`(method, name, args, statuses)` is walked by a test of its app in a world of its own; here it only counts as listed.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType, SimpleNamespace
from typing import Any

from tests.cast import PEOPLE

ANONYMOUS = "anonymous"
ROLES = (ANONYMOUS, *PEOPLE, "outsider", "observer")
GROUPS = {
    "external": ("outsider", "observer"),
    "office": ("officer", "office_head"),
    "asker": ("clerk", "repair_head", "repair_liaison"),
    "lead": ("supplies_clerk", "supplies_liaison", "supplies_head"),
    "member": ("staffing_liaison", "staffing_head"),
    "nobody": ("planning_liaison", "planning_head"),
    "leaders": ("chair", "arbiter"),
    "readers": ("officer", "office_head", "chair", "arbiter", "auditor", "records_admin"),
    "arrangers": ("office_head", "system_admin"),
}

World = SimpleNamespace
Given = dict[str, Any] | Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    method: str
    name: str
    expected: dict[str, int]
    kwargs: Given
    data: Given
    query: Given
    label: str

    def __str__(self) -> str:
        return f"{self.method} {self.name} {self.label}".rstrip()


def row(
    method: str,
    name: str,
    default: int,
    *,
    kwargs: Given | None = None,
    data: Given | None = None,
    query: Given | None = None,
    label: str = "",
    **by_role: int,
) -> Row:
    """One method of one address: the status for each role. `label` tells rows of the same address apart."""
    expected = dict.fromkeys(ROLES, default) | {ANONYMOUS: 302}
    for who, status in by_role.items():
        for role in GROUPS.get(who, (who,)):
            if role not in expected:
                raise LookupError(f"{name}: nobody is called {role!r}")
            expected[role] = status
    return Row(method, name, expected, kwargs or {}, data or {}, query or {}, label)


def given(part: Given, world: World) -> dict[str, Any]:
    return part(world) if callable(part) else part


def modules() -> list[ModuleType]:
    return [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]


def rows() -> list[Row]:
    """The rows of all apps that are walked here."""
    return [one for one in _everything() if isinstance(one, Row)]


def elsewhere() -> set[str]:
    """The addresses whose rows are walked by a test of their app."""
    return {one[1] for one in _everything() if not isinstance(one, Row)}


def _everything() -> list[Any]:
    return [one for module in modules() for one in getattr(module, "ROWS", [])]
