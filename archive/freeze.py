"""The rows of an archived matter are read-only for everybody, and so are sealed dossiers: plain SQL, ENABLE ALWAYS.

Installed after every migrate, like the audit triggers. Which tables belong to a matter is not a list to keep by
hand: every model of the apps below that leads to a matter by its foreign keys is found, so a new one is frozen too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.backends.utils import CursorWrapper

FUNCTIONS = Path(__file__).with_name("sql") / "freeze.sql"
MATTER = "requests.coordinationrequest"
APPS = ("requests", "meetings", "disputes")
# Who reads an archived confidential matter is said anew, and readings end, long after the seal (R191).
READERS = "requests_reader"

# A step of the way to the matter: the column in the row, then (table, column) up to the matter's id.
Way = list[str]


def frozen() -> Iterator[tuple[str, Way]]:
    """Every table that hangs on a matter, with the way there."""
    matter = apps.get_model(MATTER)
    ways: dict[type[models.Model], Way] = {}
    waiting = [
        model
        for label in APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model is not matter and not hasattr(model, "history_object")
    ]
    progress = True
    while progress:
        found = {model: way for model in waiting if (way := _way(model, matter, ways))}
        waiting = [model for model in waiting if model not in found]
        ways.update(found)
        progress = bool(found)
    for model, way in ways.items():
        yield model._meta.db_table, way


def _way(model: type[models.Model], matter: type[models.Model], ways: dict[type[models.Model], Way]) -> Way:
    """By a foreign key to the matter itself, else by one to a table whose way is known; the nearest wins."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    for field in fields:
        if field.related_model is matter:
            return [str(field.column)]
    for field in fields:
        above = ways.get(field.related_model)
        if above and not field.null:
            return [str(field.column), str(field.related_model._meta.db_table), *above]
    return []


def install(using: str = "default", **_: Any) -> None:
    """Receiver of `post_migrate`."""
    connection = connections[using]
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        if not {"archive_dossier", "requests_coordinationrequest", "documents_file"} <= there:
            return
        cursor.execute(FUNCTIONS.read_text("utf-8"))
        _guard(cursor, "requests_coordinationrequest", "archive_matter_frozen", "UPDATE OR DELETE")
        _guard(cursor, "documents_file", "archive_frozen", "INSERT OR UPDATE OR DELETE", ["case_id"])
        for table, way in frozen():
            if table in there:
                function = "archive_reader_frozen" if table == READERS else "archive_frozen"
                _guard(cursor, table, function, "INSERT OR UPDATE OR DELETE", way)
        _guard(cursor, "archive_dossier", "archive_dossier_sealed", "UPDATE OR DELETE")
        _guard(cursor, "archive_dossieritem", "archive_entry_sealed", "INSERT OR UPDATE OR DELETE")


def _guard(cursor: CursorWrapper, table: str, function: str, what: str, way: Way | None = None) -> None:
    arguments = ", ".join(f"'{part}'" for part in way or [])
    cursor.execute(
        f'CREATE OR REPLACE TRIGGER archive_freeze BEFORE {what} ON "{table}"'
        f" FOR EACH ROW EXECUTE FUNCTION {function}({arguments});"
        f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER archive_freeze;'
    )
