"""Papers come in, are taken back, are sealed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.base import File as Upload
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from audit.acting import Actor, now
from audit.flow import flow
from audit.flows import record
from audit.refusals import NotReady, NotYours
from documents import inspection, names, policies, store
from documents.models import File
from organization.models import User


@flow
def attach(
    *, upload: Upload[Any], subject_type: str, subject_id: int, case_id: int | None, by: Actor, kind: str = ""
) -> File:
    """Take a paper in; the same name for the same thing and kind is its next version.

    The caller has checked that this person may add papers to this thing.
    """
    person = by if isinstance(by, User) else None
    if person and person.authority.changes_nothing:
        raise NotYours(_("An auditor reads and changes nothing."))
    name, media_type = _inspected(upload)
    stored = store.put(upload.chunks())
    file = File.objects.create(
        sha256=stored.sha256,
        size=stored.size,
        path=stored.path,
        media_type=media_type,
        name=name,
        subject_type=subject_type,
        subject_id=subject_id,
        case_id=case_id,
        kind=kind,
        version=_next_version(subject_type, subject_id, kind, name),
        uploaded_by=person,
        uploaded_at=now(),
    )
    _tell_story(file, "attach", gettext_noop("%(actor)s added a file."))
    return file


def _inspected(upload: Upload[Any]) -> tuple[str, str]:
    """Cleaned name and media type; raises Invalid."""
    name = names.clean(upload.name or "")
    if not upload.size:
        raise inspection.refusal(_("This file is empty. Choose the file with its content."))
    if upload.size > settings.MAX_FILE_BYTES:
        raise inspection.refusal(
            _("This file is larger than %(most)s MB. Divide it or make it smaller.")
            % {"most": settings.MAX_FILE_BYTES // 1024 // 1024}
        )
    if upload.file is None:  # pragma: no cover - only an upload that was closed already
        raise inspection.refusal(_("This file is empty. Choose the file with its content."))
    return name, inspection.inspect(upload.file, names.extension(name)).media_type


def _next_version(subject_type: str, subject_id: int, kind: str, name: str) -> int:
    """One more than the last, removed ones counted. Uploads to one thing go one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"file:{subject_type}:{subject_id}"]
        )
    versions = File.objects.of(subject_type, subject_id).filter(kind=kind, name=name)
    last = versions.order_by("-version").values_list("version", flat=True).first()
    return int(last or 0) + 1


@flow
def remove(*, file_id: int, by: User, reason: str = "") -> File:
    """Take a paper back before its thing is sealed. The row stays, marked; the bytes stay."""
    file: File = File.objects.select_for_update().get(pk=file_id)
    if not policies.may_remove(file, by):
        raise NotYours(_("Only the person who uploaded a file may remove it."))
    if file.sealed_at:
        raise NotReady(_("This file is sealed and cannot be removed."))
    if file.removed_at:
        raise NotReady(_("This file has been removed already."))
    file.removed_at, file.removed_by = now(), by
    file.save(update_fields=["removed_at", "removed_by"])
    _tell_story(file, "remove_file", gettext_noop("%(actor)s removed a file."))
    return file


@flow
def seal(*, case_id: int) -> int:
    """Close the papers of a matter for good; called by the archive. From here a trigger refuses any change."""
    return int(File.objects.of_case(case_id).filter(sealed_at=None).update(sealed_at=now()))


def _tell_story(file: File, verb: str, sentence: str) -> None:
    """The sentence has no file name in it: it may say more than every reader of the story may know."""
    record(
        subject_type=file.subject_type,
        subject_id=file.subject_id,
        case_id=file.case_id,
        verb=verb,
        sentence=sentence,
        params={"file": file.pk},
    )
