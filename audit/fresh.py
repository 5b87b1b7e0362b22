"""An empty database gets all tables at once, as the last migration leaves them.

Walking through every migration takes a minute, in which nothing is migrated: there are no rows yet. A database that holds
something goes the long way (tests/house/test_fresh.py: both lead to the same tables, rules and triggers).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import migrations, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation


def is_empty(connection: Any) -> bool:
    """Nothing was ever migrated here, and nobody else's tables stand here either."""
    return not connection.introspection.table_names()


def build(connection: Any) -> None:
    """Every table, then what the migrations say in SQL, in their order; all of them count as applied."""
    executor = MigrationExecutor(connection)
    targets = executor.loader.graph.leaf_nodes()
    plan = [migration for migration, _backwards in executor.migration_plan(targets)]
    state = executor.loader.project_state(targets)
    executor.recorder.ensure_schema()
    with transaction.atomic(using=connection.alias), connection.schema_editor() as editor:
        for migration, operation in _functions_first(plan):
            operation.database_forwards(migration.app_label, editor, state, state)
        for model in state.apps.get_models():
            if model._meta.managed and not model._meta.proxy and not model._meta.swapped:
                editor.create_model(model)
        for migration, operation in _others(plan):
            operation.database_forwards(migration.app_label, editor, state, state)
        for migration in plan:
            executor.recorder.record_applied(migration.app_label, migration.name)


def _sql(plan: list[Any]) -> Iterator[tuple[Any, Operation]]:
    for migration in plan:
        for operation in migration.operations:
            if isinstance(operation, migrations.RunSQL):
                yield migration, operation


def _is_lone_function(operation: Any) -> bool:
    """Tables and their indexes may need it; it needs no table."""
    return "CREATE FUNCTION" in operation.sql and "CREATE TRIGGER" not in operation.sql


def _functions_first(plan: list[Any]) -> Iterator[tuple[Any, Operation]]:
    return ((migration, one) for migration, one in _sql(plan) if _is_lone_function(one))


def _others(plan: list[Any]) -> Iterator[tuple[Any, Operation]]:
    return ((migration, one) for migration, one in _sql(plan) if not _is_lone_function(one))
