"""/healthz is 200 only when database, migrations, broker and the ticks are all as they should be."""

from datetime import timedelta

import pytest
from celery.signals import beat_init
from django.db import OperationalError, connection

from audit.acting import now
from coordination.celery import app
from supervision.models import Heartbeat


@pytest.fixture
def ticking(db):
    Heartbeat.objects.create(name="tick", at=now() - timedelta(seconds=50))


def broken_parts(client):
    """The parts that are not well, and the status."""
    response = client.get("/healthz")
    parts = {name: part for name, part in response.json().items() if name != "ok"}
    return response.status_code, sorted(name for name, part in parts.items() if not part["ok"])


def test_a_working_office_is_healthy(client, ticking):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json()["ok"] is True
    assert 49 <= response.json()["beat"]["age_seconds"] <= 60
    assert "office_session" not in response.cookies


def test_an_office_that_opens_ticks_at_once(monkeypatch):
    sent = []
    monkeypatch.setattr(app, "send_task", lambda name, **_: sent.append(name))

    beat_init.send(sender=None)

    assert sent == [app.conf.beat_schedule["tick"]["task"]]


def test_no_tick_yet_is_not_healthy(client, db):
    assert broken_parts(client) == (503, ["beat"])


def test_a_tick_older_than_three_minutes_is_not_healthy(client, ticking):
    Heartbeat.objects.update(at=now() - timedelta(minutes=3, seconds=1))

    assert broken_parts(client) == (503, ["beat"])


def test_a_migration_that_has_not_run_is_not_healthy(client, ticking):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'supervision'")

    assert broken_parts(client) == (503, ["migrations"])


def test_a_broker_that_does_not_answer_is_not_healthy(client, ticking, monkeypatch):
    monkeypatch.setattr(app.conf, "broker_write_url", "redis://127.0.0.1:1/0")

    assert broken_parts(client) == (503, ["broker"])


def test_a_lost_database_is_said_without_a_traceback(client, ticking):
    def lost(*_):
        raise OperationalError("gone")

    with connection.execute_wrapper(lost):
        assert broken_parts(client) == (503, ["beat", "database", "migrations"])
        assert client.get("/livez").status_code == 200


def test_a_probe_over_plain_http_is_not_sent_elsewhere(client, ticking, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").status_code == 200
    assert client.get("/login/").status_code == 301
