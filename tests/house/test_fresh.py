"""An empty database is built at once (audit/fresh.py); whoever walks through every migration comes to the same."""

import copy

import pytest
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

from audit import fresh
from tests import database

# What the two ways are compared by; the order of columns in a table is nobody's business.
ASKED = {
    "columns": """
        SELECT table_name, column_name, data_type, character_maximum_length, numeric_precision, numeric_scale, is_nullable,
               column_default, is_identity
        FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2
    """,
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2, 3
    """,
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled FROM pg_trigger
        WHERE NOT tgisinternal ORDER BY 1, 2
    """,
    "functions": "SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
    "applied": "SELECT app, name FROM django_migrations ORDER BY 1, 2",
}  # fmt: skip


@pytest.fixture
def empty(db):
    """Open connections to databases in which nothing stands."""
    opened = []

    def open_one(name):
        database.copy("template1", name)
        other = connection.copy(alias="default")
        other.settings_dict = {**connection.settings_dict, "NAME": name}
        opened.append(other)
        return other

    yield open_one
    for other in opened:
        other.close()
        database.drop(other.settings_dict["NAME"])


def picture(other):
    found = {}
    with other.cursor() as cursor:
        for name, question in ASKED.items():
            cursor.execute(question)
            found[name] = cursor.fetchall()
    return found


@pytest.fixture
def _fields_are_copied(monkeypatch):
    """A field of a past state is bound to nothing yet: a copy is what writing it out and reading it in again leads to."""
    monkeypatch.setattr(models.Field, "clone", copy.deepcopy)


@pytest.mark.usefixtures("_fields_are_copied")
def test_all_at_once_is_what_the_migrations_lead_to(empty):
    at_once, step_by_step = empty("fresh_at_once"), empty("fresh_step_by_step")
    fresh.build(at_once)
    executor = MigrationExecutor(step_by_step)
    executor.migrate(executor.loader.graph.leaf_nodes())

    one, other = picture(at_once), picture(step_by_step)

    for name in ASKED:
        assert one[name] == other[name], name
    assert len(one["columns"]) > 1000


def test_a_database_that_holds_something_goes_the_long_way(db):
    assert not fresh.is_empty(connection)
