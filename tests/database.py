"""The databases of the tests: one is migrated, every process works in a copy of it.

Migrating takes seconds, a copy a fraction of one. So the first process migrates, the others wait for it; after a test that
commits (`transaction=True`, a browser) its database is thrown away and copied again, so that the next test finds exactly
what a migrated database holds. Tables that refuse TRUNCATE need not be talked round.
"""

from __future__ import annotations

import fcntl
import functools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase


def copy(source: str, name: str) -> None:
    """Its files are copied: the other way, through the log, takes six times as long."""
    drop(name)
    _on_the_server(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY FILE_COPY')


def drop(name: str) -> None:
    """End who of ours is still connected, then drop. `FORCE` would fail beside an autovacuum, which is not ours to end."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = current_user",
            [name],
        )
    _on_the_server(f'DROP DATABASE IF EXISTS "{name}"')


def _on_the_server(command: str) -> None:
    """Such a statement stands outside of any transaction and of the database that it is about."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(command)


@functools.cache
def template() -> str:
    """The migrated database; nobody stays connected to it. Its name follows from the settings that hold before the first copy."""
    return str(connection.creation._get_test_db_name())


def work_in_a_copy(*, run: str, worker: str, keep: bool) -> None:
    """From now on this process works in a database of its own. `run` is what the processes of one call have in common."""
    with _working_now() as here:
        template()
        if not run or here["run"] != run:
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=keep)
            here.update(run=run, workers=[])
        here["workers"].append(worker)
        connections.close_all()
        copy(template(), f"{template()}_{worker}")
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = f"{template()}_{worker}"


def leave_the_copy(*, worker: str, keep: bool) -> None:
    """The last one puts out the light."""
    with _working_now() as here:
        connections.close_all()
        drop(f"{template()}_{worker}")
        here["workers"].remove(worker)
        if not here["workers"] and not keep:
            here["run"] = ""
            drop(template())


@contextmanager
def _working_now() -> Iterator[dict[str, Any]]:
    """Who works in copies of the template; one process at a time reads and changes it."""
    settings.STATE.mkdir(parents=True, exist_ok=True)
    with (settings.STATE / "testing.json").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        here = json.loads(file.read() or '{"run": "", "workers": []}')
        yield here
        file.truncate(0)
        json.dump(here, file)


def _begin_anew(self: TransactionTestCase) -> None:
    """Instead of a flush. Threads and browsers may still hold connections: they are ended."""
    name = connection.settings_dict["NAME"]
    connections.close_all()
    copy(template(), name)


def install() -> None:
    """Patch once, before any test: a fixture's monkeypatch would be undone too early."""
    TransactionTestCase._fixture_teardown = _begin_anew  # type: ignore[method-assign]
