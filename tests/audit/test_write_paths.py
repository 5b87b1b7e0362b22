"""Every model, every way to write: exactly one event a row, with its actor and the right before and after.

What happened is not told by the test but found out: the rows of all tracked tables before and after the act.
A new model needs one line in tests/factories/<app>.py.
"""

from __future__ import annotations

import functools
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from audit.acting import SYSTEM, as_actor
from audit.models import Event
from audit.triggers import identity, is_history, tracked
from tests.factories import lines

LINES = lines()

# Why nobody needs to know who changed them.
UNTRACKED = {
    "audit_event": "the log itself: only the triggers write it",
    "django_migrations": "written by the framework while the triggers are being made",
    "django_session": "comes and goes with each click",
    "axes_accessattempt": "lockout counter",
    "axes_accessattemptexpiration": "lockout counter",
    "axes_accesslog": "lockout counter",
    "axes_accessfailurelog": "lockout counter",
    "supervision_heartbeat": "one row that changes every minute",
    "supervision_calendarstamp": "says only that a calendar table has changed, which is an event itself",
}


@functools.cache
def every_row():
    """One statement for all tracked tables: table, name of the row, its columns without the secret ones."""
    parts = []
    for model in tracked():
        if not is_history(model):
            table = model._meta.db_table
            secrets = ",".join(settings.AUDIT_SECRET_COLUMNS.get(table, ()))
            row = f"to_jsonb(t) ->> '{identity(model)}', (to_jsonb(t) - '{{{secrets}}}'::text[])::text"
            parts.append(f"SELECT '{table}', {row} FROM \"{table}\" t")
    return " UNION ALL ".join(parts)


def images():
    """Every row of every tracked table as the events should show it: {(table, name): columns as text}."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_prepared_statements WHERE name = 'every_row'")
        if cursor.fetchone() is None:  # to plan it takes longer than to carry it out
            cursor.execute(f"PREPARE every_row AS {every_row()}")
        cursor.execute("EXECUTE every_row")
        return {(table, name): row for table, name, row in cursor.fetchall()}


def events_after(mark):
    """What the log tells since then: (what was done, by whom and why)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT object_type, object_id, action, before::text, after::text, actor, actor_name, reason"
            " FROM audit_event WHERE id > %s",
            [mark],
        )
        rows = cursor.fetchall()
    return [row[:5] for row in rows], {row[5:] for row in rows}


def check(cast, act):
    """Do it as the clerk; the events must be the difference between the rows before and after, each once."""
    before, mark = images(), Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with as_actor(cast.clerk, reason="试一试"):
        act()
    after = images()

    told, by = events_after(mark)
    assert sorted(told, key=str) == sorted(differences(before, after), key=str), act.__qualname__
    assert told, f"nothing was written at all by {act.__qualname__}"
    assert by == {(cast.clerk.audit_key, "周立群", "试一试")}


def differences(before, after):
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old != new:
            action = "insert" if old is None else "delete" if new is None else "update"
            yield (*key, action, old, new)


def saved(line, cast):
    with as_actor(SYSTEM):
        rows = [line.make(cast, n) for n in range(3)]
        for row in rows:
            row.save(force_insert=True)
    return rows


def unsaved(line, cast):
    with as_actor(SYSTEM):
        return [line.make(cast, n) for n in range(3)]


def found(line, rows):
    return line.model._base_manager.filter(pk__in=[row.pk for row in rows])


def create(line, cast):
    rows = unsaved(line, cast)
    return lambda: [row.save(force_insert=True) for row in rows]


def bulk_create(line, cast):
    rows = unsaved(line, cast)
    return lambda: line.model._base_manager.bulk_create(rows)


def save(line, cast):
    rows = saved(line, cast)

    def act():
        for n, row in enumerate(rows):
            setattr(row, line.change[0], line.value(2, cast, n))
            row.save()

    return act


def update(line, cast):
    rows = saved(line, cast)[:1]
    return lambda: found(line, rows).update(**{line.change[0]: line.value(2, cast, 0)})


def bulk_update(line, cast):
    rows = saved(line, cast)

    def act():
        for n, row in enumerate(rows):
            setattr(row, line.change[0], line.value(2, cast, n))
        line.model._base_manager.bulk_update(rows, [line.change[0]])

    return act


def bumped(line, cast):
    """The F() expression of a field: one more, one day later, one letter longer, the opposite."""
    name = line.change[0]
    field = line.model._meta.get_field(name)
    if line.bump is not None:
        return line.bump(cast)
    if isinstance(field, models.CharField | models.TextField):
        return Concat(F(name), Value("x"))
    if isinstance(field, models.DateField):
        return F(name) + timedelta(days=1)
    return ~F(name) if isinstance(field, models.BooleanField) else F(name) + 1


