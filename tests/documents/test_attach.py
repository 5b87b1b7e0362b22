"""R070: a paper comes in only as what its content is; its bytes are safe before its row is written."""

import hashlib
import stat
import threading
import unicodedata

import pytest
from django.db import close_old_connections, connection

from audit.flow import flow
from audit.models import Event, TransitionLog
from audit.refusals import Invalid, NotYours
from documents import flows, names
from documents.models import File
from organization.models import User
from tests.documents.uploads import HONEST, PDF, PNG, hostile, upload

CORPUS = list(hostile())


def attach(by, name="合同.pdf", content=PDF, **where):
    where = {"subject_type": "matter", "subject_id": 1, "case_id": 1, **where}
    return flows.attach(upload=upload(name, content), by=by, **where)


def stored(root):
    return [path for path in root.rglob("*") if path.is_file()]


def refused_fields(by, name, content):
    """Beside which fields the refusal stands; empty when the paper was taken."""
    try:
        attach(by, name, content)
    except Invalid as refusal:
        return list(refusal.fields)
    return []


@flow
def attach_and_fail(*, by):
    attach(by)
    raise LookupError


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_paper_is_taken_with_hash_size_and_type_of_its_content(clerk, name, files_root):
    content, media_type = HONEST[name]

    file = attach(clerk, name, content)

    assert (file.name, file.size, file.media_type) == (name, len(content), media_type)
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert (files_root / file.path).read_bytes() == content
    assert (file.uploaded_by, file.version) == (clerk, 1)


def test_the_corpus_is_large_enough():
    assert len(CORPUS) >= 200


def test_every_hostile_upload_is_refused_beside_its_field_and_nothing_is_kept(clerk, files_root):
    taken = [what for what, name, content in CORPUS if not refused_fields(clerk, name, content)]

    assert taken == []
    assert stored(files_root) == []
    assert not File.objects.exists()
    assert not TransitionLog.objects.exists()


def test_a_paper_that_is_too_large_is_refused(clerk, settings, files_root):
    settings.MAX_FILE_BYTES = len(PDF) - 1

    with pytest.raises(Invalid):
        attach(clerk)

    assert stored(files_root) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("报告\u202e.pdf", "报告.pdf"),
        ("a\u200b\ufeff\x07b.pdf", "ab.pdf"),
        (unicodedata.normalize("NFD", "Überblick.pdf"), "Überblick.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\合同.pdf", "合同.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie_ x=1.pdf"),
        ('a"b<c>|?*.pdf', "a_b_c____.pdf"),
        ("  two   blanks .pdf  ", "two blanks.pdf"),
        ("...", "_"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_is_cleaned_before_it_is_kept(given, kept):
    assert names.clean(given) == kept


def test_the_content_lies_read_only_under_its_hash_once(clerk, files_root):
    first = attach(clerk, "一.pdf")
    second = attach(clerk, "二.pdf")

    assert first.path == second.path
    [place] = stored(files_root)
    assert place.name == first.sha256
    assert stat.S_IMODE(place.stat().st_mode) == 0o440


def test_the_same_name_is_the_next_version_and_another_kind_is_not(clerk):
    versions = [attach(clerk).version, attach(clerk).version, attach(clerk, kind="evidence").version]

    assert versions == [1, 2, 1]
    assert [file.version for file in File.objects.of("matter", 1).newest_versions()] == [2, 1]


def test_a_refused_flow_around_it_leaves_no_row_and_harmless_bytes(clerk, files_root):
    with pytest.raises(LookupError):
        attach_and_fail(by=clerk)

    assert not File.objects.exists()
    assert len(stored(files_root)) == 1
    assert attach(clerk).version == 1


def test_a_disk_that_fails_leaves_no_row_and_no_half_file(clerk, files_root, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        attach(clerk)

    assert not File.objects.exists()
    assert stored(files_root) == []


def test_an_auditor_adds_no_paper(auditor, files_root):
    with pytest.raises(NotYours):
        attach(auditor)

    assert stored(files_root) == []


def test_the_story_of_the_thing_has_the_act_without_the_name(clerk):
    file = attach(clerk)

    entry = TransitionLog.objects.of("matter", 1).get()
    assert (entry.verb, entry.actor, entry.params) == ("attach", clerk.audit_key, {"file": file.pk})
    assert Event.objects.of_object("documents_file", file.pk).get().flow == "documents.attach"


@pytest.mark.django_db(transaction=True)
def test_two_uploads_of_one_name_at_once_are_two_versions(cast):
    start = threading.Barrier(2)

    def work():
        close_old_connections()
        start.wait()
        attach(User.objects.get(pk=cast.clerk.pk), "照片.png", PNG)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(File.objects.values_list("version", flat=True)) == [1, 2]
