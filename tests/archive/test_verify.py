"""Every hash is computed again; a difference is named, and a check of nothing fails."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive.canonical import sha256_of, text_of
from archive.checks import verify
from archive.models import Dossier
from audit.acting import SYSTEM, as_actor
from documents import store
from documents.models import File
from tests.archive import world


@pytest.fixture
def dossier(cast):
    return world.sealed(cast)


def tamper(sql):
    """As a superuser who has switched the guard off would."""
    with as_actor(SYSTEM), connection.cursor() as cursor:
        # What waits for the end of the transaction would keep the table from being altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("archive_dossier", "archive_dossieritem"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER archive_freeze")
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("archive_dossier", "archive_dossieritem"):
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER archive_freeze")
    return verify(Dossier.objects.get())


def test_an_untouched_dossier_holds_and_says_what_was_read(dossier):
    verdict = verify(dossier)

    assert verdict.holds
    assert verdict.sentence == "11 entries, 1 of them files, were read again: nothing differs."


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE archive_dossieritem SET snapshot = jsonb_set(snapshot, '{title}', '\"改\"') WHERE kind = 'form'",
        "UPDATE archive_dossieritem SET title = '改' WHERE kind = 'form'",
        "UPDATE archive_dossier SET title = '改'",
        "DELETE FROM archive_dossieritem WHERE kind = 'survey'",
        'UPDATE archive_dossieritem SET "order" = "order" + 100',
    ],
)
def test_a_changed_dossier_is_found_out(dossier, sql):
    verdict = tamper(sql)

    assert not verdict.holds
    assert verdict.differences


def test_a_changed_file_is_found_out(dossier):
    path = store.root() / File.objects.get().path
    path.chmod(0o640)
    path.write_bytes(b"x")

    assert "missing or differs" in verify(dossier).sentence


def test_the_command_says_what_it_read_and_is_content(dossier, capsys):
    call_command("verify_archive")

    assert "1 dossiers verified, nothing differs." in capsys.readouterr().out


def test_the_command_fails_on_a_difference(dossier):
    tamper("UPDATE archive_dossier SET title = '改'")

    with pytest.raises(CommandError, match="1 of 1 dossiers differ"):
        call_command("verify_archive")


def test_the_command_fails_when_there_is_nothing_to_verify(cast):
    with pytest.raises(CommandError, match="nothing to verify"):
        call_command("verify_archive")


def test_a_number_that_does_not_exist_is_nothing_to_verify(dossier):
    with pytest.raises(CommandError, match="nothing to verify"):
        call_command("verify_archive", "L001-WS·2026-D30-XTB-9999")


def test_the_same_thing_has_the_same_hash_however_it_is_written():
    assert sha256_of({"b": 1, "a": "é"}) == sha256_of({"a": "é", "b": 1})
    assert text_of({"b": [1, None], "a": "协"}) == '{"a":"协","b":[1,null]}'
