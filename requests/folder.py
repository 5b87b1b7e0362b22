"""The folder of a matter (R070): every paper with its versions, the latest first and marked, who brought it, its fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from documents.models import File


@dataclass(frozen=True)
class Paper:
    """One paper: the latest version, and those before it, the later first."""

    latest: File
    earlier: list[File]


def papers_of(matter_id: int) -> list[Paper]:
    """The papers of a matter and of all that hangs on it, in the order in which each first came in; what was taken back is
    left out. Whoever may see the matter may see its folder."""
    rows = File.objects.of_case(matter_id).kept().select_related("uploaded_by")
    rows = rows.order_by("subject_type", "subject_id", "kind", "name", "-version")
    versions = [list(group) for _one, group in groupby(rows, key=_paper)]
    return [Paper(rows[0], rows[1:]) for rows in sorted(versions, key=lambda rows: rows[-1].pk)]


def _paper(file: File) -> tuple[str, int, str, str]:
    return file.subject_type, file.subject_id, file.kind, file.name
