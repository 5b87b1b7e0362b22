"""How the office is: /livez says that the web answers, /healthz that everything behind it works too.

Nothing here tells a stranger more than that: no version, no name, no error text.
"""

from __future__ import annotations

import functools
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from audit.acting import now
from coordination.celery import app
from supervision.models import Heartbeat

# A tick a minute: three missed ones are no coincidence (trust.md 3.8). The worker writes it, so it proves both.
OLDEST_BEAT = timedelta(minutes=3)
TICK = "tick"
BROKER_PATIENCE: dict[str, Any] = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "timeout": 3}


@never_cache
@require_safe
def livez(_: HttpRequest) -> JsonResponse:
    return JsonResponse({"ok": True})


@never_cache
@require_safe
def healthz(_: HttpRequest) -> JsonResponse:
    """Database, migrations, broker and the age of the last tick; 503 when one of them is not as it should be."""
    parts = {"database": database(), "migrations": migrations(), "broker": broker(), "beat": beat()}
    ok = all(part["ok"] for part in parts.values())
    return JsonResponse({"ok": ok, **parts}, status=200 if ok else 503)


def database() -> dict[str, Any]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return {"ok": False}
    return {"ok": True}


@functools.cache
def latest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app; read once, for the files of a running process do not change."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def migrations() -> dict[str, Any]:
    """Whether the tables are those that this code expects."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            pending = len(latest_migrations() - set(cursor.fetchall()))
    except DatabaseError:
        return {"ok": False}
    return {"ok": not pending, "pending": pending}


def broker() -> dict[str, Any]:
    try:
        with app.connection_for_write() as broker_connection:
            broker_connection.ensure_connection(**BROKER_PATIENCE)
    except OperationalError:
        return {"ok": False}
    return {"ok": True}


def beat() -> dict[str, Any]:
    """The age of the last tick; none yet is as bad as an old one."""
    try:
        last = Heartbeat.objects.filter(name=TICK).values_list("at", flat=True).first()
    except DatabaseError:
        return {"ok": False, "age_seconds": None}
    if last is None:
        return {"ok": False, "age_seconds": None}
    age = now() - last
    return {"ok": age <= OLDEST_BEAT, "age_seconds": round(age.total_seconds())}
