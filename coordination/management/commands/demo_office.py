"""Loads the demo office into an empty embedded database: people, story A, some twenty matters."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from audit.acting import today
from coordination.demo import extras, founding, matters, people, story
from coordination.demo.player import Player, moment
from organization.models import User


class Command(BaseCommand):
    help = "Play the demo office through the real flows. Only into the empty embedded database."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError(
                "The demo office is loaded only into the embedded database, never into DATABASE_URL."
            )
        if User.objects.exists():
            raise CommandError("There are people already; the demo office needs an empty database.")
        password = f"Linjiang-{secrets.randbelow(9000) + 1000}"
        founding.found(password)
        player = Player(moment("2026-09-14 08:00"))
        story.play(player)
        matters.play(player, today())
        extras.play(player, player.now())
        player.pass_time(player.now())
        self._write_logins(password)

    def _write_logins(self, password: str) -> None:
        width = max(len(login) for login, _role in people.SHOWN)
        lines = [f"{login:<{width}}  {role}" for login, role in people.SHOWN]
        path = settings.STATE / "demo-logins.txt"
        path.write_text("\n".join([f"password for all: {password}", *lines]) + "\n", "utf-8")
        path.chmod(0o600)
        self.stdout.write(path.read_text("utf-8"))
