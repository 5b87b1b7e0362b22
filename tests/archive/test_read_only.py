"""After the seal nothing of the matter changes: not for the application's role, not for the owner of the tables."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from archive import freeze
from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import Refusal
from organization.models import User
from requests import flows as matters
from requests.models import CoordinationRequest, Reader
from tests.archive import world


@pytest.fixture
def dossier(cast):
    return world.sealed(cast)


def refused(sql, *params):
    with (
        pytest.raises(DatabaseError, match=r"archived|sealed|never"),
        as_actor(SYSTEM),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, params)


def tables():
    """Every frozen table that has a row of the sealed matter."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table in dict(freeze.frozen()) and model._base_manager.exists():
            yield model


def test_no_row_of_any_table_of_the_matter_is_changed_or_deleted(dossier):
    found = list(tables())

    assert len(found) >= 12
    for model in found:
        table, column = model._meta.db_table, model._meta.pk.column
        refused(f'UPDATE "{table}" SET {column} = {column}')
        refused(f'DELETE FROM "{table}"')


def test_no_row_is_added(dossier, cast):
    refused(
        "INSERT INTO requests_reader (matter_id, user_id, why) VALUES (%s, %s, '')",
        dossier.matter_id,
        cast.chair.pk,
    )
    refused(
        "INSERT INTO requests_reservation (question_id, department_id, text)"
        " SELECT id, %s, '' FROM requests_question WHERE matter_id = %s",
        cast.repair.pk, dossier.matter_id,
    )  # fmt: skip
    refused(
        "INSERT INTO documents_file (sha256, size, media_type, name, path, subject_type, subject_id, case_id, kind,"
        " version, uploaded_at) VALUES ('', 1, '', '', '', 'matter', 1, %s, '', 1, now())",
        dossier.matter_id,
    )


def test_of_who_reads_it_nothing_changes_but_that_persons_are_named_and_end(dossier, cast):
    """R191: looking at a sealed confidential dossier is granted, person by person, long after the seal."""
    with as_actor(SYSTEM):
        row = Reader.objects.create(
            matter=dossier.matter, user=cast.chair, why="named", named_by=cast.office_head, reason="复核。",
            since=world.moment(28),
        )  # fmt: skip

    refused("UPDATE requests_reader SET user_id = %s WHERE id = %s", cast.arbiter.pk, row.pk)
    refused("UPDATE requests_reader SET reason = '改' WHERE id = %s", row.pk)
    refused("DELETE FROM requests_reader WHERE id = %s", row.pk)
    with as_actor(SYSTEM):
        Reader.objects.filter(pk=row.pk).update(ended_at=world.moment(28), ended_by=cast.office_head)

    assert not Reader.objects.standing().filter(pk=row.pk).exists()


def test_the_matter_itself_stands_still(dossier):
    refused("UPDATE requests_coordinationrequest SET title = '改'")
    refused("UPDATE requests_coordinationrequest SET stage = 'feedback'")
    refused("DELETE FROM requests_coordinationrequest")


def test_the_dossier_stands_still(dossier):
    refused("UPDATE archive_dossier SET title = '改'")
    refused("DELETE FROM archive_dossier")
    refused("UPDATE archive_dossieritem SET snapshot = '{}'")
    refused("DELETE FROM archive_dossieritem")
    refused(
        'INSERT INTO archive_dossieritem (dossier_id, "order", kind, responsible, number, title, dated, file_name,'
        " sha256, source_type, source_id) VALUES (%s, 99, 'form', '', '', '', '', '', '', '', 1)",
        dossier.pk,
    )


def test_the_files_of_the_matter_stand_still(dossier):
    refused("UPDATE documents_file SET removed_at = now(), removed_by_id = uploaded_by_id")
    refused("DELETE FROM documents_file")


def test_a_matter_beside_it_lives_on(dossier, cast):
    with at_moment(world.moment(28)):
        other = matters.start_draft(by=cast.clerk)
        matters.save_draft(matter_id=other.pk, by=cast.clerk, fields={"title": "另一件"})

    assert CoordinationRequest.objects.get(pk=other.pk).title == "另一件"


def test_every_verb_is_refused_for_everybody(dossier, cast):
    """The policies and guards say no before the database has to."""
    matter, item = dossier.matter, dossier.matter.items.get()
    verbs = [
        lambda by: matters.save_draft(matter_id=matter.pk, by=by, fields={"title": "改"}),
        lambda by: matters.withdraw(matter_id=matter.pk, by=by, reason="撤"),
        lambda by: matters.confirm(matter_id=matter.pk, by=by),
        lambda by: matters.object_to_result(matter_id=matter.pk, by=by, defects="缺"),
        lambda by: matters.cancel_item(item_id=item.pk, by=by, reason="撤"),
        lambda by: matters.report(item_id=item.pk, by=by, percent=1, done="做"),
        lambda by: world.seal(cast, matter, by=by),
    ]
    for person in User.objects.all():
        for verb in verbs:
            with transaction.atomic(), pytest.raises(Refusal):
                verb(person)

    assert CoordinationRequest.objects.get(pk=matter.pk).ended_at == dossier.sealed_at
