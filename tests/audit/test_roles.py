"""What the application's own database role cannot do, and what not even a superuser does unseen."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from audit.models import Event
from coordination.embedded import places


def connect(role):
    """A real connection of this role to the test database."""
    url = urlsplit(settings.DATABASE_APP_URL)
    host = url.hostname or parse_qs(url.query)["host"][0]
    name = connection.settings_dict["NAME"]
    return psycopg2.connect(host=host, port=url.port, user=role, password=url.password, dbname=name)


def session(role):
    other = connect(role)
    with other.cursor() as cursor:
        yield cursor
    other.rollback()
    other.close()


@pytest.fixture
def app(db):
    if settings.DATABASE_APP_URL == settings.DATABASE_OWNER_URL:
        pytest.skip("one role for both: coordination.W001 warns of it")
    yield from session(settings.DATABASE_APP_ROLE)


@pytest.fixture
def superuser(db):
    if not settings.EMBEDDED:
        pytest.skip("only the embedded server's superuser is ours")
    yield from session("postgres")


NAME = "SELECT set_config('app.actor', 'person:1', true), set_config('app.actor_name', '甲', true);"
UNIT = "INSERT INTO organization_externalunit (name, contact, is_active) VALUES ('试', '', true);"
FORGED = (
    "INSERT INTO audit_event (txid, at, actor, actor_name, on_behalf_of, reason, flow, request_id, action,"
    " object_type, object_id) VALUES (1, now(), 'person:2', '乙', '', '', '', '', 'update', 'x', '1')"
)
DENIED = [
    FORGED,
    "UPDATE audit_event SET actor_name = '乙'",
    "DELETE FROM audit_event",
    "TRUNCATE audit_event",
    "DROP TABLE audit_event",
    "ALTER TABLE audit_event ADD COLUMN x int",
    "ALTER TABLE audit_event DISABLE TRIGGER ALL",
    "SELECT setval('audit_event_id_seq', 1)",
    "UPDATE audit_transitionlog SET actor_name = '乙'",
    "DELETE FROM audit_transitionlog",
    "TRUNCATE audit_transitionlog",
    "UPDATE audit_reading SET reader_name = '乙'",
    "DELETE FROM audit_reading",
    "UPDATE organization_historicaluser SET name = '乙'",
    "DELETE FROM organization_historicalpost",
    "TRUNCATE organization_externalunit CASCADE",
    "ALTER TABLE organization_user DISABLE TRIGGER audit_update",
    "ALTER TABLE organization_user DISABLE TRIGGER ALL",
    "DROP TRIGGER audit_update ON organization_user",
    "SET session_replication_role = replica",
    "SET ROLE owner",
    "CREATE OR REPLACE FUNCTION audit_capture() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "CREATE TABLE public.mine (id int)",
    "DROP FUNCTION audit_capture() CASCADE",
    "COPY audit_event FROM PROGRAM 'true'",
]


@pytest.mark.parametrize("statement", DENIED)
def test_the_applications_role_cannot_touch_the_evidence(app, statement):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        app.execute(NAME + statement)


def test_the_applications_role_cannot_write_events_through_a_trigger_of_its_own(app):
    app.execute(NAME + "CREATE TEMP TABLE organization_user (id int, name text)")

    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        app.execute(
            "CREATE TRIGGER forge AFTER INSERT ON pg_temp.organization_user REFERENCING NEW TABLE AS new_rows"
            " FOR EACH STATEMENT EXECUTE FUNCTION public.audit_capture('id')"
        )


def test_the_applications_role_works_and_is_captured(app):
    app.execute(
        NAME + UNIT + "SELECT actor, action FROM audit_event WHERE object_type = 'organization_externalunit'"
    )

    assert app.fetchall() == [("person:1", "insert")]


def test_without_a_name_it_writes_nothing(app):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="no actor named"):
        app.execute(UNIT)


def test_a_table_in_a_temporary_schema_does_not_divert_the_events(app):
    app.execute("CREATE TEMP TABLE audit_event (LIKE public.audit_event)")
    app.execute(NAME + UNIT + "SELECT count(*) FROM public.audit_event WHERE actor = 'person:1'")

    assert app.fetchone() == (1,)


@pytest.mark.parametrize(
    "table", ["audit_event", "audit_transitionlog", "organization_user", "documents_file"]
)
def test_the_owner_of_the_tables_is_refused_too(db, table):
    with connection.cursor() as cursor, pytest.raises(Exception, match="is refused"):
        cursor.execute(f'TRUNCATE "{table}" CASCADE')


@pytest.mark.parametrize("verb", ["UPDATE audit_event SET actor = ''", "DELETE FROM audit_event"])
def test_an_event_stays_as_it_is_for_the_owner_too(cast, verb):
    count = Event.objects.count()

    with connection.cursor() as cursor, pytest.raises(Exception, match="is refused"):
        cursor.execute(verb)

    connection.needs_rollback = False
    assert count


def test_replication_mode_does_not_hide_a_change_of_the_superuser(superuser):
    superuser.execute("SET LOCAL session_replication_role = replica")
    superuser.execute(NAME + UNIT + "SELECT count(*) FROM audit_event WHERE actor = 'person:1'")

    assert superuser.fetchone() == (1,)


def test_every_audit_trigger_is_always_on(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgname LIKE 'audit%' AND tgenabled <> 'A'"
        )
        assert cursor.fetchall() == []


def test_the_embedded_roles_are_two():
    assert places.OWNER != places.APP
