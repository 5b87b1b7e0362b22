"""migrate, in a name: data migrations and permission rows are changes like any other."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from audit.acting import MIGRATE, name_session


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> str | None:
        name_session(MIGRATE)
        try:
            return super().handle(*args, **options)
        finally:
            # A connection that lives on must not keep the name.
            connections[options["database"]].close()
