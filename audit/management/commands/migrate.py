"""migrate, in a name: data migrations and permission rows are changes like any other."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from audit import fresh
from audit.acting import MIGRATE, name_session


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> str | None:
        name_session(MIGRATE)
        connection = connections[options["database"]]
        try:
            if not _asks_for_something_else(options) and fresh.is_empty(connection):
                fresh.build(connection)
            return super().handle(*args, **options)
        finally:
            # A connection that lives on must not keep the name.
            connection.close()


def _asks_for_something_else(options: dict[str, Any]) -> bool:
    """One app, one migration, a look only: the long way."""
    return any(
        options.get(name)
        for name in ("app_label", "migration_name", "plan", "check_unapplied", "fake", "fake_initial")
    )
