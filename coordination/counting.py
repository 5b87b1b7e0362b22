"""Several counts in one query: the figures of the shell cost every page the same, however many there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# Nobody reads a larger figure in a navigation; a limit keeps the count cheap with a hundred thousand rows.
CAP = 1000


def count_all(wanted: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each query has, at most CAP, by its name."""
    selects: list[str] = []
    params: list[Any] = []
    names: list[str] = []
    for name, queryset in wanted.items():
        try:
            sql, values = queryset.order_by()[:CAP].query.sql_with_params()
        except EmptyResultSet:
            continue
        selects.append(f"(SELECT count(*) FROM ({sql}) counted)")  # noqa: S608 - written by the ORM, values apart
        params.extend(values)
        names.append(name)
    found = dict.fromkeys(wanted, 0)
    if selects:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(selects)}", params)
            found.update(zip(names, cursor.fetchone(), strict=True))
    return found
