"""Installing the audit triggers after every migrate: plain SQL, owned by `owner`, ENABLE ALWAYS.

No trigger library: one that lets a session switch its triggers off is no evidence (trust.md §3.1a).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models
from django.db.backends.utils import CursorWrapper

from audit.grants import APPEND_ONLY

FUNCTIONS = Path(__file__).with_name("sql") / "capture.sql"

VERBS = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}


def is_history(model: type[models.Model]) -> bool:
    """A table of django-simple-history: its rows are copies, so only changing or deleting one is an event."""
    return hasattr(model, "history_object")


def tracked() -> Iterator[type[models.Model]]:
    """Every model of every installed app, automatic many-to-many tables included, except the short list."""
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.managed and not meta.proxy and meta.db_table not in settings.AUDIT_UNTRACKED_TABLES:
            yield model


def install(using: str = "default", **_: Any) -> None:
    """Give every table that exists exactly the triggers it should have. Receiver of `post_migrate`."""
    connection = connections[using]
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        if "audit_event" not in there:
            return
        cursor.execute(FUNCTIONS.read_text("utf-8"))
        for model in tracked():
            if model._meta.db_table in there:
                _track(cursor, model)
        _refuse(cursor, "audit_event", "UPDATE OR DELETE")
        _refuse(cursor, "audit_event", "TRUNCATE")
        for table in APPEND_ONLY:
            if table in there:
                _refuse(cursor, table, "UPDATE OR DELETE")


def identity(model: type[models.Model]) -> str:
    """The column that names a row in its events: the primary key, or a unique one where the key is a secret itself."""
    secrets = settings.AUDIT_SECRET_COLUMNS.get(model._meta.db_table, ())
    unique = [field for field in model._meta.concrete_fields if field.unique and not field.primary_key]
    return next(str(field.column) for field in (model._meta.pk, *unique) if field.column not in secrets)


def _track(cursor: CursorWrapper, model: type[models.Model]) -> None:
    table = model._meta.db_table
    secrets = settings.AUDIT_SECRET_COLUMNS.get(table, ())
    arguments = ", ".join(f"'{column}'" for column in (identity(model), *secrets))
    for verb, transition in VERBS.items():
        if verb == "INSERT" and is_history(model):
            continue
        name = f"audit_{verb.lower()}"
        cursor.execute(
            f'CREATE OR REPLACE TRIGGER {name} AFTER {verb} ON "{table}" REFERENCING {transition}'
            f" FOR EACH STATEMENT EXECUTE FUNCTION audit_capture({arguments});"
            f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER {name};'
        )
    _refuse(cursor, table, "TRUNCATE")


def _refuse(cursor: CursorWrapper, table: str, what: str) -> None:
    name = f"audit_refuse_{what.split()[0].lower()}"
    cursor.execute(
        f'CREATE OR REPLACE TRIGGER {name} BEFORE {what} ON "{table}"'
        f" FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();"
        f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER {name};'
    )
