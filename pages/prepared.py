"""Reads of a fixed form: Django writes their SQL once, PostgreSQL reads it once, each call only fills in the values.

Putting a query together costs more than PostgreSQL needs to answer it, and every page asks the same few: who is this,
which posts, what is owed here. Such a read is a function of nothing but its values:

    DUTIES_OF_CASE = Prepared(lambda case_id: Obligation.objects.of_case(case_id).open().by_clock())
    duties = DUTIES_OF_CASE(matter.pk)

Each connection is told the statement before it first asks it (`PREPARE`), so that PostgreSQL too understands and plans
it once. It looks at its tables afresh whenever they have changed; the plan is kept, never a row. The statement belongs to
its connection: a pooler that hands one connection to several at once (by transaction) does not go with this.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from functools import cached_property
from inspect import signature
from itertools import count
from typing import Any
from weakref import WeakSet

from django.db import NotSupportedError, connections
from django.db.models import Expression, QuerySet
from psycopg2.extensions import AsIs

# `IN` takes a list as long as it is, a statement that is told once takes an array of any length.
ONE_OF = re.compile(r" IN \((\$\d+)\)")
numbers = count(1)


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

    def __init__(self, read: Callable[..., QuerySet[Any]], values: int | None = None) -> None:
        """`values`: how many it takes, where the signature does not say."""
        self.read = read
        self.values = len(signature(read).parameters) if values is None else values
        self.name = f"read_{next(numbers)}"
        self._known_to: WeakSet[Any] = WeakSet()

    def __call__(self, *values: Any) -> list[Any]:
        """The rows for these values. A column that has changed since the statement was told makes PostgreSQL refuse it: where
        no transaction is lost by that, it is told anew."""
        try:
            return list(self._filled(values))
        except NotSupportedError:
            connection = connections[self._written[0].db]
            if connection.in_atomic_block:
                raise
            self._forget(connection)
            return list(self._filled(values))

    def get(self, *values: Any) -> Any:
        """The first row, or None."""
        return next(iter(self(*values)), None)

    @cached_property
    def _written(self) -> tuple[QuerySet[Any], Any, str, tuple[Any, ...]]:
        rows = self.read(*(Given(place) for place in range(self.values)))
        compiler = rows.query.get_compiler(using=rows.db)
        return rows, compiler, *compiler.as_sql()

    @cached_property
    def _converters(self) -> Any:
        """How a column becomes a value is as fixed as the columns are."""
        compiler = self._written[1]
        return compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])

    @cached_property
    def _used(self) -> list[int]:
        """The places of the values that the SQL mentions, each once: a value without a use would have no type."""
        return sorted({one.place for one in self._written[3] if isinstance(one, Given)})

    @cached_property
    def _call(self) -> str:
        values = ", ".join("%s" for _place in self._used)
        return f"EXECUTE {self.name} ({values})" if values else f"EXECUTE {self.name}"

    def _filled(self, values: tuple[Any, ...]) -> QuerySet[Any]:
        """The query set as it would be had it been built with these values; it knows its SQL already."""
        rows, compiler, _sql, _params = self._written
        filled = tuple(_as_sql(values[place]) for place in self._used)
        compiler, query = copy(compiler), copy(rows.query)
        compiler.query, compiler.connection = query, connections[rows.db]
        compiler.get_converters = lambda _columns: self._converters
        compiler.as_sql = lambda *args, **kwargs: (self._told(compiler.connection), filled)
        query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]  # of this one query
        asked: QuerySet[Any] = object.__new__(type(rows))  # copying a query set would ask it
        vars(asked).update(vars(rows), _query=query)
        return asked

    def _told(self, connection: Any) -> str:
        """The call of the statement, which this connection knows by now."""
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        if connection.connection not in self._known_to:
            with connection.wrap_database_errors, connection.connection.cursor() as cursor:
                cursor.execute(self._statement(cursor))
            self._known_to.add(connection.connection)
        return self._call

    def _forget(self, connection: Any) -> None:
        with connection.connection.cursor() as cursor:
            cursor.execute(f"DEALLOCATE {self.name}")
        self._known_to.discard(connection.connection)

    def _statement(self, cursor: Any) -> str:
        """The same value has the same number wherever it stands, as the database insists that it is one."""
        _rows, _compiler, sql, params = self._written
        numbered = [
            AsIs(f"${self._used.index(one.place) + 1}") if isinstance(one, Given) else one for one in params
        ]
        body = ONE_OF.sub(r" = ANY (\1)", cursor.mogrify(sql, numbered).decode())
        return f"PREPARE {self.name} AS {body}"


def _as_sql(value: Any) -> Any:
    """A collection of ids becomes an array of them; an empty one finds nothing."""
    if isinstance(value, set | frozenset | list | tuple):
        return f"{{{','.join(str(int(one)) for one in value)}}}"
    return value
