"""Readable field history (django-simple-history) for the models that people compare.

The evidence is the event table; these tables serve the page "what changed between two versions".
"""

from __future__ import annotations

from functools import cached_property
from typing import Any
from weakref import WeakSet

from django.db import connections, models, router
from simple_history.models import HistoricalRecords

from audit.acting import current, now

# The key, then who, when, why, and whether it is new or changed.
TELL = """
PREPARE {name} (bigint, text, timestamptz, text, text) AS
INSERT INTO "{versions}" ({columns}, history_user_id, history_date, history_change_reason, history_type)
SELECT {columns}, $2, $3, $4, $5 FROM "{rows}" WHERE "{key}" = $1
"""


def _acting_key(historical: Any) -> str:
    return str(historical.history_user_id or "")


def _set_acting_key(historical: Any, _user: Any) -> None:
    who = current()
    historical.history_user_id = who.key if who else ""
    historical.history_date = now()


class Copies(HistoricalRecords):
    """A version is copied from its row inside the database, which holds already what was saved.

    django-simple-history makes an instance of the version and writes it column by column: of a matter with eighty columns
    that cost more than saving the matter. Each connection is told the statement once.
    """

    def create_historical_record(self, instance: Any, history_type: str, using: str | None = None) -> None:
        if history_type == "-":  # there is no row left
            super().create_historical_record(instance, history_type, using)
            return
        who = current()
        reason = self.get_change_reason_for_object(instance, history_type, using)
        model: Any = self.cls
        connection: Any = connections[instance._state.db or router.db_for_write(model)]
        name, statement = self._statement
        with connection.cursor() as cursor:
            if connection.connection not in self._known_to:
                cursor.execute(statement)
                self._known_to.add(connection.connection)
            signed = [instance.pk, who.key if who else "", now(), reason, history_type]
            cursor.execute(f"EXECUTE {name} (%s, %s, %s, %s, %s)", signed)

    @cached_property
    def _known_to(self) -> WeakSet[Any]:
        return WeakSet()

    @cached_property
    def _statement(self) -> tuple[str, str]:
        """Its name, and what is told to a connection."""
        model: Any = self.cls
        row, version = model._meta, getattr(model, self.manager_name).model._meta
        columns = ", ".join(f'"{field.column}"' for field in self.fields_included(model))
        name = f"version_of_{row.db_table}"
        return name, TELL.format(
            name=name, columns=columns, versions=version.db_table, rows=row.db_table, key=row.pk.column
        )


def history(*, excluded: tuple[str, ...] = ()) -> HistoricalRecords:
    """History of a model, signed with the acting key and dated with the business moment.

    Sort it by (history_date, history_id), never by the date alone (trust.md §5).
    """
    return Copies(
        excluded_fields=list(excluded),
        history_user_id_field=models.CharField(max_length=80, blank=True),
        history_user_getter=_acting_key,
        history_user_setter=_set_acting_key,
        history_change_reason_field=models.TextField(null=True),
    )
