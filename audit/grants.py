"""What the application's database role may do: everything a clerk's work needs, nothing that could hide it.

Web, worker and beat connect as this role; it owns no table, so it can neither switch a trigger off nor
change an event (trust.md §3.2).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connections
from psycopg2 import sql

READ_ONLY = ("audit_event",)
APPEND_ONLY = ("audit_transitionlog", "audit_reading")


def grant(using: str = "default", **_: Any) -> None:
    """Give the application role its rights on every table. Receiver of `post_migrate`; a no-op for one-role set-ups."""
    role = settings.DATABASE_APP_ROLE
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s)", [role])
        me, exists = cursor.fetchone()
        if not role or me == role or not exists:
            return
        there = connection.introspection.table_names(cursor)
        name = sql.Identifier(role)
        statements = [
            sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
            sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(name),
            sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
        ]
        statements += [
            sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), name)
            for table in READ_ONLY
            if table in there
        ]
        statements += [
            sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), name)
            for table in (*APPEND_ONLY, *(t for t in there if "_historical" in t))
            if table in there
        ]
        for statement in statements:
            cursor.execute(statement.as_string(cursor.cursor))
