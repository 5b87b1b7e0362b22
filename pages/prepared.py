"""Reads of a fixed form: Django writes their SQL once, each call only fills in the values.

Putting a query together costs more than PostgreSQL needs to answer it, and every page asks the same few: who is this,
which posts, what is owed here. Such a read is a function of nothing but its values:

    DUTIES_OF_CASE = Prepared(lambda case_id: Obligation.objects.of_case(case_id).open().by_clock())
    duties = DUTIES_OF_CASE(matter.pk)
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import cached_property
from inspect import signature
from typing import Any

from django.db import connections
from django.db.models import Expression, QuerySet
from psycopg2.extensions import AsIs


class Given(Expression):
    """Stands in the written query for a value that each call brings: by its place it is filled in, never read."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class Prepared:
    """A query set written once.

    Its values are ids, words, moments, or for `__in` a collection of ids. None may not be one: `= NULL` finds nothing.
    """

    def __init__(self, read: Callable[..., QuerySet[Any]]) -> None:
        self.read = read

    def __call__(self, *values: Any) -> list[Any]:
        """The rows for these values."""
        return list(self._filled(values))

    def get(self, *values: Any) -> Any:
        """The first row, or None."""
        return next(iter(self(*values)), None)

    @cached_property
    def _written(self) -> tuple[QuerySet[Any], Any, str, tuple[Any, ...]]:
        rows = self.read(*(Given(place) for place in range(len(signature(self.read).parameters))))
        compiler = rows.query.get_compiler(using=rows.db)
        return rows, compiler, *compiler.as_sql()

    def _filled(self, values: tuple[Any, ...]) -> QuerySet[Any]:
        """The query set as it would be had it been built with these values; it knows its SQL already."""
        rows, compiler, sql, params = self._written
        filled = tuple(_as_sql(values[one.place]) if isinstance(one, Given) else one for one in params)
        compiler, query = copy(compiler), copy(rows.query)
        compiler.query, compiler.connection = query, connections[rows.db]
        compiler.as_sql = lambda *args, **kwargs: (sql, filled)
        query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]  # of this one query
        asked: QuerySet[Any] = object.__new__(type(rows))  # copying a query set would ask it
        vars(asked).update(vars(rows), _query=query)
        return asked


def _as_sql(value: Any) -> Any:
    """A collection of ids stands between the brackets of `IN (…)`; an empty one finds nothing."""
    if isinstance(value, set | frozenset | list | tuple):
        return AsIs(", ".join(str(int(one)) for one in value) or "NULL")
    return value
