"""A paper is taken back by who brought it, before it is sealed; its row and its bytes stay."""

import pytest
from django.db import DatabaseError, transaction

from audit.acting import SYSTEM, as_actor
from audit.refusals import NotReady, NotYours
from documents import flows
from documents.models import File
from tests.documents.test_attach import attach, stored


def seal():
    with as_actor(SYSTEM):
        return flows.seal(case_id=1)


def test_who_uploaded_it_takes_it_back(clerk, files_root):
    file = attach(clerk)

    flows.remove(file_id=file.pk, by=clerk)

    file.refresh_from_db()
    assert file.removed_at
    assert file.removed_by == clerk
    assert not File.objects.kept().exists()
    assert len(stored(files_root)) == 1


def test_a_removed_version_is_never_given_out_again(clerk):
    flows.remove(file_id=attach(clerk).pk, by=clerk)

    assert attach(clerk).version == 2


@pytest.mark.parametrize("other", ["repair_head", "officer", "office_head", "auditor", "system_admin"])
def test_nobody_else_does(cast, other):
    file = attach(cast.clerk)

    with pytest.raises(NotYours):
        flows.remove(file_id=file.pk, by=getattr(cast, other))

    assert File.objects.kept().exists()


def test_it_is_taken_back_once(clerk):
    file = attach(clerk)
    flows.remove(file_id=file.pk, by=clerk)

    with pytest.raises(NotReady):
        flows.remove(file_id=file.pk, by=clerk)


def test_a_sealed_paper_stays(clerk):
    file = attach(clerk)
    assert seal() == 1

    with pytest.raises(NotReady):
        flows.remove(file_id=file.pk, by=clerk)

    assert File.objects.kept().exists()


def test_sealing_leaves_other_matters_alone(clerk):
    other = attach(clerk, subject_id=2, case_id=2)

    seal()

    other.refresh_from_db()
    assert other.sealed_at is None


@pytest.mark.parametrize(
    "change", [{"sha256": "0" * 64}, {"name": "b.pdf"}, {"subject_id": 2}, {"case_id": None}, {"size": 1}]
)
def test_what_was_uploaded_never_changes_whatever_code_runs(clerk, change):
    file = attach(clerk)

    with pytest.raises(DatabaseError, match="never changes"), as_actor(SYSTEM):
        File.objects.filter(pk=file.pk).update(**change)


def test_a_sealed_row_never_changes_and_no_row_goes_away(clerk):
    file = attach(clerk)
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic(), as_actor(SYSTEM):
        file.delete()
    seal()

    with pytest.raises(DatabaseError, match="sealed"), as_actor(SYSTEM):
        File.objects.filter(pk=file.pk).update(sealed_at=None)
