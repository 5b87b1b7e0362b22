"""A bad or missing value stops the start with one sentence that says what to write."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from coordination import environment as env

PROJECT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "SECRET_KEY": "k3y-" * 4 + "aZ9!" * 10,
    "DATABASE_URL": "postgresql://app:secret@db/office",
    "DATABASE_OWNER_URL": "postgresql://owner:secret@db/office",
    "REDIS_URL": "redis://broker:6379/0",
    "ALLOWED_HOSTS": "office.example.org",
}


def manage(*arguments, **changes):
    """Run manage.py with production settings; a change to None leaves the variable out."""
    settings = {key: value for key, value in {**PRODUCTION, **changes}.items() if value is not None}
    environment = {"PATH": os.environ["PATH"], **settings}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip


def test_production_settings_pass_the_deployment_check():
    done = manage("check", "--deploy", "--fail-level", "WARNING")

    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n"), (
        done.stderr
    )


def test_one_role_for_both_is_not_fit_for_production():
    done = manage("check", "--deploy", "--fail-level", "WARNING", DATABASE_OWNER_URL=None)

    assert done.returncode == 1
    assert "coordination.W001" in done.stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is not set."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short."),
        ({"DATABASE_URL": "mysql://db/office"}, "DATABASE_URL is not a PostgreSQL address."),
        ({"REDIS_URL": "amqp://broker"}, "REDIS_URL is not a Redis address."),
        ({"HTTPS": "perhaps"}, "HTTPS='perhaps' is neither yes nor no."),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL='LOUD': write one of DEBUG"),
        ({"TICK_SECONDS": "soon"}, "TICK_SECONDS='soon': write a whole number from 1 to 3600."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_wrong_variable_stops_the_start_with_one_sentence(changes, sentence):
    done = manage("check", **changes)

    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(("given", "taken"), [("1", True), ("No", False), ("", False), (None, True)])
def test_a_flag_is_yes_or_no(monkeypatch, given, taken):
    monkeypatch.delenv("FLAG", raising=False)
    if given is not None:
        monkeypatch.setenv("FLAG", given)

    assert env.flag("FLAG", default=True) is taken


def test_an_address_may_name_a_socket_folder_and_hold_escaped_signs():
    address = env.database("X", "postgresql://app:p%40ss@/office?host=/run/pg&sslmode=require")

    assert (address["NAME"], address["USER"], address["PASSWORD"]) == ("office", "app", "p@ss")
    assert address["HOST"] == "/run/pg"
    assert address["OPTIONS"] == {"sslmode": "require", "options": "-c jit=off"}


def test_an_address_may_give_the_server_options_of_its_own():
    address = env.database("X", "postgresql://app@/office?options=-c%20jit%3Don")

    assert address["OPTIONS"] == {"options": "-c jit=on"}


def test_an_address_without_a_database_is_refused():
    with pytest.raises(ImproperlyConfigured, match="is not a PostgreSQL address"):
        env.database("X", "postgresql://app@db/")
