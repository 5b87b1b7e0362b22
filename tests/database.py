"""How a transactional test clears tables that refuse TRUNCATE.

The test connects as the owner of its tables and may step round the refusal; the application's role owns none
and cannot (tests/audit/test_roles.py).
"""

from __future__ import annotations

from django.db import connections
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import TransactionTestCase

from audit.acting import SystemActor, name_session

FLUSH = SystemActor("system:test-flush", "测试清理")

_sql_flush = DatabaseOperations.sql_flush
_fixture_teardown = TransactionTestCase._fixture_teardown

REFUSALS = (
    "SELECT format('ALTER TABLE %s %%s TRIGGER audit_refuse_truncate', tgrelid::regclass)"
    " FROM pg_trigger WHERE tgname = 'audit_refuse_truncate'"
)


def _flush_round_the_refusal(self, style, tables, **options):
    with self.connection.cursor() as cursor:
        cursor.execute(REFUSALS)
        alter = [row[0] for row in cursor.fetchall()]
    return [
        *(line % "DISABLE" for line in alter),
        *_sql_flush(self, style, tables, **options),
        *(line % "ENABLE ALWAYS" for line in alter),
    ]


def _teardown_in_a_name(self):
    """A flush sends post_migrate, which writes permissions: that needs a name too."""
    name_session(FLUSH)
    try:
        _fixture_teardown(self)
    finally:
        name_session(SystemActor("", ""))
        connections.close_all()


def install() -> None:
    """Patch once, before any test: a fixture's monkeypatch would be undone before the flush."""
    DatabaseOperations.sql_flush = _flush_round_the_refusal  # type: ignore[method-assign]
    TransactionTestCase._fixture_teardown = _teardown_in_a_name