def f_expression(line, cast):
    rows = saved(line, cast)
    return lambda: found(line, rows).update(**{line.change[0]: bumped(line, cast)})


def delete(line, cast):
    rows = saved(line, cast)
    return lambda: [row.delete() for row in rows]


def raw_sql(line, cast):
    rows = saved(line, cast)
    field = line.model._meta.get_field(line.change[0])
    pk = line.model._meta.pk.column

    def act():
        with connection.cursor() as cursor:
            for n, row in enumerate(rows):
                cursor.execute(
                    f'UPDATE "{line.model._meta.db_table}" SET "{field.column}" = %s WHERE "{pk}" = %s',
                    [field.get_db_prep_save(line.value(2, cast, n), connection), row.pk],
                )

    return act


def raw_delete(line, cast):
    rows = saved(line, cast)

    def act():
        with connection.cursor() as cursor:
            cursor.execute(
                f'DELETE FROM "{line.model._meta.db_table}" WHERE "{line.model._meta.pk.column}" = ANY(%s)',
                [[row.pk for row in rows]],
            )

    return act


PATHS = {
    create: "insert",
    bulk_create: "insert",
    save: "update",
    update: "update",
    bulk_update: "update",
    f_expression: "update",
    raw_sql: "update",
    delete: "delete",
    raw_delete: "delete",
}


@pytest.mark.parametrize("model", LINES, ids=lambda model: model._meta.label)
def test_one_event_a_row(cast, model):
    line = LINES[model]
    for path, verb in PATHS.items():
        with transaction.atomic():
            act = path(line, cast)
            (refused if verb in line.refuses else check)(cast, act)
            transaction.set_rollback(True)


def refused(cast, act):
    before, count = images(), Event.objects.count()
    with pytest.raises(DatabaseError), transaction.atomic(), as_actor(cast.clerk):
        act()
    assert (images(), Event.objects.count()) == (before, count)


RELATIONS = [
    (model, field.name)
    for model in apps.get_models()
    for field in model._meta.many_to_many
    if not is_history(model)
]


@pytest.mark.parametrize(("model", "name"), RELATIONS, ids=lambda part: getattr(part, "__name__", part))
def test_one_event_for_each_thing_tied_or_untied(cast, model, name):
    [row, *_] = saved(LINES[model], cast)
    relation = getattr(row, name)
    a, b, c = ends(cast, relation.model)

    check(cast, lambda: relation.add(a, b))
    check(cast, lambda: relation.set([b, c]))
    check(cast, lambda: relation.remove(b))
    check(cast, relation.clear)


def ends(cast, model):
    there = list(model._base_manager.order_by("pk")[:3])
    return there if len(there) == 3 else saved(LINES[model], cast)


def test_a_cascade_tells_of_every_row_it_takes_along(cast):
    check(cast, cast.committee.delete)


def test_an_upsert_tells_of_new_and_changed_rows_only(cast):
    line = LINES[apps.get_model("documents", "NumberSeries")]
    rows = saved(line, cast)
    rows[0].last, rows[1].last = 5, line.value(1, cast, 1)
    with as_actor(SYSTEM):
        rows.append(line.make(cast, 9))

    check(
        cast,
        lambda: line.model.objects.bulk_create(
            rows, update_conflicts=True, update_fields=["last"], unique_fields=["code", "year"]
        ),
    )


@pytest.mark.parametrize(
    "model", [m for m in tracked() if is_history(m)], ids=lambda model: model._meta.label
)
def test_changing_a_page_of_the_history_is_an_event(cast, model):
    """Its own new rows are copies of what the events hold already; touching one later is not."""
    with as_actor(SYSTEM):
        entry = model._base_manager.order_by("pk").first() or history_of(cast, model)
    mark = Event.objects.count()

    with as_actor(cast.clerk):
        model._base_manager.filter(pk=entry.pk).update(history_change_reason="changed")
        model._base_manager.filter(pk=entry.pk).delete()

    table = model._meta.db_table
    assert Event.objects.count() == mark + 2
    assert [e.action for e in Event.objects.of_object(table, entry.pk)] == ["update", "delete"]


def history_of(cast, model):
    """Its thing has no row yet: write one."""
    saved(LINES[model.instance_type], cast)
    return model._base_manager.order_by("pk").first()


def test_every_model_has_a_line():
    """Automatic tables of relations are walked through the relation; one more line for them does no harm."""
    there = {model for model in tracked() if not is_history(model)}

    assert {m for m in there if not m._meta.auto_created} - set(LINES) == set(), "tests/factories/<app>.py"
    assert set(LINES) - there == set()


def test_every_table_left_out_has_its_reason():
    assert set(settings.AUDIT_UNTRACKED_TABLES) == set(UNTRACKED)
