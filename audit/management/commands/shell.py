"""shell, in a name: what is changed by hand at the console stands in the log as the console's."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.shell import Command as Shell

from audit.acting import SHELL, name_session


class Command(Shell):
    def handle(self, **options: Any) -> None:
        name_session(SHELL)
        super().handle(**options)
